# SPDX-License-Identifier: BSL-1.0
"""Dealing without an engine: workers claim units in a folder that all of them see.

UNIT.K is the K-th claim of a unit and holds the name of its worker. It is made in one step, so that one worker has it.
UNIT.K.again says that this worker could not do the unit, UNIT.done that it is complete. The worker's file in `alive` is
touched while it lives. All times are of the file system, so that clocks need not agree.
"""
from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import socket
import zlib
from collections.abc import Sequence
from typing import Protocol

from .dealer import Lease, Result, Rules, Usual


class Store(Protocol):
    def create(self, name: str, text: str) -> bool:
        """Whether the file was not there."""

    def names(self) -> list[str]: ...

    def text(self, name: str) -> str: ...

    def age(self, name: str) -> float:
        """Seconds since the file was made."""

    def touch(self) -> None:
        """The worker lives."""

    def silence(self, worker: str) -> float:
        """Seconds since the worker lived; infinity where it is known to be dead, or nothing is known of it."""

    def workers(self) -> list[str]:
        """All that have lived."""


def _write(path: pathlib.Path, text: str, mode: str) -> None:
    """Errors of writing name no file."""
    try:
        with open(path, mode) as file:
            file.write(text)
    except OSError as problem:
        if problem.filename is None:
            raise OSError(problem.errno, f"{problem.strerror}; make space there and call it again", str(path)) from None
        raise


class FolderStore:
    """Of a worker, or of nobody, who looks on and writes nothing that takes space."""

    def __init__(self, folder: pathlib.Path, worker: str = "") -> None:
        self._claims, self._alive = folder / "claims", folder / "alive"
        self._own = self._alive / (worker or ".nobody")
        if worker:
            _write(self._own, f"{socket.gethostname()} {os.getpid()}", "w")

    def create(self, name: str, text: str) -> bool:
        try:
            _write(self._claims / name, text, "x")
        except FileExistsError:
            return False
        return True

    def names(self) -> list[str]:
        return os.listdir(self._claims)

    def text(self, name: str) -> str:
        return (self._claims / name).read_text()

    def age(self, name: str) -> float:
        return self._now() - (self._claims / name).stat().st_mtime

    def touch(self) -> None:
        self._own.touch()

    def silence(self, worker: str) -> float:
        file = self._alive / worker
        try:
            host, _, process = file.read_text().partition(" ")
            if host == socket.gethostname() and process.isdigit():
                os.kill(int(process), 0)
            return self._now() - file.stat().st_mtime
        except (FileNotFoundError, ProcessLookupError):
            return float("inf")
        except PermissionError:  # it lives, under another user
            return 0.0

    def workers(self) -> list[str]:
        return [name for name in os.listdir(self._alive) if not name.startswith(".")]

    def _now(self) -> float:
        self._own.touch()
        return self._own.stat().st_mtime


@dataclasses.dataclass(slots=True)
class _Seen:
    claims: int = 0
    failed: list[int] = dataclasses.field(default_factory=list)  # claims whose workers could not do it
    done: bool = False

    @property
    def again(self) -> int:
        return len(self.failed)

    @property
    def last_again(self) -> bool:
        return self.claims - 1 in self.failed


class ClaimDealer:
    """The dealer of one worker. It goes through its own share first, the heavy units before the light ones, and then
    helps: with units that nobody has claimed, that failed elsewhere, whose workers are silent, or that take long."""

    def __init__(self, weights: Sequence[float], store: Store, worker: str, rules: Rules = Rules(),
                 share: int = 0, shares: int = 1) -> None:  # fmt: skip
        self.rules, self.store, self.worker = rules, store, worker
        self._weights = weights
        order = sorted(range(len(weights)), key=lambda unit: -weights[unit])
        self._numbered = shares > 1
        first = share * len(order) // shares if self._numbered else zlib.crc32(worker.encode()) % max(len(order), 1)
        self._order = order[first:] + order[:first]
        self._own = (order[share % shares :: shares] if self._numbered else list(self._order))[::-1]
        self._usual = Usual()
        self._attempts: dict[int, int] = {}  # of units that this worker has claimed
        self._failed: set[int] = set()  # units that this worker could not do
        self.finished = False
        self.given_up: list[int] = []
        self.touch()

    def touch(self) -> None:
        self.store.touch()

    def next(self, now: float) -> Lease | None:
        """Nothing where others do what is left, or all has ended."""
        while self._own:
            if lease := self._claim(self._own.pop(), 0, now):
                return lease
            if not self._numbered:  # here begins what another one does
                self._own.clear()
        while True:
            seen = self._look()
            choice = self._choose(seen)
            if choice is None:
                return None
            if lease := self._claim(choice, seen[choice].claims, now):
                return lease

    def report(self, lease: Lease, now: float, result: Result) -> None:
        name = f"{lease.unit}.{self._attempts[lease.unit]}"
        if result is Result.COMPLETE:
            self._usual.add(now - lease.start, self._weights[lease.unit])
            self.store.create(f"{lease.unit}.done", self.worker)
        else:
            self._failed.add(lease.unit)
            self.store.create(f"{name}.again", self.worker)

    def _claim(self, unit: int, attempt: int, now: float) -> Lease | None:
        if not self.store.create(f"{unit}.{attempt}", self.worker):
            return None
        self._attempts[unit] = attempt
        return Lease(unit, attempt, now)

    def _look(self) -> dict[int, _Seen]:
        seen = {unit: _Seen() for unit in self._order}
        for name in self.store.names():
            unit, kind, *more = name.split(".")
            state = seen[int(unit)]
            if kind == "done":
                state.done = True
            elif more:
                state.failed.append(int(kind))
            else:
                state.claims = max(state.claims, int(kind) + 1)
        return seen

    def _choose(self, seen: dict[int, _Seen]) -> int | None:
        """The unit to claim; sets `finished` where all have ended."""
        left = [unit for unit in self._order if not seen[unit].done]
        self.given_up = [unit for unit in left if self._in_vain(unit, seen[unit])]
        open_units = [unit for unit in left if unit not in self.given_up]
        self.finished = not open_units
        for unit in open_units:
            if seen[unit].claims == 0:
                return unit
        for failed_here in (False, True):  # rather what failed elsewhere
            for unit in open_units:
                if seen[unit].last_again and (unit in self._failed) == failed_here:
                    return unit
        for unit in open_units:
            if self._stands_still(unit, seen[unit]):
                return unit
        return None

    def _in_vain(self, unit: int, state: _Seen) -> bool:
        """Whether it has failed often enough, on as many workers as there are."""
        if state.again < self.rules.attempts or not state.last_again:
            return False
        living = sum(self.store.silence(worker) <= self.rules.patience for worker in self.store.workers())
        failed_by = {self.store.text(f"{unit}.{attempt}.again") for attempt in state.failed}
        return len(failed_by) >= min(self.rules.attempts, max(living, 1))

    def _stands_still(self, unit: int, state: _Seen) -> bool:
        """Whether nobody seems to do it, or it takes long and has no copy."""
        name = f"{unit}.{state.claims - 1}"
        holder = self.store.text(name)
        if holder == self.worker:
            return False
        if holder == "":  # not yet written
            return self.store.age(name) > self.rules.patience
        if self.store.silence(holder) > self.rules.patience:
            return True
        usual = self._usual.seconds(self._weights[unit])
        copies = state.claims - state.again
        return bool(usual) and copies < self.rules.copies and self.store.age(name) > self.rules.straggler * usual
