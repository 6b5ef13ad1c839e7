# SPDX-License-Identifier: BSL-1.0
"""What the programs for engines have in common: options, the engine's queue of words, and the end."""
from __future__ import annotations

import argparse
import pathlib
import queue
import sys
import time

from . import merge
from .cli import add_program, add_worker_options, merge_and_tell, worker_options
from .dealer import Dealer, Lease, Result, Rules
from .drive import Engine, Word, drive
from .plan import Plan, load
from .records import read_manifest
from .worker import Report

PACKAGE = str(pathlib.Path(__file__).resolve().parents[1])  # the same folder on all machines


def parser_of(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description, allow_abbrev=False)
    parser.add_argument("OUT_DIR", help="the folder that quoin-spread plan was given")
    parser.add_argument("--report", metavar="FILE", help="write a table of every file, as CSV")
    parser.add_argument("--patience", type=float, default=Rules.patience, metavar="S",
                        help="a unit without a word is done again after S seconds (600)")  # fmt: skip
    parser.add_argument("--attempts", type=int, default=Rules.attempts, metavar="N", help="of a unit that fails (4)")
    add_program(parser)
    add_worker_options(parser)
    return parser


def arguments_of_task(found: argparse.Namespace) -> tuple[str, str, tuple[str, ...]]:
    """What do_unit needs beside the unit."""
    return str(pathlib.Path(found.OUT_DIR).resolve()), found.program, tuple(worker_options(found))


class QueuedEngine:
    """Words come by any thread."""

    def __init__(self) -> None:
        self.words: queue.Queue[Word] = queue.Queue()

    def now(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> list[Word]:
        try:
            words = [self.words.get(timeout=min(seconds, 5.0))]  # the number of slots may change meanwhile
        except queue.Empty:
            return []
        while not self.words.empty():
            words.append(self.words.get_nowait())
        return words


def word_of(lease: Lease, content: dict[str, object]) -> Word:
    report = Report(**content)  # type: ignore[arg-type]
    return Word(lease, report.result, report.worker)


def lost(lease: Lease, why: object) -> Word:
    print(f"quoin-spread: a unit is lost and will be dealt again: {why}", file=sys.stderr)
    return Word(lease, Result.LOST)


def finished_units(plan: Plan) -> list[int]:
    """Those that an earlier program has finished."""
    if not plan.journals:
        return []
    result = merge.merged(plan, plan.manifest())
    ended = result.done.keys() | result.failed.keys()
    return [unit for unit in range(len(plan.weights))
            if all(file.name in ended for file in read_manifest(plan.unit(unit)).files)]  # fmt: skip


def run(found: argparse.Namespace, engine: Engine) -> int:
    """Deals all units that are left and merges; the exit status."""
    plan = load(found.OUT_DIR)
    rules = Rules(attempts=found.attempts, patience=found.patience)
    dealer = Dealer(plan.weights, rules, done=finished_units(plan))
    drive(dealer, engine)
    if dealer.copied or dealer.silences:
        print(f"{dealer.leased} leases of {len(plan.weights)} units: {dealer.copied} copies for slow workers, "
              f"{dealer.silences} for silent ones", file=sys.stderr)  # fmt: skip
    return merge_and_tell(plan, found.report)
