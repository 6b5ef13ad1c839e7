# SPDX-License-Identifier: BSL-1.0
# The dealers under a virtual clock: invariants of random runs, and that broken ones are noticed.
import heapq
import os
import random

import conftest  # noqa: F401
import pytest
from quoin_spread import charts, invariants, simulation
from quoin_spread.claims import ClaimDealer
from quoin_spread.dealer import Dealer, Result, Rules
from quoin_spread.merge import merge_rows

RUNS = int(os.environ.get("QUOIN_SPREAD_RUNS", "2000"))
SAMPLES = charts.recorded_samples()
engine, claims = simulation.run_engine, simulation.run_claims


def found(run, runs=300):
    return invariants.search(SAMPLES, runs, conftest.SEED, [run], most=1)


def test_random_runs_hold_the_invariants():
    print(f"seeds from {conftest.SEED}")
    assert invariants.search(SAMPLES, RUNS, conftest.SEED) == []


class LosesFailures(Dealer):
    def _failure(self, unit, worker):
        self._end(unit)


class DealsTwice(Dealer):
    def report(self, lease, now, result, worker=""):
        super().report(lease, now, result, worker)
        if lease.number == 0 and result is Result.COMPLETE:
            self.units[lease.unit].ended = False
            self.left += 1
            self.queue.append(lease.unit)


class GivesUpAtOnce(Dealer):
    def _in_vain(self, state):
        return True


class KeepsWorkersWaiting(Dealer):
    def next(self, now):
        return super().next(now) if not self._flight else None


class ForgetsTheSilent(Dealer):
    def expire(self, now):
        while self._silent and self._silent[0][0] <= now:
            heapq.heappop(self._silent)
        return []


class ClaimsDoneBeforehand(ClaimDealer):
    def next(self, now):
        lease = super().next(now)
        if lease:
            self.store.create(f"{lease.unit}.done", self.worker)
        return lease


class ClaimsWhatIsTaken(ClaimDealer):
    def _claim(self, unit, attempt, now):
        self.store.create(f"{unit}.{attempt}", self.worker)
        self._attempts[unit] = attempt
        return simulation.Lease(unit, attempt, now)


@pytest.mark.parametrize("dealer", [LosesFailures, DealsTwice, GivesUpAtOnce, KeepsWorkersWaiting, ForgetsTheSilent])
def test_a_broken_dealer_is_noticed(dealer):
    assert found(lambda world: engine(world, dealer))


@pytest.mark.parametrize("dealer", [ClaimsDoneBeforehand, ClaimsWhatIsTaken])
def test_broken_claims_are_noticed(dealer):
    assert found(lambda world: claims(world, dealer))


def merged_without_outputs(manifest, rows, in_place):
    return merge_rows(manifest, rows, lambda row: True)


def merged_without_others(manifest, rows, in_place):
    result = merge_rows(manifest, rows, in_place)
    result.missing.clear()
    return result


@pytest.mark.parametrize("merge", ["counts nothing that is missing", "counts a file twice", "believes without looking"])
def test_a_broken_merge_is_noticed(merge):
    def run(world):
        history = engine(world)
        if merge == "counts nothing that is missing":
            history.rows = history.rows[1:]
            history.merge = merged_without_others
        elif merge == "counts a file twice":
            def twice(*arguments):
                result = merge_rows(*arguments)
                result.failed.update(list(result.done.items())[:1])
                return result
            history.merge = twice
        else:
            history.placed.discard(history.rows[0].name)
            history.merge = merged_without_outputs
        return history

    assert found(run)


def test_an_end_that_is_too_early_is_noticed():
    def run(world):
        history = engine(world)
        history.end *= 0.2
        return history

    assert found(run)


def test_the_simulation_against_a_calculation():
    """Two machines, units of 3, 2 and 2 seconds; one dies at 2.5 s and nobody hears of it until it is told, at 3.5 s."""
    chance = random.Random(1)
    world = simulation.world_of([(1, 1.0)], 7, [simulation.Node(), simulation.Node()], chance, unit_files=3)
    world = simulation.World(world.nodes, world.files, world.seconds, [[0, 1, 2], [3, 4], [5, 6]], random=chance)
    history = engine(world)
    assert history.end == 4 and [(t.unit, t.start, t.end) for t in history.tries] == [(0, 0, 3), (1, 0, 2), (2, 2, 4)]
    world.nodes[0].dies = 2.5
    history = engine(world)
    assert [(t.unit, t.node, t.start, t.end, t.result) for t in history.tries] == [
        (0, 0, 0, 2.5, Result.LOST), (1, 1, 0, 2, Result.COMPLETE), (2, 1, 2, 4, Result.COMPLETE),
        (0, 1, 4, 7, Result.COMPLETE)]  # fmt: skip
    assert history.merged().repeated == 2 and history.end == 7
    world.nodes[0] = simulation.Node()
    world.metadata_rate = 6.0
    assert engine(world).end == 7  # one file a second


def test_a_slow_machine_costs_less_with_copies():
    nodes = [simulation.Node(speed=0.02), *(simulation.Node() for _ in range(9))]
    ends = []
    for copies in (1, 2):
        world = simulation.world_of([(1, 1.0)], 200, nodes, random.Random(1), unit_files=2, rules=Rules(copies=copies))
        ends.append(engine(world).end)
    assert ends[0] == 100 and ends[1] < 30


def test_charts_are_drawn():
    runs = charts.Runs(SAMPLES, files=5000)
    charts_of = [charts.stragglers_panel(runs), charts.metadata_panel(runs)]
    text = charts.drawn(charts_of)
    assert text.count("<path") > 20 and "nan" not in text
    by_rate = dict(charts_of[1].curves["1000 machines"])
    assert by_rate[1e3] >= 5000 * 6 / 1e3 / 60  # the file server bounds it
