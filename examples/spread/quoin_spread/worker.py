# SPDX-License-Identifier: BSL-1.0
"""A worker: a quoin-batch that stays, and does unit after unit as they are named to it."""
from __future__ import annotations

import dataclasses
import itertools
import os
import socket
import subprocess
import threading
import time
from collections.abc import Sequence

from .dealer import Result
from .plan import Plan, load, plan_file

LONGEST_REST = 20.0  # seconds after a unit that the machine could not do


class WorkerDied(Exception):
    """The quoin-batch ended, and the unit is not done."""


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What engines carry back: names and numbers, never pixels."""

    unit: int
    worker: str
    done: int
    failed: int
    again: int
    seconds: float

    @property
    def result(self) -> Result:
        return Result.AGAIN if self.again else Result.COMPLETE


_numbers = itertools.count()


def own_name() -> str:
    """Of one worker alone, also if a process of this number was there before."""
    return f"{socket.gethostname()}-{os.getpid()}-{time.time_ns() // 1_000_000 % 10**9}-{next(_numbers)}"


class Worker:
    """If this process is killed, its quoin-batch ends with the unit that it does."""

    def __init__(self, plan: Plan, program: str = "quoin-batch", options: Sequence[str] = (), name: str = "") -> None:
        self.plan, self.name = plan, name or own_name()
        self._command = [program, plan.input, plan.output, *plan.options, *options, "--units", "-",
                         "--worker", self.name]  # fmt: skip
        self._process: subprocess.Popen[str] | None = None
        self._failures = 0

    def do(self, unit: int, rest: bool = True) -> Report:
        """After a unit that this machine cannot do it rests, so that a full disk does not take unit after unit."""
        if self._process is None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, encoding="utf-8",
                                             errors="surrogateescape")  # fmt: skip
        process = self._process
        assert process.stdin and process.stdout
        try:
            process.stdin.write(f"{self.plan.unit(unit)}\n")
            process.stdin.flush()
            fields = process.stdout.readline().rstrip("\n").split("\t")
        except BrokenPipeError:
            fields = []
        if len(fields) != 6 or fields[0] != "unit":
            status = process.wait()
            self._process = None
            raise WorkerDied(f"worker {self.name}: quoin-batch ended with status {status} in unit {unit}")
        report = Report(unit, self.name, *map(int, fields[2:5]), float(fields[5]))
        self._failures = self._failures + 1 if report.again else 0
        if rest and report.again:
            time.sleep(rest_after(self._failures))
        return report

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            assert process.stdin and process.stdout
            process.stdin.close()
            process.wait()
            process.stdout.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def rest_after(failures: int) -> float:
    """Seconds, after so many units in a row that the machine could not do."""
    return min(LONGEST_REST, 0.5 * 2.0 ** min(failures, 30))


_of_thread = threading.local()


def do_unit(output: str, unit: int, program: str = "quoin-batch", options: Sequence[str] = ()) -> dict[str, object]:
    """The task of an engine. The worker stays for the next task of this thread."""
    plan = os.stat(plan_file(output))  # a new plan has new journals
    key = (output, program, tuple(options), os.getpid(), plan.st_ino, plan.st_mtime_ns)
    if getattr(_of_thread, "key", None) != key:
        if hasattr(_of_thread, "worker") and _of_thread.key[3] == os.getpid():
            _of_thread.worker.close()
        _of_thread.worker, _of_thread.key = Worker(load(output), program, options), key
    return dataclasses.asdict(_of_thread.worker.do(unit))
