# SPDX-License-Identifier: BSL-1.0
"""Work without an engine: any number of these programs, on any machines that see the folders."""
from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from .claims import ClaimDealer, FolderStore
from .dealer import Result, Rules
from .plan import Plan
from .worker import Worker, WorkerDied, rest_after


@contextlib.contextmanager
def beating(beat: Callable[[], None], seconds: float) -> Iterator[None]:
    """Calls beat() every so many seconds."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds):
            with contextlib.suppress(OSError):
                beat()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def work(plan: Plan, program: str, options: Sequence[str], rules: Rules, *, share: int = 0, shares: int = 1,
         leave: bool = False) -> ClaimDealer:  # fmt: skip
    """Returns when all units have ended or, with `leave`, when there is none to begin."""
    with Worker(plan, program, options) as worker:
        dealer = ClaimDealer(plan.weights, FolderStore(plan.folder, worker.name), worker.name, rules, share, shares)
        pause, failures = 0.05, 0
        with beating(dealer.touch, min(10.0, rules.patience / 4)):
            while True:
                lease = dealer.next(time.monotonic())
                if lease is None:
                    if dealer.finished or leave:
                        return dealer
                    time.sleep(pause)
                    pause = min(2 * pause, 5.0)
                    continue
                pause = 0.05
                try:
                    result = worker.do(lease.unit, rest=False).result
                except WorkerDied as died:
                    print(f"quoin-spread: {died}", file=sys.stderr)
                    result = Result.LOST
                dealer.report(lease, time.monotonic(), result)
                failures = 0 if result is Result.COMPLETE else failures + 1
                if failures:
                    time.sleep(rest_after(failures))
