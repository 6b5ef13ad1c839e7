# SPDX-License-Identifier: BSL-1.0
"""What a build cost and what ctest did, in words: summary.py RESULTS.xml STATUS

RESULTS.xml comes from ctest --output-junit, STATUS is the exit status of ctest. Prints, of the compile-times.tsv beside it
(cmake/measured.py), the files that took most to compile, all that took more than a test file should, and what an operation
costs in quoin::runtime; of RESULTS.xml the tests that ran longest, a line for each skipped test with the reason that its
output gives, and at last `N passed, N failed, N skipped`. Exit status 1 when something failed.
"""
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

# What a test file should stay below, and how many lines the tables have where nothing is above.
MOST_SECONDS, MOST_MB, LISTED, LISTED_TESTS = 10, 600, 25, 10


def compiled(build):
    """{object: (seconds, MB)} of the objects that are there, as last compiled."""
    costs = {}
    table = build / "compile-times.tsv"
    for line in table.read_text().splitlines() if table.exists() else []:
        seconds, mb, name = line.split("\t")
        if (build / name).exists():
            costs[name] = float(seconds), int(mb)
    return costs


def print_costs(costs):
    def marked(cost):
        return cost[0] > MOST_SECONDS or cost[1] > MOST_MB

    print(f"compiled: {len(costs)} objects in {sum(s for s, _ in costs.values()):.0f} s of user time; those that took most,")
    print(f"with a ! where it is more than {MOST_SECONDS} s or {MOST_MB} MB:")
    ranked = sorted(costs.items(), key=lambda item: -item[1][0])
    for place, (name, cost) in enumerate(ranked):
        if place < LISTED or marked(cost):
            source = re.sub(r"CMakeFiles/([^/]+)\.dir/", "", name).removesuffix(".o")
            target = re.search(r"CMakeFiles/([^/]+)\.dir/", name)
            print(f"{cost[0]:8.1f} s {cost[1]:5} MB {'!' if marked(cost) else ' '} {source} ({target.group(1) if target else '-'})")


def print_runtime(costs, catalogue):
    """Seconds an operation of each list of the catalogue, for each family of lanes (or both in one object) and, if it is
    dispatched, level."""
    operations = {
        group: len(entries.split(","))
        for group, entries in re.findall(r"using (\w+)_entries =\s*entry_list<([^>]*)>", catalogue)
    }
    seconds = collections.defaultdict(dict)
    for name, (cost, _) in costs.items():
        found = re.search(r"quoin_runtime(\w*)\.dir/.*/(scalar|simd|both)_(\w+)\.cpp", name)
        if found and found.group(3) in operations:
            target, family, group = found.groups()
            level = target.partition("_dispatched_")[2]
            seconds[f"{family} {level}".strip()][group] = cost / operations[group]
    if seconds:
        print("quoin::runtime, seconds an operation:")
        print(f"{'':20}" + "".join(f"{f'{group} ({count})':>15}" for group, count in operations.items()))
        for family, row in sorted(seconds.items()):
            print(f"{family:20}" + "".join(f"{row.get(group, 0):15.1f}" for group in operations))


def print_longest(tests):
    times = sorted(((float(test.get("time", 0)), test.get("name")) for test in tests), reverse=True)
    print(f"{len(times)} tests in {sum(time for time, _ in times):.0f} s; the longest:")
    for time, name in times[:LISTED_TESTS]:
        print(f"{time:8.1f} s  {name}")


def reason(output):
    """What follows "SKIPPED:" (in Catch2's words "explicitly with message:", on a line of its own; in pytest's with a
    number and a place before the colon), or the last line."""
    match = re.search(r"SKIPPED:\s+(?:explicitly with message:\s+)?(.*?)(?:\n\s*\n|\n=====|\Z)", output, re.DOTALL)
    match = match or re.search(r"^SKIPPED \[\d+\] \S+: (.*)$", output, re.MULTILINE)
    if match:
        return " ".join(match.group(1).split())
    lines = [line.strip() for line in output.split("\n") if line.strip()]
    return lines[-1] if lines else "no reason given"


def main(path, status):
    passed = failed = skipped = 0
    tests = list(xml.parse(path).getroot().iter("testcase"))
    if costs := compiled(pathlib.Path(path).parent):
        catalogue = pathlib.Path(__file__).resolve().parents[1] / "include/quoin/catalogue.hpp"
        print_costs(costs)
        print_runtime(costs, catalogue.read_text())
    print_longest(tests)
    for test in tests:
        skip = test.find("skipped")
        if test.get("status") == "run":
            passed += 1
        elif skip is not None and skip.get("message", "").startswith("SKIP_"):
            skipped += 1
            print(f"skipped: {test.get('name')}: {reason(test.findtext('system-out') or '')}")
        else:
            failed += 1
            print(f"failed: {test.get('name')}")
    if status != 0 and failed == 0:
        failed = 1
        print(f"failed: ctest itself, with status {status}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
