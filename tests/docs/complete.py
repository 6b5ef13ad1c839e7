#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that nothing is missing from the documentation: complete.py EXAMPLES PAGES, complete.py --notices EXAMPLES PAGES

EXAMPLES is the folder of the executables, PAGES that of the built pages. Every operation of the catalogue must have a contract
in its header, a program with a picture, a test, a benchmark, a measured cost, and pages that show them; the pictures that are checked in must be
those that the programs make; pictures are small. Names what is missing; the exit status is 1 where something is.
--notices takes things away from a copy and fails where that is not noticed.
"""
import functools
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "docs/site"), str(ROOT / "tests/examples")]
sys.dont_write_bytecode = True

import library  # noqa: E402
from png import decode_png  # noqa: E402

MOST_BYTES = 30_000  # of a picture of the pages, on average
pixels = functools.cache(decode_png)  # --notices meets each picture seven times


def missing(root, operations, pages, executables):
    publics, programs = library.publics(root), library.programs(root)
    costs, _ = library.costs(root)
    for name in (o["name"] for o in operations):
        public = library.contract_of(name, publics)
        if not public or not " ".join(public.contract).strip():
            yield f"{name}: no header has a contract of it, a /// comment in front of {name} or {name}_fn"
            continue
        program = library.program_of(name, public.header, programs)
        if not program or name not in program.names:
            yield f"{name}: no program in examples/docs begins with a line that names it"
        paths = {public.header.removesuffix(".hpp"), program.path if program else ""} - {""}
        for folder, what in (("tests", "test"), ("bench/micro", "benchmark")):
            if not any((root / folder / f"{p}.cpp").exists() for p in paths):
                yield f"{name}: there is no {what} {folder}/{sorted(paths)[0]}.cpp"
        if name not in costs:
            yield f"{name}: docs/costs.tsv has no cost; measure it by bench/run.sh"
        for file in (f"pictures/{name}-before.png", f"pictures/{name}-after.png", f"reference/{name}.html"):
            if not (pages / file).exists():
                made = f"; examples/docs/{program.path}.cpp makes it" if program and file.endswith("png") else ""
                yield f"{name}: the pages have no {file}{made}"
    for path in sorted((root / "docs/pictures").glob("*")):
        made = pages / "pictures" / path.name
        # The bytes of a PNG depend on the library that compresses them.
        is_png, shown = path.suffix == ".png", path.read_bytes()
        drawn = made.read_bytes() if made.exists() else None
        same = drawn == shown or (drawn is not None and is_png and pixels(drawn) == pixels(shown))
        if not same:
            yield f"docs/pictures/{path.name}: not what the programs make; copy it from the pages that docs/build.sh makes"
    said = subprocess.run([executables / "docs/tutorial"], check=True, capture_output=True, text=True).stdout
    if f"```\n{said}```" not in (root / "docs/tutorial.md").read_text():
        yield f"docs/tutorial.md: does not end with what examples/docs/tutorial.cpp prints:\n{said}"
    sizes = [p.stat().st_size for p in pages.glob("pictures/*.png")]
    if sum(sizes) > MOST_BYTES * len(sizes):
        yield f"the {len(sizes)} pictures have {sum(sizes)} bytes, more than {MOST_BYTES} each"


def unnoticed(operations, pages, executables):
    """Takes one thing after the other away."""
    for gone in ("include/quoin/filter/linear/box.hpp", "examples/docs/filter/linear/box.cpp", "tests/filter/linear/box.cpp",
                 "bench/micro/filter/linear/box.cpp", "docs/costs.tsv", "pages/pictures/box-after.png", "pages/reference/box.html"):  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for part in ("include", "examples/docs", "tests", "bench/micro", "docs/pictures"):
                shutil.copytree(ROOT / part, root / part)
            shutil.copytree(pages, root / "pages")
            for file in ("tutorial.md", "costs.tsv"):
                shutil.copy(ROOT / "docs" / file, root / "docs")
            if gone == "docs/costs.tsv":  # its lines about box alone
                lines = (root / gone).read_text().splitlines(keepends=True)
                (root / gone).write_text("".join(line for line in lines if not line.startswith("box\t")))
            else:
                (root / gone).unlink()
            said = list(missing(root, operations, root / "pages", executables))
            if len(said) == 0 or not all(line.startswith("box: ") for line in said):
                yield f"without {gone} it says: {said}"


def main(arguments):
    notices = arguments[:1] == ["--notices"]
    if len(arguments) != 2 + notices:
        print(__doc__, file=sys.stderr)
        return 2
    executables, pages = map(pathlib.Path, arguments[notices:])
    if not (executables / "quoin-filters").exists() or not pages.exists():
        print("SKIPPED: there is no quoin-filters, or the pages have not been built")
        return 77
    operations = library.catalogue(executables)
    wrong = list(unnoticed(operations, pages, executables) if notices else missing(ROOT, operations, pages, executables))
    print(*wrong, f"{len(operations)} operations, {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
