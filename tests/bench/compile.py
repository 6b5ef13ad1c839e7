#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles sources of bench/, as a build would, without a result: the programs of bench/ are built on request alone.
Precompiled headers are the exception: they are the result.

    tests/bench/compile.py build/compile_commands.json SOURCE...

Most of the time of a source goes into templates that its neighbors instantiate too. So sources with the same options are
one file: their includes at its head, and each in a namespace of its own. One that has other directives, or names that
others see, is compiled alone.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

DIRECTIVE = re.compile(r"^ *# *(.*)$", re.MULTILINE)
SHARED = re.compile(r"^(namespace \w|int main\b)", re.MULTILINE)


def command_of(source, commands):
    """(folder, words) that compile this source to nothing."""
    found = [c for c in commands if pathlib.Path(c["file"]).resolve() == source]
    if not found:
        sys.exit(f"compile_commands.json has no command for {source}; configure again, so that the build knows the benchmark")
    words = shlex.split(found[0]["command"])
    if not source.name.startswith("cmake_pch"):
        at = words.index("-o")
        words = words[:at] + words[at + 2 :] + ["-fsyntax-only"]
    return found[0]["directory"], words


def can_be_joined(text):
    return all(d.startswith("include ") for d in DIRECTIVE.findall(text)) and not SHARED.search(text)


def joined(sources):
    """One file of all: messages name the sources and their lines."""
    texts = {s: s.read_text() for s in sources}
    head = [line for text in texts.values() for line in re.findall(r"^#include .*\n", text, re.MULTILINE)]
    bodies = [f'namespace source_{i} {{\n#line 1 "{s}"\n{DIRECTIVE.sub("", text)}\n}}\n'
              for i, (s, text) in enumerate(texts.items())]  # fmt: skip
    return "".join(head + bodies)


def main(commands, sources):
    commands = json.loads(pathlib.Path(commands).read_text())
    groups = {}  # of sources, by what compiles them
    for source in (pathlib.Path(s).resolve() for s in sources):
        folder, words = command_of(source, commands)
        key = folder, *("SOURCE" if w == str(source) else w for w in words)
        alone = source.name.startswith("cmake_pch") or not can_be_joined(source.read_text())
        groups.setdefault((*key, str(source) if alone else ""), []).append(source)
    status = 0
    for (folder, *words, _), group in groups.items():
        with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
            file.write(joined(group) if len(group) > 1 else "")
            file.flush()
            name = file.name if len(group) > 1 else str(group[0])
            status |= subprocess.run([name if w == "SOURCE" else w for w in words], cwd=folder).returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
