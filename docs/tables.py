#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the tables of operations in the pages from the catalogue: tables.py [--check] FOLDER

FOLDER is that of the executables, whose quoin-filters --list=json is asked. In a page, the lines between
    <!-- table: NAME, written by docs/tables.py -->
and
    <!-- end of table -->
are replaced by the table of that name. With --check nothing is written: a page that would change is named, and the exit
status is 1. Exit status 77: there is no quoin-filters.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/semantics.md")
REGION = re.compile(r"(<!-- table: (\w+), written by docs/tables\.py -->\n).*?(<!-- end of table -->\n)", re.DOTALL)


def cell(text):
    return text.replace("|", r"\|")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("|" + "|".join(f" {cell(c)} " if c != "---" else c for c in line) + "|\n" for line in lines)


def operations(listed):
    """What each computes."""
    rows = [(f"`{o['usage']}`", o["about"], o["result"]) for o in listed]
    return table(("Operation", "Result", "Result type"), rows)


def rounding(listed):
    """How each rounds."""
    rows = [(f"`{o['usage']}`", o["rounding"], o["floating"] or "the same") for o in listed]
    return table(("Operation", "Integer channels", "Floating-point channels"), rows)


def code(text):
    """A call, and behind the first comma outside of brackets what is to be said of it."""
    depth = 0
    for end, c in enumerate(text + ","):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            break
    prose = re.match(r"the |[\w:.]+ of ", text)
    return text if prose else f"`{text[:end]}`{text[end:]}" if text else "–"


def peers(listed):
    """What other libraries call it."""
    rows = [(f"`{o['name']}`", *(code(o[k]) for k in ("opencv", "pillow", "scikit_image"))) for o in listed]
    return table(("Operation", "OpenCV", "Pillow", "scikit-image, NumPy, SciPy"), rows)


TABLES = {f.__name__: f for f in (operations, rounding, peers)}


def main(arguments):
    check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if len(folders) != 1 or folders[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    program = pathlib.Path(folders[0]) / "quoin-filters"
    if not program.exists():
        print(f"SKIPPED: there is no {program}")
        return 77
    answer = subprocess.run([program, "--list=json"], check=True, capture_output=True, text=True).stdout
    listed = json.loads(answer)["operations"]
    status = 0
    for page in PAGES:
        path = ROOT / page
        before = path.read_text()
        after, count = REGION.subn(lambda m: m[1] + TABLES[m[2]](listed) + m[3], before)
        if count == 0:
            print(f"{page}: there is no table to write")
            status = 1
        if after == before:
            continue
        if check:
            print(f"{page}: not what docs/tables.py writes from the catalogue; run docs/tables.py {folders[0]}")
            status = 1
        else:
            path.write_text(after)
            print(f"{page}: written")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
