#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles the C++ of the Markdown files: code.py BUILD_DIR [FILE.md...]

Options of the compiler are those of BUILD_DIR/compile_commands.json. A ```cpp block is
    a part of a program     if its page has <!-- program: PATH -->: the program, which is a test, has it line by line
    a file                  behind <!-- file: PATH -->: compiled as that file would be, and found by what includes it
    a program               if it has a main of its own: compiled as it is
    a part                  otherwise: statements, or, where it defines a function, a class or a template, declarations
A comment <!-- names ... --> in front of a block declares what a part needs, <!-- names of the page ... --> for all parts of a
page. In tables, the first code in a column that is headed quoin is an expression, and a part, too. All parts are compiled at
once, with all headers of quoin. Messages name the page and the line. Programs that need a
library that BUILD_DIR lacks are named and left out.
"""
import json
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs/site"))
sys.dont_write_bytecode = True

from library import markdown_files  # noqa: E402

TOKEN = re.compile(
    r"<!-- program: (?P<program>\S+) -->"
    r"|<!-- file: (?P<file>\S+) -->"
    r"|<!-- names of the page\n(?P<page>.*?)-->"
    r"|<!-- names\n(?P<names>.*?)-->"
    r"|^(?P<indent> *)```cpp\n(?P<code>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
DEFINES = re.compile(
    r"^(template\b|(struct|class|enum class|namespace)\b[^;]*\{|static_assert\("
    r"|(?!(?:if|for|while|switch|return|else|try|do)\b)[\w:<>,&* ]+[\s&*][\w:]+\([^\n;=]*\)( const)? \{$)", re.MULTILINE
)  # fmt: skip
HEADERS = """
#include <quoin/catalogue.hpp>
#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/io.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/observe/watched.hpp>
#include <quoin/quoin.hpp>
#include <quoin/runtime/any_pipeline.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>
"""


class Block:
    def __init__(self, page, line, code, names):
        self.page, self.line, self.code, self.names = page, line, code, names

    def numbered(self):
        return f'#line {self.line} "{self.page}"\n{self.code}'


class Pages:
    """The blocks of pages, by what they are."""

    def __init__(self):
        self.parts, self.programs, self.files, self.wrong, self.count = [], [], [], [], 0

    def read(self, path):
        text = path.read_text()
        page = path.relative_to(ROOT).as_posix()
        program = of_page = file = ""
        names = None
        for m in TOKEN.finditer(text):
            if m["program"]:
                program = m["program"]
            elif m["file"]:
                file = m["file"]
            elif m["page"] is not None:
                of_page = m["page"]
            elif m["names"] is not None:
                names = m["names"]
            else:
                code = "".join(line.removeprefix(m["indent"]) for line in m["code"].splitlines(keepends=True))
                line = text.count("\n", 0, m.start()) + 2
                self.add(Block(page, line, code, of_page + (names or "")), "" if names is not None else program, file)
                names, file = None, ""
        self.read_tables(text, page, of_page)

    def read_tables(self, text, page, of_page):
        """The lines of tables below a head that has a column `quoin`: the first code in that column is an expression."""
        column = None
        for number, line in enumerate(text.split("\n"), 1):
            cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)] if line.startswith("|") else None
            if cells is None:
                column = None
            elif "quoin" in cells:
                column = cells.index("quoin")
            elif column and (m := re.match(r"`([^`]+)`", cells[column])):
                code = m[1].replace("\\|", "|")
                self.count += 1
                self.parts.append(Block(page, number, f"(void)({code});\n", of_page))

    def add(self, block, program, file):
        self.count += 1
        if file:
            self.files.append((file, block))
        elif re.search(r"^(auto|int) main\(", block.code, re.MULTILINE):
            self.programs.append(block)
        elif program:
            flat = [line.strip() for line in (ROOT / program).read_text().splitlines() if line.strip()]
            wanted = [line.strip() for line in block.code.splitlines() if line.strip()]
            if not any(flat[i : i + len(wanted)] == wanted for i in range(len(flat))):
                self.wrong.append(f"{block.page}:{block.line}: {program} does not have this block")
        else:
            self.parts.append(block)

    def all_parts(self):
        """One file of all parts."""
        out = [HEADERS]
        for number, b in enumerate(self.parts):
            includes = re.findall(r"^\s*#include .*\n", b.names + b.code, re.MULTILINE)
            without = lambda text: re.sub(r"^\s*#include .*$", "", text, flags=re.MULTILINE)
            out += includes
            body = f'#line {b.line} "{b.page}"\n{without(b.code)}'
            # What quoin is told of a type stands outside of the block's namespace.
            body = re.sub(r"(template <class T>\n)struct quoin::pixel_traits<(\w+)<T>> : quoin::pixel_layout<\w+, T, (\d)> \{\};",
                          rf"}} \1struct quoin::pixel_traits<block_{number}::\2<T>> : quoin::pixel_layout<block_{number}::\2, T, \3> {{}}; "
                          rf"namespace block_{number} {{", body)  # fmt: skip
            if not DEFINES.search(b.code):
                body = f"void block() {{\n{body}}}\n"
            out.append(f"namespace block_{number} {{\n#line 1 \"names of {b.page}:{b.line}\"\n{without(b.names)}\n{body}}}\n")
        return "".join(out)


class Compiler:
    """Compiles without making anything, with the options of a file of the build."""

    def __init__(self, build, overlay):
        self.commands = json.loads((build / "compile_commands.json").read_text())
        self.overlay = overlay

    def options_like(self, source):
        for command in self.commands:
            if pathlib.Path(command["file"]) == ROOT / source:
                words = shlex.split(command["command"])
                while "measured" in words[0] or words[0].endswith("ccache"):
                    words.pop(0)
                out, skip = [], False
                for word, following in zip(words, [*words[1:], ""]):
                    if skip:
                        skip = False
                    elif word in ("-o", "-c") or (word == "-include" and "pch" in following):
                        skip = True
                    elif word not in ("-Winvalid-pch",) and not word.endswith(".cpp"):
                        out.append(word)
                return [out[0], f"-I{self.overlay}/include", f"-I{self.overlay}", *out[1:], "-w", "-fsyntax-only"]
        return None

    def compile(self, name, text, like):
        options = self.options_like(like)
        if options is None:
            return None
        path = self.overlay / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return subprocess.run([*options, str(path)], cwd=ROOT, capture_output=True, text=True)


def spent():
    """The processor's seconds of the compilers so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def like(path):
    """A file of the repository that is compiled as this one would be."""
    for prefix, known in (("tests/", "tests/filter/edge/sobel.cpp"), ("bench/", "bench/micro/filter/edge/sobel.cpp")):
        if path.startswith(prefix):
            return known
    return "examples/docs/runtime/any_pipeline.cpp"


def main(arguments):
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    build = pathlib.Path(arguments[0]).resolve()
    if not (build / "compile_commands.json").exists():
        print("SKIPPED: there is no compile_commands.json")
        return 77
    named = [pathlib.Path(a).resolve() for a in arguments[1:]]
    pages = Pages()
    for path in named or markdown_files():
        pages.read(path)
    with tempfile.TemporaryDirectory() as folder:
        compiler = Compiler(build, pathlib.Path(folder))
        for file, block in pages.files:
            if file.endswith(".hpp"):
                path = compiler.overlay / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.numbered())
        jobs = [(f"{b.page} line {b.line}", f"program_{i}.cpp", b.numbered(),
                 "tests/kokkos/kokkos.cpp" if "kokkos" in b.code else "examples/docs/runtime/any_pipeline.cpp")
                for i, b in enumerate(pages.programs)]  # fmt: skip
        jobs += [(f"{b.page} line {b.line}", f.removesuffix(".hpp") + ".cpp", b.numbered().replace("#pragma once", ""), like(f))
                 for f, b in pages.files]  # fmt: skip
        if pages.parts:
            jobs.append((f"{len(pages.parts)} parts", "parts.cpp", pages.all_parts(), "examples/docs/runtime/any_pipeline.cpp"))
        for what, name, text, known in jobs:
            begin = spent()
            done = compiler.compile(name, text, known)
            if done is None:
                print(f"left out: {what}, since {known} is not built here")
                continue
            print(f"{spent() - begin:5.1f} s  {what}")
            if done.returncode != 0:
                pages.wrong.append(f"{what} does not compile:\n{done.stderr[:6000]}")
    print(*pages.wrong, f"{pages.count} blocks, {spent():.0f} s, {len(pages.wrong)} wrong", sep="\n")
    return 1 if pages.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
