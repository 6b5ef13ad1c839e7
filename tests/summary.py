# SPDX-License-Identifier: BSL-1.0
"""What ctest did, in words: summary.py RESULTS.xml STATUS

RESULTS.xml comes from ctest --output-junit, STATUS is the exit status of ctest. Prints a line for each skipped test with
the reason that its output gives, and at last `N passed, N failed, N skipped`. Exit status 1 when something failed.
"""
import re
import sys
import xml.etree.ElementTree as xml


def reason(output):
    """What follows "SKIPPED:" (in Catch2's words "explicitly with message:", on a line of its own), or the last line."""
    match = re.search(r"SKIPPED:\s+(?:explicitly with message:\s+)?(.*?)(?:\n\s*\n|\n=====|\Z)", output, re.DOTALL)
    if match:
        return " ".join(match.group(1).split())
    lines = [line.strip() for line in output.split("\n") if line.strip()]
    return lines[-1] if lines else "no reason given"


def main(path, status):
    passed = failed = skipped = 0
    for test in xml.parse(path).getroot().iter("testcase"):
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
