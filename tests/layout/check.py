#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the order of the repository: check.py ROOT

- What include/quoin/<folder> may include; the umbrella quoin.hpp reaches every header that is not HEAVY.
- A filter has a test, an example and a benchmark of its name; a header of algorithm, exec and segment a test of its
  name (the policies are tested together, by tests/exec/policy.cpp).
- Every header includes itself once, has at most 400 lines, and half of them at most 150.
- Every source starts with the licence and says what it is for (a test of a header's name is for that header).
- No line of C++ has more than 120 columns.
Prints every violation and their number; exit status 1 where there are some.
"""
import pathlib
import re
import statistics
import sys

# The folders whose headers a folder may include beside its own.
BELOW = {
    "core": [],
    "lanes": ["core"],
    "view": ["core", "lanes"],
    "image": ["core", "lanes", "view"],
    "pipe": ["core", "lanes", "view"],
    "filter": ["core", "lanes", "view", "pipe"],
    "exec": ["core", "lanes", "view", "pipe"],
    "algorithm": ["core", "lanes", "view", "image", "pipe", "exec"],
    "segment": ["core", "lanes", "view", "image", "pipe", "exec", "algorithm"],
    "io": ["core", "view", "image"],
}
# Headers that the umbrella leaves out: they need another library, or standard headers that few programs want to compile.
HEAVY = re.compile(
    r"^io/|^lanes/(?!arithmetic|sums|scalar_lanes)"
    r"|^exec/(any_policy|simd|parallel|parallel_simd|kokkos\w*|trace|watched)\.hpp$"
)
MOST_LINES, MEDIAN_LINES, MOST_COLUMNS = 400, 150, 120
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
            if other not in ("", folder, *BELOW[folder]):
                yield f"include/quoin/{header}: {folder}/ must not include <quoin/{included}>"
            if included not in headers:
                yield f"include/quoin/{header}: there is no <quoin/{included}>"


def check_umbrella(headers):
    seen, todo = set(), ["quoin.hpp"]
    while todo:
        header = todo.pop()
        if header not in seen:
            seen.add(header)
            todo += [h for h in includes(headers.get(header, "")) if h in headers]
    for header in headers:
        if header not in seen and "/detail/" not in header and not HEAVY.search(header):
            yield f"include/quoin/quoin.hpp: does not reach <quoin/{header}>"


def check_companions(root, headers):
    tests = {path.stem for path in root.glob("tests/*/*.cpp")}
    together = "".join(path.read_text() for path in root.glob("tests/exec/policy.cpp"))
    tests |= {pathlib.PurePath(header).stem for header in includes(together) if folder_of(header) == "exec"}
    for header in headers:
        folder, name = folder_of(header), pathlib.PurePath(header).stem
        if "/detail/" in header:
            continue
        if folder == "filter":
            for path in (f"tests/filter/{name}.cpp", f"examples/docs/{name}.cpp", f"bench/filter/{name}.cpp"):
                if not (root / path).exists():
                    yield f"include/quoin/{header}: there is no {path}"
        elif folder in ("algorithm", "exec", "segment") and name not in tests:
            yield f"include/quoin/{header}: there is no tests/{folder}/{name}.cpp"


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
    for folder in ("include", "tests", "examples", "bench", "fuzz", "cmake"):
        for path in sorted(root.glob(f"{folder}/**/*")):
            name = path.relative_to(root)
            comment = "#" if path.name == "CMakeLists.txt" else SOURCES.get(path.suffix)
            if comment is None or name.is_relative_to("tests/layout/wrong"):
                continue
            lines = path.read_text().split("\n")
            if lines[0].startswith("#!"):
                lines = lines[1:]
            if lines[0] != f"{comment} SPDX-License-Identifier: BSL-1.0":
                yield f"{name}: does not start with '{comment} SPDX-License-Identifier: BSL-1.0'"
            elif not re.match(rf'({comment} |"""|@)\S', lines[1]) and not mirrors_header(root, name):
                yield f"{name}: the line behind the licence does not say what the file is for"
            if path.suffix == ".hpp" and "#pragma once\n" not in path.read_text() and "stb_undef" not in path.name:
                yield f"{name}: no #pragma once"
            if comment == "//":
                for number, line in enumerate(lines, 1):
                    if len(line) > MOST_COLUMNS:
                        yield f"{name}:{number}: {len(line)} columns, more than {MOST_COLUMNS}"


def main(root):
    base = root / "include/quoin"
    headers = {path.relative_to(base).as_posix(): path.read_text() for path in sorted(base.glob("**/*.hpp"))}
    violations = [
        *check_includes(headers),
        *check_umbrella(headers),
        *check_companions(root, headers),
        *check_lengths(headers),
        *check_heads(root),
    ]
    print(*violations, sep="\n")
    print(f"{len(headers)} headers, {len(violations)} violations")
    return 1 if violations or not headers else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
