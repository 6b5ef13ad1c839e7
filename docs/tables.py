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
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs/site"))
sys.dont_write_bytecode = True

from library import catalogue, code_first, table  # noqa: E402

PAGES = ("README.md", "docs/semantics.md")
REGION = re.compile(r"(<!-- table: (\w+), written by docs/tables\.py -->\n).*?(<!-- end of table -->\n)", re.DOTALL)


def operations(listed):
    """What each computes."""
    rows = [(f"`{o['usage']}`", o["about"], o["result"]) for o in listed]
    return table(("Operation", "Result", "Result type"), rows)


def rounding(listed):
    """How each rounds."""
    rows = [(f"`{o['usage']}`", o["rounding"], o["floating"] or "the same") for o in listed]
    return table(("Operation", "Integer channels", "Floating-point channels"), rows)


def peers(listed):
    """What other libraries call it."""
    rows = [(f"`{o['name']}`", *(code_first(o[k]) or "–" for k in ("opencv", "pillow", "scikit_image"))) for o in listed]
    return table(("Operation", "OpenCV", "Pillow", "scikit-image, NumPy, SciPy"), rows)


TABLES = {f.__name__: f for f in (operations, rounding, peers)}


def main(arguments):
    check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if len(folders) != 1 or folders[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    executables = pathlib.Path(folders[0])
    if not (executables / "quoin-filters").exists():
        print(f"SKIPPED: there is no {executables / 'quoin-filters'}")
        return 77
    listed = catalogue(executables)
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
