# SPDX-License-Identifier: BSL-1.0
"""The dealers of this package under a virtual clock, on machines that get lost, are slow, or have full disks."""
from __future__ import annotations

import collections
import dataclasses
import functools
import heapq
import itertools
import random
from collections.abc import Callable, Sequence

from .claims import ClaimDealer
from .dealer import Dealer, Lease, Result, Rules
from .drive import Word, drive
from .merge import Merged, merge_rows
from .plan import PER_FILE, units_of
from .records import File, Manifest, Row
from .worker import rest_after

METADATA_PER_FILE = 6  # operations: look at the input, open it, make, close and rename the output, look at the folder
NEVER = float("inf")
LONGEST_RUN = 1e5  # virtual seconds, after which a run counts as one that does not end


class DoesNotEnd(Exception):
    """Nothing happens any more, or for too long."""


@dataclasses.dataclass(slots=True)
class Node:
    speed: float = 1.0
    dies: float = NEVER
    returns: float = NEVER  # as a new worker
    full: float = NEVER  # from when on its disk is full
    told: float = 1.0  # seconds after which an engine tells of its death; NEVER: it does not

    def lives(self, now: float) -> bool:
        return now < self.dies or now >= self.returns


@dataclasses.dataclass
class World:
    nodes: list[Node]
    files: list[File]
    seconds: list[float]  # of each file, on a machine of speed 1
    units: list[list[int]]  # numbers of files
    rules: Rules = Rules()
    metadata_rate: float = NEVER  # operations a second of the file system, for all
    deal: float = 0.0  # seconds of the engine for a unit
    keeps_rows: bool = True  # or times alone
    random: random.Random = dataclasses.field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.weights = [sum(self.files[file].bytes + PER_FILE for file in unit) for unit in self.units]
        self.costs = [sum(self.seconds[file] for file in unit) for unit in self.units]

    @property
    def lowest(self) -> float:
        """Seconds below which no run can be."""
        speed = sum(node.speed for node in self.nodes)
        longest = max(self.costs, default=0) / max(node.speed for node in self.nodes)
        return max(sum(self.costs) / speed, longest, len(self.files) * METADATA_PER_FILE / self.metadata_rate)


@dataclasses.dataclass(slots=True)
class Try:
    """A lease as it went."""

    unit: int
    node: int
    start: float
    end: float
    result: Result


@dataclasses.dataclass
class History:
    world: World
    tries: list[Try] = dataclasses.field(default_factory=list)
    rows: list[Row] = dataclasses.field(default_factory=list)
    placed: set[str] = dataclasses.field(default_factory=set)  # files with outputs
    end: float = 0.0  # when the last unit ended
    copied: int = 0
    silent: int = 0  # leases that were given up for silence
    given_up: list[int] = dataclasses.field(default_factory=list)
    claims: int = 0  # operations on claims
    shared_claims: int = 0  # claims that two workers hold
    merge: Callable[..., Merged] = merge_rows

    def merged(self) -> Merged:
        manifest = Manifest("simulated", [".out"], self.world.files, [])
        return self.merge(manifest, self.rows, lambda row: row.name in self.placed)


class Machines:
    """What units do on nodes, whatever deals them."""

    def __init__(self, world: World) -> None:
        self.world, self.history = world, History(world)
        self._metadata_free = 0.0
        self._failures = [0] * len(world.nodes)

    def begin(self, unit: int, node: int, start: float) -> tuple[float, Result, float]:
        """When and how it ends, and the rest that the worker takes then. The unit is begun by a node that lives."""
        world, state = self.world, self.world.nodes[node]
        work = world.costs[unit] / state.speed
        operations = METADATA_PER_FILE * len(world.units[unit]) / world.metadata_rate
        self._metadata_free = max(self._metadata_free, start) + operations
        end = max(start + work, self._metadata_free)
        dies = state.dies if start < state.dies else start if not state.lives(start) else NEVER
        if dies < end:
            self._files(unit, start, end, until=min(dies, state.full), torn=True)
            self.history.tries.append(Try(unit, node, start, dies, Result.LOST))
            return dies, Result.LOST, 0.0
        full = start < state.dies and state.full < end
        self._files(unit, start, end, until=state.full if full else NEVER, torn=False)
        result = Result.AGAIN if full else Result.COMPLETE
        self.history.tries.append(Try(unit, node, start, end, result))
        self._failures[node] = self._failures[node] + 1 if full else 0
        return end, result, rest_after(self._failures[node]) if full else 0.0

    def _files(self, unit: int, start: float, end: float, until: float, torn: bool) -> None:
        """The rows of a unit up to a time; behind it there are none (`torn`), or such of failures. The last file of a
        dying worker may have its outputs in place and no row."""
        if not self.world.keeps_rows:
            return
        numbers, done = self.world.units[unit], start
        scale = (end - start) / self.world.costs[unit] if self.world.costs[unit] > 0 else 0.0
        for number in numbers:
            file = self.world.files[number]
            done += self.world.seconds[number] * scale
            if done <= until or until == NEVER:
                self.history.placed.add(file.name)
                self.history.rows.append(Row("done", file.name, file.bytes, file.modified, 0, ((file.stem + ".out", 1),)))
            elif torn:
                if self.world.random.random() < 0.5:
                    self.history.placed.add(file.name)
                return
            else:
                self.history.rows.append(Row("again", file.name, file.bytes, file.modified, 0, message="full"))


class SimulatedEngine:
    """A cluster for `drive`: nodes that are idle take what was submitted, in its order."""

    def __init__(self, world: World) -> None:
        self.machines = Machines(world)
        self._world, self._clock, self._dealt = world, 0.0, 0.0
        self._queue: collections.deque[Lease] = collections.deque()
        self._idle = list(range(len(world.nodes)))[::-1]
        self._known_dead: set[int] = set()
        self._order = itertools.count()
        self._events: list[tuple[float, int, Callable[[], Word | None]]] = []
        for number, node in enumerate(world.nodes):
            if node.dies < NEVER and node.told < NEVER:
                self._at(node.dies + node.told, functools.partial(self._death_told, number))
            if node.returns < NEVER:
                self._at(node.returns, functools.partial(self._free, number, None))

    def now(self) -> float:
        return self._clock

    def slots(self) -> int:
        return len(self._world.nodes) - len(self._known_dead)

    def submit(self, lease: Lease) -> None:
        self._queue.append(lease)
        self._begin()

    def wait(self, seconds: float) -> list[Word]:
        until = self._clock + seconds
        while self._events and self._events[0][0] <= until:
            time, _, happens = heapq.heappop(self._events)
            self._clock = max(self._clock, time)
            if word := happens():
                return [word]
            if self._idle:
                return []  # the dealer may have something for a node that came back
        if until > LONGEST_RUN:
            raise DoesNotEnd(f"{LONGEST_RUN:.0f} virtual seconds have passed")
        self._clock = until
        return []

    def _at(self, time: float, happens: Callable[[], Word | None]) -> None:
        heapq.heappush(self._events, (time, next(self._order), happens))

    def _begin(self) -> None:
        while self._queue and self._idle:
            node = self._idle.pop()
            state = self._world.nodes[node]
            if not state.lives(self._clock):
                continue
            lease = self._queue.popleft()
            self._dealt = max(self._dealt, self._clock) + self._world.deal
            end, result, rest = self.machines.begin(lease.unit, node, self._dealt)
            word = Word(lease, result, f"node {node}")
            if result is not Result.LOST:
                self._at(end + rest, functools.partial(self._free, node, word))
            elif state.told < NEVER:
                self._at(end + state.told, lambda word=word: word)

    def _free(self, node: int, word: Word | None) -> Word | None:
        if self._world.nodes[node].lives(self._clock):
            self._known_dead.discard(node)
            if node not in self._idle:
                self._idle.append(node)
            self._begin()
        return word

    def _death_told(self, node: int) -> None:
        if not self._world.nodes[node].lives(self._clock):
            self._known_dead.add(node)


def run_engine(world: World, dealer_of: Callable[..., Dealer] = Dealer) -> History:
    """The dealer of engines. @raises DoesNotEnd"""
    dealer, engine = dealer_of(world.weights, world.rules), SimulatedEngine(world)
    drive(dealer, engine)
    history = engine.machines.history
    history.end, history.copied, history.silent = engine.now(), dealer.copied, dealer.silences
    history.given_up = dealer.given_up
    return history


class SimulatedStore:
    """The claims of all, as one worker sees them."""

    def __init__(self, shared: dict[str, tuple[str, float]], lives: dict[str, Node], history: History) -> None:
        self.shared, self.lives, self.history, self.clock = shared, lives, history, 0.0

    def create(self, name: str, text: str) -> bool:
        self.history.claims += 1
        if name in self.shared:
            return False
        self.shared[name] = (text, self.clock)
        return True

    def names(self) -> list[str]:
        self.history.claims += 1
        return list(self.shared)

    def text(self, name: str) -> str:
        self.history.claims += 1
        return self.shared[name][0]

    def age(self, name: str) -> float:
        self.history.claims += 1
        return self.clock - self.shared[name][1]

    def touch(self) -> None: ...

    def silence(self, worker: str) -> float:
        self.history.claims += 1
        node = self.lives[worker]
        first_life = worker.endswith(".0")
        return self.clock - node.dies if first_life and self.clock >= node.dies else 0.0

    def workers(self) -> list[str]:
        return list(self.lives)


def run_claims(world: World, dealer_of: Callable[..., ClaimDealer] = ClaimDealer) -> History:
    """Workers that claim, each with a dealer of its own. @raises DoesNotEnd"""
    machines = Machines(world)
    history = machines.history
    shared: dict[str, tuple[str, float]] = {}
    held: set[tuple[int, int]] = set()
    lives: dict[str, Node] = {}
    order = itertools.count()
    events: list[tuple[float, int, Callable[[float], None]]] = []
    at = lambda time, happens: heapq.heappush(events, (time, next(order), happens))  # noqa: E731

    def start(node: int, life: int, now: float) -> None:
        name = f"{node}.{life}"
        lives[name] = world.nodes[node]
        store = SimulatedStore(shared, lives, history)
        dealer = dealer_of(world.weights, store, name, world.rules, node, len(world.nodes))
        look(node, life, dealer, store, 0.05, now)

    def gone(node: int, life: int, now: float) -> bool:
        return life == 0 and now >= world.nodes[node].dies

    def look(node: int, life: int, dealer: ClaimDealer, store: SimulatedStore, pause: float, now: float) -> None:
        if gone(node, life, now):
            return
        store.clock = now
        lease = dealer.next(now)
        again = functools.partial(look, node, life, dealer, store)
        if lease:
            history.shared_claims += (lease.unit, lease.number) in held
            held.add((lease.unit, lease.number))
            end, result, rest = machines.begin(lease.unit, node, now)
            if result is not Result.LOST:
                at(end, functools.partial(ended, dealer, store, lease, result))
                at(end + rest, functools.partial(again, 0.05))
        elif not dealer.finished:
            at(now + pause, functools.partial(again, min(2 * pause, 5.0)))
        else:
            history.given_up = dealer.given_up

    def ended(dealer: ClaimDealer, store: SimulatedStore, lease: Lease, result: Result, now: float) -> None:
        store.clock = now
        dealer.report(lease, now, result)
        if result is Result.COMPLETE:
            history.end = max(history.end, now)

    for number, node in enumerate(world.nodes):
        at(0.0, functools.partial(start, number, 0))
        if node.returns < NEVER:
            at(node.returns, functools.partial(start, number, 1))
    while events:
        time, _, happens = heapq.heappop(events)
        if time > LONGEST_RUN:
            raise DoesNotEnd(f"{LONGEST_RUN:.0f} virtual seconds have passed")
        happens(time)
    tried = {state.unit for state in history.tries}
    history.copied = len(history.tries) - len(tried) - sum(t.result is not Result.COMPLETE for t in history.tries)
    return history


def world_of(samples: Sequence[tuple[int, float]], files: int, nodes: list[Node], chance: random.Random, *,
             unit_files: int = 128, unit_bytes: int = 1 << 30, **more: object) -> World:  # fmt: skip
    """Files with the bytes and seconds of samples."""
    drawn = chance.choices(samples, k=files)
    names = [File(f"{number:07d}", size, 0, f"{number:07d}") for number, (size, _) in enumerate(drawn)]
    units = [[int(file.name) for file in unit] for unit in units_of(names, unit_files, unit_bytes)]
    return World(nodes, names, [seconds for _, seconds in drawn], units, random=chance, **more)  # type: ignore[arg-type]
