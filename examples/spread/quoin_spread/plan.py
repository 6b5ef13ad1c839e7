# SPDX-License-Identifier: BSL-1.0
"""A plan: the inputs of a folder in units, as files in OUT_DIR/.quoin-batch, where all machines see them."""
from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import pathlib
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence

from . import merge
from .records import File, Manifest, read_manifest, write_whole

PER_FILE = 4096  # what a file costs beside its bytes, in bytes


class PlanError(Exception):
    """One sentence for people."""


@dataclasses.dataclass(frozen=True)
class Plan:
    input: str
    output: str
    options: tuple[str, ...]  # of the job, as quoin-batch takes them
    weights: tuple[int, ...]  # of the units, in bytes

    @property
    def state(self) -> pathlib.Path:
        return pathlib.Path(self.output) / ".quoin-batch"

    @property
    def folder(self) -> pathlib.Path:
        return self.state / "spread"

    @property
    def journals(self) -> list[pathlib.Path]:
        return sorted((self.state / "workers").glob("*.journal"))

    def unit(self, number: int) -> pathlib.Path:
        return self.folder / "units" / f"{number:07d}"

    def manifest(self) -> Manifest:
        return read_manifest(self.folder / "manifest")


def plan_file(output: str | pathlib.Path) -> pathlib.Path:
    return pathlib.Path(output) / ".quoin-batch" / "spread" / "plan.json"


def load(output: str | pathlib.Path) -> Plan:
    try:
        content = json.loads(plan_file(output).read_text())
    except FileNotFoundError:
        raise PlanError(f"{output} has no plan; make one by quoin-spread plan IN_DIR {output} --job JOB") from None
    return Plan(content["input"], content["output"], tuple(content["options"]), tuple(content["weights"]))


def usual_unit(files: int) -> int:
    """Files of a unit: so many that dealing costs nothing, so few that the last ones are done together."""
    return min(128, max(32, files // 16))


def units_of(files: Iterable[File], most_files: int, most_bytes: int) -> Iterator[list[File]]:
    """Neighbors by name; a unit is closed by either bound, and a file above the bytes is a unit alone."""
    unit: list[File] = []
    size = 0
    for file in files:
        if unit and (len(unit) == most_files or size + file.bytes > most_bytes):
            yield unit
            unit, size = [], 0
        unit.append(file)
        size += file.bytes
    if unit:
        yield unit


@contextlib.contextmanager
def alone_in(state: pathlib.Path, patience: float = 0) -> Iterator[None]:
    """No quoin-batch writes to the folder meanwhile. Waits for those that do for `patience` seconds."""
    state.mkdir(parents=True, exist_ok=True)
    with open(state / "lock", "a+") as lock:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise PlanError(f"{state.parent}: workers are still writing there; wait for them") from None
                time.sleep(0.05)
        yield


def make(input: str, output: str, options: Sequence[str], *, program: str = "quoin-batch", recursive: bool = False,
         resume: bool = False, unit_files: int = 0, unit_bytes: int = 1 << 30) -> Plan:  # fmt: skip
    """Lists the inputs by quoin-batch, so that they and the names of their outputs are those of a run of it."""
    root, out = pathlib.Path(input).resolve(), pathlib.Path(output).resolve()
    plan = Plan(str(root), str(out), tuple(options), ())
    with alone_in(plan.state):
        shutil.rmtree(plan.folder, ignore_errors=True)
        if not resume:
            shutil.rmtree(plan.state / "workers", ignore_errors=True)
        for folder in ("units", "claims", "alive"):
            (plan.folder / folder).mkdir(parents=True)
        command = [program, str(root), str(out), *options, "--manifest", str(plan.folder / "manifest")]
        ended = subprocess.run(command + ["--recursive"] * recursive, stdin=subprocess.DEVNULL)
        if ended.returncode != 0:
            raise PlanError(f"nothing is planned: {program} ended with status {ended.returncode}")
        manifest = plan.manifest()
        left = manifest.files
        if resume:
            merged = merge.merged(plan, manifest)
            left = [file for file in left if file.name not in merged.done]
        weights = []
        for files in units_of(left, unit_files or usual_unit(len(left)), unit_bytes):
            plan.unit(len(weights)).write_text(manifest.head() + "".join(file.line() for file in files),
                                               encoding="utf-8", errors="surrogateescape")  # fmt: skip
            weights.append(sum(file.bytes + PER_FILE for file in files))
        plan = dataclasses.replace(plan, weights=tuple(weights))
        write_whole(plan_file(out), json.dumps(dataclasses.asdict(plan), indent=1) + "\n")
    return plan
