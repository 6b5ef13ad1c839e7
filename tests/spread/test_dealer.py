# SPDX-License-Identifier: BSL-1.0
# The dealers step by step, and units, claims and records.
import os

import conftest  # noqa: F401
import pytest
from quoin_spread.claims import ClaimDealer, FolderStore
from quoin_spread.dealer import Dealer, Result, Rules
from quoin_spread.merge import merge_rows
from quoin_spread.plan import units_of, usual_unit
from quoin_spread.records import File, Manifest, Row, escaped, row_of, unescaped
from quoin_spread.worker import LONGEST_REST, rest_after


def test_heavy_units_go_first_and_copies_last():
    dealer = Dealer([1, 5, 3, 4], Rules(straggler=2.0))
    leases = [dealer.next(0.0) for _ in range(4)]
    assert [lease.unit for lease in leases] == [1, 3, 2, 0] and dealer.next(0.0) is None
    for lease, end in zip(leases, (5.0, 4.0, 3.0)):
        dealer.report(lease, end, Result.COMPLETE, "a")
    assert dealer.next(1.9) is None and dealer.wakes(1.9, idle=True) == pytest.approx(0.1)
    copy = dealer.next(2.1)  # a unit of weight 1 takes a second
    assert copy.unit == 0 and dealer.copied == 1 and dealer.next(100.0) is None  # two copies at most
    dealer.report(copy, 3.0, Result.COMPLETE, "b")
    assert dealer.finished
    dealer.report(leases[3], 4.0, Result.LOST, "a")
    assert dealer.finished and dealer.given_up == []


def test_nothing_wakes_for_a_unit_that_has_ended():
    dealer = Dealer([1, 1, 1, 1], Rules(straggler=2.0, patience=1000.0))
    leases = [dealer.next(0.0) for _ in range(4)]
    for lease in leases[:3]:
        dealer.report(lease, 1.0, Result.COMPLETE)
    dealer.units[leases[3].unit].ended = True  # by its copy
    assert dealer.wakes(5.0, idle=True) > 900


def test_a_failed_unit_is_dealt_to_more_workers_and_given_up():
    dealer = Dealer([1], Rules(attempts=3))
    dealer.report(dealer.next(0), 1, Result.AGAIN, "a")
    second, third = dealer.next(1), dealer.next(1)
    assert second and third and dealer.next(1) is None
    dealer.report(second, 2, Result.AGAIN, "b")
    assert not dealer.finished
    dealer.report(third, 2, Result.AGAIN, "c")
    assert dealer.finished and dealer.given_up == [0]
    dealer.report(third, 3, Result.COMPLETE, "c")
    assert dealer.given_up == []  # good news that are late


def test_a_silent_lease_is_dealt_again():
    dealer = Dealer([1, 1], Rules(patience=10.0))
    first, second = dealer.next(0.0), dealer.next(5.0)
    assert dealer.expire(9.9) == [] and dealer.expire(10.0) == [first]
    again = dealer.next(10.0)
    assert again.unit == first.unit
    dealer.report(second, 11.0, Result.COMPLETE)
    dealer.report(first, 12.0, Result.COMPLETE)  # it was only slow
    assert dealer.finished


def test_what_is_done_is_not_dealt():
    dealer = Dealer([1, 2, 3], done=[2])
    assert [dealer.next(0).unit, dealer.next(0).unit, dealer.next(0)] == [1, 0, None]


@pytest.fixture
def claims(tmp_path):
    for name in ("claims", "alive"):
        (tmp_path / name).mkdir()

    def make(worker, weights=(1, 1, 1), **more):
        return ClaimDealer(weights, FolderStore(tmp_path, worker), worker, **more)

    make.folder = tmp_path
    return make


def test_each_claim_has_one_worker(claims):
    one, two = claims("one", [1] * 100), claims("two", [1] * 100)
    seen = []
    while (a := one.next(0.0)) or (b := two.next(0.0)):
        seen.append((a or b).unit)
        (one if a else two).report(a or b, 1.0, Result.COMPLETE)
        if b := two.next(0.0):
            seen.append(b.unit)
            two.report(b, 1.0, Result.COMPLETE)
    assert sorted(seen) == list(range(100)) and one.finished and two.finished


def test_shares_are_begun_apart(claims):
    dealers = [claims(str(n), [1] * 12, share=n, shares=3) for n in range(3)]
    assert [sorted(d.next(0.0).unit for _ in range(4)) for d in dealers] == [
        [0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]  # fmt: skip
    assert dealers[0].next(0.0) is None and not dealers[0].finished


def test_claims_of_the_dead_are_taken(claims):
    """By silence, and at once where the process is known to be dead."""
    dead, living = claims("dead", [1]), claims("living", [1])
    assert dead.next(0.0) and living.next(0.0) is None
    old = os.stat(claims.folder / "alive" / "dead").st_mtime - 61
    os.utime(claims.folder / "alive" / "dead", (old, old))
    living.rules = Rules(patience=60)
    assert living.next(0.0).unit == 0
    third = claims("third", [1])
    (claims.folder / "alive" / "living").write_text(f"{os.uname().nodename} 4194304")  # above the highest process
    third.rules = Rules(patience=1e9)
    assert third.next(0.0).unit == 0


def test_failed_claims(claims):
    """Another worker does what one could not; when all that live could not, it is given up."""
    a, b = claims("a", [1], rules=Rules(attempts=2)), claims("b", [1], rules=Rules(attempts=2))
    a.report(a.next(0.0), 1.0, Result.AGAIN)
    a.report(a.next(1.0), 2.0, Result.AGAIN)
    assert a._attempts == {0: 1} and not a.finished  # b has not tried
    b.report(b.next(2.0), 3.0, Result.AGAIN)
    assert b.next(3.0) is None and b.finished and b.given_up == [0]


def test_units():
    files = [File(str(n), size, 0, "") for n, size in enumerate([1, 1, 1, 9, 1, 1])]
    assert [[f.bytes for f in unit] for unit in units_of(files, 2, 5)] == [[1, 1], [1], [9], [1, 1]]
    assert list(units_of([], 2, 5)) == []
    assert [usual_unit(n) for n in (1, 2000, 10**6)] == [32, 125, 128]


def test_merging_rows():
    files = [File("a", 1, 7, "a"), File("b", 1, 7, "b"), File("c", 1, 7, "c"), File("d", 1, 7, "d")]
    manifest = Manifest("", [".x", ".y"], files, [])

    def done(name, **more):
        row = dict(kind="done", name=name, bytes=1, modified=7, ms=1.0, outputs=((f"{name}.x", 3), (f"{name}.y", 4)))
        return Row(**{**row, **more})

    rows = [done("a"), done("a"), Row("again", "b", 1, 7, 1.0), done("b"), Row("failed", "c", 1, 7, 1.0, message="why"),
            Row("again", "c", 1, 7, 1.0), done("d", modified=8), done("d", outputs=(("d.x", 3),)), done("e")]  # fmt: skip
    merged = merge_rows(manifest, rows, lambda row: True)
    assert (set(merged.done), set(merged.failed), set(merged.again), set(merged.missing)) == ({"a", "b"}, {"c"}, set(), {"d"})
    assert merged.repeated == 1 and not merged.complete
    assert set(merge_rows(manifest, rows, lambda row: row.name != "a").missing) == {"a", "d"}


def test_lines():
    for text in ("a\tb\nc%", "%09", "%250a", "plain"):
        assert unescaped(escaped(text)) == text and "\t" not in escaped(text) and "\n" not in escaped(text)
    assert row_of(["done", "a", "1", "2", "3.5", "a.png", "7"]).outputs == (("a.png", 7),)
    for wrong in (["done", "a", "1", "2", "3.5"], ["done", "a", "1", "2", "3", "a.png"], ["unit", "a", "1"],
                  ["done", "a", "x", "2", "3", "a", "1"], ["failed", "a", "1", "2", "3"], [""]):  # fmt: skip
        assert row_of(wrong) is None


def test_rests():
    assert [rest_after(n) for n in (1, 2, 3)] == [1, 2, 4] and rest_after(10**6) == LONGEST_REST
