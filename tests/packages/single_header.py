# SPDX-License-Identifier: BSL-1.0
"""The single header of cmake/single_header.py: single_header.py CXX [--x86-64]

It is the same text twice, compiles without the tree, gives a program the bytes that the tree gives it, compiles for the
instruction set whose headers stand under conditions, and refuses to stand beside the tree.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GENERATOR = ROOT / "cmake/single_header.py"


def generate(file, folder, *options, seed="1"):
    return subprocess.run(
        [sys.executable, GENERATOR, *options, file],
        cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False,
    )


def compiled(cxx, *arguments):
    return subprocess.run(
        [cxx, "-std=c++20", "-ffp-contract=off", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def output_of(cxx, folder, name, *options):
    program = pathlib.Path(folder) / name
    built = compiled(cxx, "-O0", "-Wall", "-Wextra", "-Werror", *options, HERE / "bytes.cpp", "-o", program)
    assert built.returncode == 0, built.stderr[:3000]
    return subprocess.run([program], capture_output=True, check=True).stdout


def small_tree(folder, header):
    """A quoin of two headers, one of which is given."""
    base = pathlib.Path(folder) / "include/quoin"
    base.mkdir(parents=True)
    start = "// SPDX-License-Identifier: BSL-1.0\n#pragma once\n"
    for name in ("version.hpp", "config.hpp"):
        (base / name).write_text((ROOT / "include/quoin" / name).read_text())
    (base / "other.hpp").write_text(start + "int other();\n")
    (base / "quoin.hpp").write_text(start + header)
    (pathlib.Path(folder) / "LICENSE").write_text("a license\n")


def check_refusals():
    for header, sentence in (
        ("#if 1\n#include <quoin/other.hpp>\n#endif\n", "quoin/quoin.hpp has <quoin/other.hpp> under a condition"),
        ("#include QUOIN_NO_BACKEND\n", "includes QUOIN_NO_BACKEND, which config.hpp does not define"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            small_tree(folder, header)
            refused = generate("out.hpp", folder, "--root", folder)
            assert refused.returncode != 0 and sentence in refused.stderr, refused.stderr


def main(cxx, x86_64):
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        for folder, seed in ((first, "1"), (second, "2")):
            done = generate("quoin.hpp", folder, seed=seed)
            assert done.returncode == 0, done.stderr
        header = pathlib.Path(first) / "quoin.hpp"
        text = header.read_text()
        assert header.read_bytes() == (pathlib.Path(second) / "quoin.hpp").read_bytes(), "two runs differ"
        assert text.startswith("// SPDX-License-Identifier: BSL-1.0\n"), text[:80]
        assert text.count("SPDX-License-Identifier") == 1 and "Boost Software License" in text
        version = [re.search(rf"#define QUOIN_VERSION_{part} (\d+)", text)[1] for part in ("MAJOR", "MINOR", "PATCH")]
        assert f"// quoin {'.'.join(version)}: " in text
        assert not re.search(r"^\s*#\s*include\s+(<quoin/|\w)", text, re.MULTILINE), "it includes the tree"

        alone = output_of(cxx, first, "alone", "-DQUOIN_ONE_FILE=1", "-I", first)
        tree = output_of(cxx, first, "tree", "-I", ROOT / "include")
        assert alone == tree, "the single header and the tree give different bytes"
        assert len(alone) > 10000, len(alone)

        (pathlib.Path(first) / "both.cpp").write_text('#include <quoin/version.hpp>\n#include "quoin.hpp"\n')
        both = compiled(cxx, "-E", "-I", first, "-I", ROOT / "include", pathlib.Path(first) / "both.cpp", "-o", os.devnull)
        assert both.returncode != 0 and "declare the same names; include either" in both.stderr, both.stderr[:2000]
        if x86_64:
            vectors = ["-march=x86-64-v4", "-mavx512vbmi", "-mavx512vbmi2", "-mavx512vnni"]
            built = compiled(cxx, *vectors, "-fsyntax-only", "-x", "c++", header)
            assert built.returncode == 0, built.stderr[:3000]
    check_refusals()
    print(f"{len(text.splitlines())} lines, {len(alone)} bytes of results are those of the tree")


if __name__ == "__main__":
    main(sys.argv[1], "--x86-64" in sys.argv)
