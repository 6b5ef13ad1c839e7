# SPDX-License-Identifier: BSL-1.0
"""Deals units to an engine until all have ended. The engine may be a cluster, or a simulation."""
from __future__ import annotations

import dataclasses
from typing import Protocol

from .dealer import Dealer, Lease, Result


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """What an engine tells of a lease."""

    lease: Lease
    result: Result
    worker: str = ""


class Engine(Protocol):
    def now(self) -> float:
        """Seconds on any clock that goes on."""

    def slots(self) -> int:
        """How many units can be done at a time, now."""

    def submit(self, lease: Lease) -> None: ...

    def wait(self, seconds: float) -> list[Word]:
        """Words that have come; waits for one no longer than so."""


def drive(dealer: Dealer, engine: Engine) -> None:
    in_flight: set[int] = set()
    while not dealer.finished:
        while len(in_flight) < engine.slots() and (lease := dealer.next(engine.now())):
            in_flight.add(lease.number)
            engine.submit(lease)
        for word in engine.wait(dealer.wakes(engine.now(), len(in_flight) < engine.slots())):
            in_flight.discard(word.lease.number)
            dealer.report(word.lease, engine.now(), word.result, word.worker)
        in_flight.difference_update(lease.number for lease in dealer.expire(engine.now()))
