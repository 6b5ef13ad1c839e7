# SPDX-License-Identifier: BSL-1.0
"""What must hold of any simulated run, and random runs that look for where it does not.

    python3 -m quoin_spread.invariants RUNS [SEED]
"""
from __future__ import annotations

import collections
import random
import sys
from collections.abc import Callable, Iterator, Sequence

from .dealer import Result, Rules
from .simulation import NEVER, DoesNotEnd, History, Node, World, run_claims, run_engine, world_of

SLACK = 1e-6


def violations(history: History) -> Iterator[str]:
    world, merged = history.world, history.merged()
    given_up = set(history.given_up)
    # Each file once.
    counts = collections.Counter(name for part in (merged.done, merged.failed, merged.again, merged.missing)
                                 for name in part)  # fmt: skip
    if set(counts) != {file.name for file in world.files} or any(count > 1 for count in counts.values()):
        yield "the merged journal does not have each file once"
    if any(name not in history.placed for name in merged.done):
        yield "a file is done in the merged journal, and has no outputs"
    # No unit is lost.
    complete = {t.unit for t in history.tries if t.result is Result.COMPLETE}
    for unit, files in enumerate(world.units):
        undone = [file for file in files if world.files[file].name not in merged.done]
        if unit not in given_up and (undone or unit not in complete):
            yield f"unit {unit} is lost: {len(undone)} of its files are not done, and nobody gave it up"
    for unit in given_up:
        failures = sum(t.unit == unit and t.result is not Result.COMPLETE for t in history.tries)
        if failures + history.silent < world.rules.attempts:
            yield f"unit {unit} is given up after {failures} failures"
        sound = [n for n in world.nodes if n.dies == n.full == NEVER and n.speed == 1]
        if len(sound) > len(world.nodes) - world.rules.attempts and unit not in complete:
            yield f"unit {unit} is given up, although too few machines have faults for that"
    # Work is repeated only for what was in flight at a fault, or for a copy.
    failed = sum(t.result is not Result.COMPLETE for t in history.tries)
    repeats = len(history.tries) - len({t.unit for t in history.tries})
    if repeats > failed + history.copied + history.silent:
        yield f"{repeats} units are repeated, for {failed} failures, {history.copied} copies, {history.silent} silences"
    if history.shared_claims:
        yield f"{history.shared_claims} claims are held by two workers"
    lost = sum(t.result is Result.LOST for t in history.tries)
    deaths = sum(node.dies < NEVER for node in world.nodes)
    if lost > deaths:
        yield f"{lost} units were in flight at {deaths} deaths"
    if merged.repeated > sum(len(world.units[t.unit]) for t in repeated_tries(history)):
        yield "more files are done again than units are repeated"
    # Bounds of the time.
    if not given_up and history.end < world.lowest - SLACK:
        yield f"the end at {history.end} s is before {world.lowest} s, the least that is possible"
    if is_ideal(world) and history.claims == 0:
        total, longest, n = sum(world.costs), max(world.costs), len(world.nodes)
        overhead = world.deal * len(world.units) + SLACK
        if history.end > total / n + (1 - 1 / n) * longest + overhead:
            yield f"the end at {history.end} s is behind the bound of list scheduling, {total / n} + (1 - 1/{n}) {longest} s"
        if history.end > (2 - 1 / n) * max(total / n, longest) + overhead:
            yield f"the end at {history.end} s is behind (2 - 1/{n}) of the best"


def repeated_tries(history: History) -> Iterator[object]:
    seen: set[int] = set()
    for t in history.tries:
        if t.unit in seen:
            yield t
        seen.add(t.unit)


def is_ideal(world: World) -> bool:
    return world.metadata_rate == NEVER and all(n.speed == 1 and n.dies == n.full == NEVER for n in world.nodes)


def random_world(samples: Sequence[tuple[int, float]], chance: random.Random) -> World:
    """Few files and machines, all kinds of faults, so that many runs are quick. One machine has none."""
    count = chance.randint(1, 12)
    files = chance.randint(1, 150)
    unit_files = chance.randint(1, 16)
    span = 2 * sum(seconds for _, seconds in chance.choices(samples, k=files)) / count
    faults = chance.random() if chance.random() < 0.8 else 0.0
    nodes = []
    for number in range(count):
        node = Node()
        if number > 0 and chance.random() < faults:
            kind = chance.randrange(4)
            if kind == 0:
                node.speed = chance.choice([0.02, 0.1, 0.5])
            elif kind == 1:
                node.full = chance.uniform(0, span)
            else:
                node.dies = chance.uniform(0, span)
                node.told = chance.choice([0.1, 5.0, NEVER])
                if chance.random() < 0.5:
                    node.returns = node.dies + chance.uniform(0.1, span)
        nodes.append(node)
    rules = Rules(attempts=chance.randint(2, 5), copies=chance.randint(1, 3), straggler=chance.choice([1.5, 3.0]),
                  patience=chance.choice([30.0, 120.0]))  # fmt: skip
    rate = chance.choice([NEVER, NEVER, 50.0, 1000.0])
    return world_of(samples, files, nodes, chance, unit_files=unit_files, rules=rules, metadata_rate=rate,
                    deal=chance.choice([0.0, 0.002]))  # fmt: skip


Run = Callable[[World], History]
RUNS: tuple[Run, ...] = (run_engine, run_claims)


def search(samples: Sequence[tuple[int, float]], runs: int, seed: int, ways: Sequence[Run] = RUNS,
           most: int = 10) -> list[str]:  # fmt: skip
    """Violations that `runs` random runs have, each with the seed of its run."""
    found = []
    for number in range(seed, seed + runs):
        chance = random.Random(number)
        way = ways[number % len(ways)]
        try:
            history = way(random_world(samples, chance))
            found += [f"seed {number}: {text}" for text in violations(history)]
        except DoesNotEnd as problem:
            found.append(f"seed {number}: the run does not end: {problem}")
        if len(found) >= most:
            break
    return found


def main() -> int:
    from .charts import recorded_samples

    runs, seed = (int(text) for text in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :])[:2])
    found = search(recorded_samples(), runs, seed)
    print(*found, sep="\n")
    print(f"{runs} runs from seed {seed}: {len(found)} violations")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
