# SPDX-License-Identifier: BSL-1.0
"""quoin-spread plan | work | merge | status."""
from __future__ import annotations

import argparse
import os
import pathlib
import shlex
import sys
from collections.abc import Sequence

from . import merge, plan as plans
from .dealer import Rules

SOME_FAILED = 3
DESCRIPTION = "Deals the work of quoin-batch out to many machines."
EPILOG = """
A folder of images on many machines that see IN_DIR and OUT_DIR under the same names:
  quoin-spread plan scans thumbs --job filters --chain gray,gaussian3    once
  quoin-spread work thumbs                                               on each machine, as often as wanted
  quoin-spread merge thumbs                                              once all work has ended
Options of the job follow those of plan, as quoin-batch takes them. Exit status: 0 all is done, 1 it could not
begin, 2 a wrong command line, 3 some files failed, are missing, or were given up.
"""


def parsed(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    kind = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("quoin-spread", description=DESCRIPTION, epilog=EPILOG, formatter_class=kind,
                                     allow_abbrev=False)  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        return added

    p = command("plan", "list the inputs and put them into units; more options are those of the job")
    p.add_argument("IN_DIR", help="the folder of the inputs")
    add_output(p)
    p.add_argument("--recursive", action="store_true", help="enter the folders in IN_DIR")
    p.add_argument("--resume", action="store_true", help="leave out what earlier work has finished")
    p.add_argument("--unit-files", type=int, default=0, metavar="N", help="files of a unit, at most (32 to 128)")
    p.add_argument("--unit-bytes", type=int, default=1 << 30, metavar="N", help="bytes of a unit, but for one file")
    add_program(p)
    p = command("work", "do units until all have ended")
    add_output(p)
    p.add_argument("--share", default="0/1", metavar="I/N", help="begin with the I-th of N shares, from 0")
    p.add_argument("--leave", action="store_true", help="end when there is no unit to begin; do not wait for others")
    p.add_argument("--patience", type=float, default=60, metavar="S", help="a worker is dead after S seconds (60)")
    p.add_argument("--attempts", type=int, default=Rules.attempts, metavar="N", help="of a unit that fails (4)")
    add_program(p)
    add_worker_options(p)
    p = command("merge", "make one journal of those of the workers; waits for quoin-batches that still run")
    add_output(p)
    p.add_argument("--report", metavar="FILE", help="write a table of every file, as CSV")
    p.add_argument("--patience", type=float, default=60, metavar="S", help="wait so many seconds for workers (60)")
    p = command("status", "say how far the work is")
    add_output(p)
    found, more = parser.parse_known_args(arguments)
    if more and found.command != "plan":
        parser.error("unrecognized arguments: " + " ".join(more))
    return found, more


def add_output(p: argparse.ArgumentParser) -> None:
    p.add_argument("OUT_DIR", help="the folder of the outputs, and of the plan")


def add_program(p: argparse.ArgumentParser) -> None:
    p.add_argument("--program", default=os.environ.get("QUOIN_BATCH", "quoin-batch"), help="the quoin-batch to run")


def add_worker_options(p: argparse.ArgumentParser) -> None:
    p.add_argument("--workers", metavar="N", help="threads of the quoin-batch")
    p.add_argument("--memory", metavar="BYTES", help="what the quoin-batch may take, as in 2G")


def worker_options(found: argparse.Namespace) -> list[str]:
    given = (("--workers", found.workers), ("--memory", found.memory))
    return [part for name, value in given if value is not None for part in (name, value)]


def plan(found: argparse.Namespace, options: list[str]) -> int:
    made = plans.make(found.IN_DIR, found.OUT_DIR, options, program=found.program, recursive=found.recursive,
                      resume=found.resume, unit_files=found.unit_files, unit_bytes=found.unit_bytes)  # fmt: skip
    print(f"{len(made.weights)} units; now run, on each machine:\n  quoin-spread work {shlex.quote(made.output)}")
    return 0


def do_work(found: argparse.Namespace, _: list[str]) -> int:
    share, _, shares = found.share.partition("/")
    if not (share.isdigit() and shares.isdigit() and int(share) < int(shares)):
        raise plans.PlanError(f"--share {found.share} is no share; give two numbers such as 0/4, of which the first is less")
    from .work import work  # here, since importing it takes plan and merge longer than they work on a small folder

    rules = Rules(attempts=found.attempts, patience=found.patience)
    ended = work(plans.load(found.OUT_DIR), found.program, worker_options(found), rules, share=int(share),
                 shares=int(shares), leave=found.leave)  # fmt: skip
    if ended.given_up:
        print(f"quoin-spread: {len(ended.given_up)} units were given up; merge says why", file=sys.stderr)
    return SOME_FAILED if ended.given_up else 0


def do_merge(found: argparse.Namespace, _: list[str]) -> int:
    return merge_and_tell(plans.load(found.OUT_DIR), found.report, found.patience)


def merge_and_tell(plan: plans.Plan, report: str | None = None, patience: float = 60) -> int:
    """The last step of all ways to work; the exit status."""
    manifest = plan.manifest()
    with plans.alone_in(plan.state, patience):
        result = merge.merged(plan, manifest)
        merge.clear_staging(plan)
        merge.write_journal(plan, manifest, result)
    if report:
        merge.write_report(pathlib.Path(report), manifest, result)
    for kind, rows in (("failed", result.failed), ("could not be done", result.again)):
        for row in rows.values():
            print(f"{row.name}: {kind}: {row.message}", file=sys.stderr)
    for status, name, reason in manifest.others:
        if status == "failed":
            print(f"{name}: failed: {reason}", file=sys.stderr)
    print(tally(manifest, result))
    if result.missing:
        print("some files are missing; run quoin-spread work again, or plan --resume and then work")
    bad = result.failed or any(status == "failed" for status, _, _ in manifest.others)
    return 0 if result.complete and not bad else SOME_FAILED


def tally(manifest: merge.Manifest, result: merge.Merged) -> str:
    parts = [f"{len(manifest.files)} files: {len(result.done)} done"]
    for count, what in ((len(result.failed), "failed"), (len(result.again), "could not be done"),
                        (len(result.missing), "missing"), (result.repeated, "done more than once")):  # fmt: skip
        if count:
            parts.append(f"{count} {what}")
    return ", ".join(parts)


def status(found: argparse.Namespace, _: list[str]) -> int:
    from .claims import FolderStore

    made = plans.load(found.OUT_DIR)
    manifest = made.manifest()
    result = merge.merged(made, manifest)
    names = os.listdir(made.folder / "claims")
    ended = sum(name.endswith(".done") for name in names)
    claimed = len({name.partition(".")[0] for name in names}) - ended
    print(tally(manifest, result))
    if names:  # engines deal without claims
        print(f"{len(made.weights)} units: {ended} ended, {claimed} begun")
        store = FolderStore(made.folder)
        for worker in sorted(store.workers()):
            silence = store.silence(worker)
            print(f"{worker}: " + ("has ended" if silence == float("inf") else f"lived {silence:.0f} s ago"))
    return 0 if result.complete else SOME_FAILED


def main(arguments: Sequence[str] | None = None) -> int:
    found, more = parsed(arguments)
    try:
        return {"plan": plan, "work": do_work, "merge": do_merge, "status": status}[found.command](found, more)
    except (plans.PlanError, OSError, ValueError) as problem:
        print(f"quoin-spread: {problem}", file=sys.stderr)
        return 1
