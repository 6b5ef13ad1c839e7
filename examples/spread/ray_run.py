#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does the units of a plan on a Ray cluster, or on N processes of this machine, and merges."""
from __future__ import annotations

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import ray  # noqa: E402

from quoin_spread.dealer import Lease  # noqa: E402
from quoin_spread.drive import Word  # noqa: E402
from quoin_spread.run import PACKAGE, arguments_of_task, lost, parser_of, run, word_of  # noqa: E402


@ray.remote(num_cpus=1, max_retries=0)  # the dealer repeats, and knows of it
def task(package: str, unit: int, output: str, program: str, options: tuple[str, ...]) -> dict[str, object]:
    import sys

    if package not in sys.path:
        sys.path.insert(0, package)
    from quoin_spread.worker import do_unit

    return do_unit(output, unit, program, options)


class RayEngine:
    """A unit is done for each CPU of the cluster."""

    def __init__(self, arguments: tuple[str, str, tuple[str, ...]]) -> None:
        self._arguments = arguments
        self._leases: dict[ray.ObjectRef, Lease] = {}
        self._slots, self._counted = 0, float("-inf")

    def now(self) -> float:
        return time.monotonic()

    def slots(self) -> int:
        if time.monotonic() - self._counted > 1:
            self._slots, self._counted = int(ray.cluster_resources().get("CPU", 0)), time.monotonic()
        return self._slots

    def submit(self, lease: Lease) -> None:
        self._leases[task.remote(PACKAGE, lease.unit, *self._arguments)] = lease

    def wait(self, seconds: float) -> list[Word]:
        if not self._leases:
            time.sleep(min(seconds, 1.0))
            return []
        # The number of slots may change meanwhile.
        ended, _ = ray.wait(list(self._leases), num_returns=1, timeout=min(seconds, 5.0))
        words = []
        for reference in ended:
            lease = self._leases.pop(reference)
            try:
                words.append(word_of(lease, ray.get(reference)))
            except ray.exceptions.RayError as problem:
                words.append(lost(lease, str(problem).partition("\n")[0]))
        return words


def main() -> int:
    parser = parser_of(__doc__)
    parser.add_argument("--address", help="of the cluster, as host:6379 or auto")
    parser.add_argument("--local", type=int, default=2, metavar="N", help="processes without --address (2)")
    found = parser.parse_args()
    where = {"address": found.address} if found.address else {"num_cpus": found.local, "include_dashboard": False}
    ray.init(log_to_driver=False, **where)
    try:
        return run(found, RayEngine(arguments_of_task(found)))
    finally:
        ray.shutdown()


if __name__ == "__main__":
    sys.exit(main())
