#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does the units of a plan on a Dask cluster, or on N processes of this machine, and merges."""
from __future__ import annotations

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import distributed  # noqa: E402

from quoin_spread.dealer import Lease  # noqa: E402
from quoin_spread.run import PACKAGE, QueuedEngine, arguments_of_task, lost, parser_of, run, word_of  # noqa: E402


def task(package: str, unit: int, output: str, program: str, options: tuple[str, ...]) -> dict[str, object]:
    import sys

    if package not in sys.path:
        sys.path.insert(0, package)
    from quoin_spread.worker import do_unit

    return do_unit(output, unit, program, options)


class DaskEngine(QueuedEngine):
    """A unit is done by each thread of each worker. Dask moves the units of a dead worker to others by itself."""

    def __init__(self, client: distributed.Client, arguments: tuple[str, str, tuple[str, ...]]) -> None:
        super().__init__()
        self._client, self._arguments = client, arguments
        self._slots, self._counted = 0, float("-inf")
        self._futures: dict[int, distributed.Future] = {}

    def slots(self) -> int:
        if time.monotonic() - self._counted > 1:
            self._slots, self._counted = sum(self._client.nthreads().values()), time.monotonic()
        return self._slots

    def submit(self, lease: Lease) -> None:
        future = self._client.submit(task, PACKAGE, lease.unit, *self._arguments, pure=False,
                                     key=f"unit-{lease.unit}-{lease.number}")  # fmt: skip
        self._futures[lease.number] = future

        def ended(future: distributed.Future) -> None:
            try:
                self.words.put(word_of(lease, future.result()))
            except Exception as problem:  # of the task, or of the cluster
                self.words.put(lost(lease, problem))
            self._futures.pop(lease.number, None)

        future.add_done_callback(ended)


def main() -> int:
    parser = parser_of(__doc__)
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of the cluster, as tcp://host:8786")
    parser.add_argument("--local", type=int, default=2, metavar="N", help="processes without --scheduler (2)")
    found = parser.parse_args()
    cluster = None
    if not found.scheduler:
        cluster = distributed.LocalCluster(n_workers=found.local, threads_per_worker=1, dashboard_address=None)
    with distributed.Client(cluster or found.scheduler) as client:
        status = run(found, DaskEngine(client, arguments_of_task(found)))
    if cluster:
        cluster.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
