# SPDX-License-Identifier: BSL-1.0
"""Which unit is done next, and when once more. Knows no clock and no engine: both come with the calls.

Work is done at least once. A unit may be done by two workers at a time, since their outputs are the same bytes and take
their places in one step.
"""
from __future__ import annotations

import collections
import dataclasses
import enum
import heapq
from collections.abc import Iterable, Iterator, Sequence


class Result(enum.Enum):
    COMPLETE = "complete"  # each file is done, or would fail on any machine
    AGAIN = "again"  # the worker lacked memory, disk, or the inputs
    LOST = "lost"  # the worker died or is silent


@dataclasses.dataclass(frozen=True, slots=True)
class Lease:
    unit: int
    number: int  # of all leases
    start: float


@dataclasses.dataclass(frozen=True)
class Rules:
    attempts: int = 4  # failures of a unit by different workers; of fewer workers, up to so many and 4 times so many
    copies: int = 2  # of a unit, at a time
    straggler: float = 3.0  # times the usual seconds, after which an idle worker does a unit again
    patience: float = 600.0  # seconds without a word after which a unit counts as lost


USUAL_OF = 3  # units that must have ended before there are usual seconds


class Usual:
    """The usual seconds of a unit, from those that have ended."""

    def __init__(self) -> None:
        self._rates: collections.deque[float] = collections.deque(maxlen=255)
        self._rate: float | None = None

    def add(self, seconds: float, weight: float) -> None:
        self._rates.append(seconds / max(weight, 1e-9))
        self._rate = None

    @property
    def rate(self) -> float | None:
        """Seconds of a weight of 1."""
        if self._rate is None and len(self._rates) >= USUAL_OF:
            self._rate = sorted(self._rates)[len(self._rates) // 2]
        return self._rate

    def seconds(self, weight: float) -> float | None:
        return None if self.rate is None else self.rate * weight


@dataclasses.dataclass(slots=True)
class _Unit:
    weight: float
    ended: bool = False
    queued: int = 0
    failures: int = 0
    failed_by: set[str] = dataclasses.field(default_factory=set)
    leases: dict[int, Lease] = dataclasses.field(default_factory=dict)


class Dealer:
    """Deals to an engine that chooses the worker. Heavy units go first, failed ones behind all others."""

    def __init__(self, weights: Sequence[float], rules: Rules = Rules(), done: Iterable[int] = ()) -> None:
        self.rules = rules
        self.units = [_Unit(weight) for weight in weights]
        for unit in done:
            self.units[unit].ended = True
        open_units = [unit for unit, state in enumerate(self.units) if not state.ended]
        self.left = len(open_units)
        self.queue = collections.deque(sorted(open_units, key=lambda unit: -weights[unit]))
        for unit in self.queue:
            self.units[unit].queued = 1
        self.given_up: list[int] = []
        self.leased = 0
        self.copied = 0  # leases of units that were in flight already
        self.silences = 0  # leases that were silent for too long
        self._usual = Usual()
        self._silent: list[tuple[float, int, int]] = []  # when, number and unit of leases that may be silent then
        self._flight: dict[int, Lease] = {}  # leases that are not silent

    @property
    def finished(self) -> bool:
        return self.left == 0

    def next(self, now: float) -> Lease | None:
        """For a worker that is idle."""
        while self.queue:
            unit = self.queue.popleft()
            state = self.units[unit]
            state.queued -= 1
            if not state.ended:
                self.copied += bool(state.leases)
                return self._lease(unit, now)
        slowest = self._slowest(now)
        if slowest is None:
            return None
        self.copied += 1
        return self._lease(slowest, now)

    def report(self, lease: Lease, now: float, result: Result, worker: str = "") -> None:
        """Of a lease that was silent for too long, only good news counts."""
        state = self.units[lease.unit]
        known = state.leases.pop(lease.number, None)
        self._flight.pop(lease.number, None)
        if state.ended:
            if result is Result.COMPLETE and lease.unit in self.given_up:
                self.given_up.remove(lease.unit)
            return
        if result is Result.COMPLETE:
            self._usual.add(now - lease.start, state.weight)
            self._end(lease.unit)
        elif known:
            self._failure(lease.unit, worker or f"lease {lease.number}")

    def expire(self, now: float) -> list[Lease]:
        """Leases that are silent for too long; their units are dealt again."""
        silent = []
        while self._silent and self._silent[0][0] <= now:
            _, number, unit = heapq.heappop(self._silent)
            lease = self.units[unit].leases.get(number)
            if lease is None:
                continue
            if now < (until := lease.start + self._patience(unit)):
                heapq.heappush(self._silent, (until, number, unit))
                continue
            del self.units[unit].leases[number], self._flight[number]
            silent.append(lease)
            self.silences += 1
            if not self.units[unit].ended:
                self._failure(unit, f"lease {number}")
        return silent

    def wakes(self, now: float, idle: bool) -> float:
        """Seconds until there may be something to do without a word; `idle`: whether a worker waits for a unit."""
        until = self._silent[0][0] - now if self._silent else self.rules.patience
        if idle and not self.queue:
            until = min([until, *(due - now for due, _ in self._lone())])
        return max(until, 0.001)

    def _patience(self, unit: int) -> float:
        return max(self.rules.patience, 10 * (self._usual.seconds(self.units[unit].weight) or 0))

    def _lease(self, unit: int, now: float) -> Lease:
        lease = Lease(unit, self.leased, now)
        self.leased += 1
        self.units[unit].leases[lease.number] = self._flight[lease.number] = lease
        heapq.heappush(self._silent, (now + self._patience(unit), lease.number, unit))
        return lease

    def _lone(self, now: float = float("inf")) -> Iterator[tuple[float, Lease]]:
        """Leases of which there may be a copy, with the time when it is due, up to `now`."""
        if self._usual.rate is None:
            return
        late = self.rules.straggler * self._usual.rate
        for lease in self._flight.values():
            state = self.units[lease.unit]
            if (due := lease.start + late * state.weight) > now or state.ended:
                continue
            if len(state.leases) < self.rules.copies and not self._in_vain(state):
                yield due, lease

    def _slowest(self, now: float) -> int | None:
        """The unit whose copy is due for longest."""
        late = [(due, lease.unit) for due, lease in self._lone(now)]
        return min(late)[1] if late else None

    def _failure(self, unit: int, worker: str) -> None:
        """The engine may choose the same worker again. So a unit that has failed N times is dealt to N + 1 at a time."""
        state = self.units[unit]
        state.failures += 1
        state.failed_by.add(worker)
        if not self._in_vain(state):
            more = min(state.failures + 1, self.rules.attempts) - len(state.leases) - state.queued
            self.queue.extend([unit] * more)
            state.queued += max(more, 0)
        elif not state.leases:
            self.given_up.append(unit)
            self._end(unit)

    def _in_vain(self, state: _Unit) -> bool:
        """Whether a unit has failed often enough. Where that was not by enough workers, those that are busy may do it."""
        if state.failures < self.rules.attempts:
            return False
        enough = len(state.failed_by) >= self.rules.attempts or state.failures >= 4 * self.rules.attempts
        return enough or not self._flight

    def _end(self, unit: int) -> None:
        self.units[unit].ended = True
        self.left -= 1
