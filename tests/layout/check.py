#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the order of the repository: check.py ROOT

- What include/quoin/<folder> may include; the umbrellas are those that cmake/umbrellas.py writes.
- The same path in four trees: a header of filter and geometry has its test, its example and its benchmark; one of draw,
  measure, feature, mask, label, rect, tensor, runtime and mpi has its test; one of exec and observe has a test, or is
  included by one of its folder or of kokkos.
- A folder has at most 20 public headers. What lies in detail/, line/ and tile/ declares nothing outside of namespace
  detail, and no other header hands out a name of it.
- Every header includes itself once, has at most 400 lines, and half of them at most 150.
- Every source starts with the license and says what it is for (a test of a header's name is for that header). Every file
  that can have comments says its license, and no file says another.
- No line of C++ has more than 120 columns.
- The words of docs/glossary.md stand in order, each once.
Prints every violation and their number; exit status 1 where there are some.
"""
import collections
import itertools
import pathlib
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "cmake"))
sys.dont_write_bytecode = True

from licenses import complaint  # noqa: E402
from umbrellas import INTERNAL, umbrellas  # noqa: E402

# The folders whose headers a folder may include beside its own.
PIPE = ["core", "lanes", "image", "pipe"]
BELOW = {
    "core": [],
    "lanes": ["core"],
    "image": ["core"],
    "draw": ["core", "image"],
    "pipe": ["core", "lanes", "image"],
    "filter": PIPE,
    "geometry": PIPE,
    "exec": PIPE,
    "observe": [*PIPE, "exec"],
    "measure": [*PIPE, "exec"],
    "mask": [*PIPE, "exec", "measure"],
    "label": [*PIPE, "exec", "measure", "mask"],
    "rect": [*PIPE, "exec", "measure", "mask", "label"],
    "feature": [*PIPE, "filter", "geometry", "exec", "measure", "mask", "label"],
    "tensor": [*PIPE, "geometry", "exec"],
    "io": ["core", "image"],
    "mpi": [*PIPE, "geometry", "exec", "measure", "mask", "label", "rect", "io"],
    "runtime": [*PIPE, "filter", "geometry", "exec", "measure", "observe"],
}
# Where {} is the path of a header without its suffix.
COMPANIONS = {
    **dict.fromkeys(("draw", "measure", "feature", "mask", "label", "rect", "tensor", "runtime", "mpi"), ("tests/{}.cpp",)),
    **dict.fromkeys(("filter", "geometry"), ("tests/{}.cpp", "examples/docs/{}.cpp", "bench/micro/{}.cpp")),
}
TESTED_TOGETHER = ("exec", "observe")
BESIDE_FOLDERS = ("config.hpp", "version.hpp", "catalogue.hpp")
# What compiled code shares with headers is not in the namespace of an instruction set, in which detail is.
PLAIN_DATA = "runtime/detail/abi.hpp"
MOST_LINES, MEDIAN_LINES, MOST_COLUMNS, MOST_PUBLIC = 400, 150, 120, 20
SOURCES = {".hpp": "//", ".cpp": "//", ".cmake": "#", ".py": "#", ".sh": "#", ".in": "#"}


def includes(text):
    return re.findall(r"^\s*#\s*include <quoin/([^>]+)>", text, re.MULTILINE)


def folder_of(header):
    return header.split("/")[0] if "/" in header else ""


def check_includes(headers):
    for header, text in headers.items():
        folder = folder_of(header)
        if folder == "":
            continue
        if folder not in BELOW:
            yield f"include/quoin/{folder}: no such folder in the plan of tests/layout/check.py"
            continue
        for included in includes(text):
            other = folder_of(included)
            if included not in BESIDE_FOLDERS and other not in (folder, *BELOW[folder]):
                yield f"include/quoin/{header}: {folder}/ must not include <quoin/{included}>"
            if included not in headers:
                yield f"include/quoin/{header}: there is no <quoin/{included}>"


def check_umbrellas(root, headers):
    for name, text in umbrellas(root).items():
        if headers.get(name) != text:
            yield f"include/quoin/{name}: not what cmake/umbrellas.py writes; run it"


def check_companions(root, headers):
    tested = collections.defaultdict(set)
    for folder in TESTED_TOGETHER:
        for test in [*root.glob(f"tests/{folder}/**/*.cpp"), *root.glob("tests/kokkos/*.cpp")]:
            tested[folder].update(includes(test.read_text()))
    for header in headers:
        folder, name = folder_of(header), header.removesuffix(".hpp")
        if INTERNAL.search(header):
            continue
        for companion in COMPANIONS.get(folder, ()):
            if not (root / companion.format(name)).exists():
                yield f"include/quoin/{header}: there is no {companion.format(name)}"
        if folder in TESTED_TOGETHER and header not in tested[folder]:
            yield f"include/quoin/{header}: there is no tests/{name}.cpp, and no test in tests/{folder} includes it"


def outside_detail(text):
    """What a header declares outside of namespace detail, without the macros of quoin."""
    text = re.sub(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^\s*#(?:[^\n]*\\\n)*[^\n]*',
        " ", text, flags=re.DOTALL | re.MULTILINE,
    )
    while begin := re.search(r"\bnamespace detail(::\w+)*\s*\{", text):
        depth, end = 1, begin.end()
        while depth > 0 and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        text = text[: begin.start()] + text[end:]
    return " ".join(re.sub(r"\bQUOIN_[A-Z_]+\b", "", text).split())


def check_names(headers):
    public = collections.Counter()
    for header, text in headers.items():
        if INTERNAL.search(header):
            if header != PLAIN_DATA and (declared := outside_detail(text)):
                yield f"include/quoin/{header}: outside of namespace detail: {declared[:60]}"
            continue
        public[header.rpartition("/")[0]] += 1
        for name in re.findall(r"^(?:export )?using (?:quoin::)?detail::\w+;", text, re.MULTILINE):
            yield f"include/quoin/{header}: hands out a name of detail: {name}"
    for folder, count in public.items():
        if count > MOST_PUBLIC:
            yield f"include/quoin/{folder}: {count} public headers, more than {MOST_PUBLIC}"


def check_lengths(headers):
    lengths = {header: text.count("\n") for header, text in headers.items()}
    for header, length in lengths.items():
        if length > MOST_LINES:
            yield f"include/quoin/{header}: {length} lines, more than {MOST_LINES}"
    median = statistics.median(lengths.values())
    if median > MEDIAN_LINES:
        yield f"include/quoin: half of the headers have {median} lines or more, not {MEDIAN_LINES}"


def mirrors_header(root, name):
    """tests/<folder>/<name>.cpp is for include/quoin/<folder>/<name>.hpp, which needs no saying."""
    return name.parts[0] == "tests" and (root / "include/quoin" / name.relative_to("tests")).with_suffix(".hpp").exists()


def check_heads(root):
    for folder in ("include", "tests", "examples", "bench", "cmake", "docs"):
        for path in sorted(root.glob(f"{folder}/**/*")):
            name = path.relative_to(root)
            suffix = path.with_suffix("").suffix if path.name.endswith(".cpp.in") else path.suffix
            comment = "#" if path.name == "CMakeLists.txt" else SOURCES.get(suffix)
            if comment is None or name.is_relative_to("tests/layout/wrong"):
                continue
            lines = path.read_text().split("\n")
            if lines[0].startswith("#!"):
                lines = lines[1:]
            if lines[0] != f"{comment} SPDX-License-Identifier: BSL-1.0":
                yield f"{name}: does not start with '{comment} SPDX-License-Identifier: BSL-1.0'"
            elif not re.match(rf'({comment} |"""|@)\S', lines[1]) and not mirrors_header(root, name):
                yield f"{name}: the line behind the license does not say what the file is for"
            if path.suffix == ".hpp" and "#pragma once\n" not in path.read_text() and "stb_undef" not in path.name:
                yield f"{name}: no #pragma once"
            if comment == "//":
                for number, line in enumerate(lines, 1):
                    if len(line) > MOST_COLUMNS:
                        yield f"{name}:{number}: {len(line)} columns, more than {MOST_COLUMNS}"


def check_glossary(root):
    words = re.findall(r"^\| (?!Word \|)([^|-][^|]*?) \|", (root / "docs/glossary.md").read_text(), re.MULTILINE)
    for before, word in itertools.pairwise(words):
        if word.lower() <= before.lower():
            yield f"docs/glossary.md: '{word}' stands behind '{before}'"
    if not words:
        yield "docs/glossary.md: no words"


def check_licenses(root):
    """Of all files but what git ignores; check_heads is stricter about sources."""
    ignored = ("build", ".git", ".cache", "dist")
    for top in sorted(path for path in root.iterdir() if path.name not in ignored):
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                if said := complaint(path.relative_to(root).as_posix(), path.read_bytes()):
                    yield said


def main(root):
    base = root / "include/quoin"
    headers = {path.relative_to(base).as_posix(): path.read_text() for path in sorted(base.glob("**/*.hpp"))}
    violations = [
        *check_includes(headers),
        *check_umbrellas(root, headers),
        *check_companions(root, headers),
        *check_names(headers),
        *check_lengths(headers),
        *check_heads(root),
        *check_glossary(root),
        *check_licenses(root),
    ]
    print(*violations, sep="\n")
    print(f"{len(headers)} headers, {len(violations)} violations")
    return 1 if violations or not headers else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
