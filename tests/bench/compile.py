#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles a source of bench/, as a build would, without a result: the programs of bench/ are built on request alone.
The headers that they share are precompiled, and are the result.

    tests/bench/compile.py build/compile_commands.json SOURCE
"""
import json
import pathlib
import shlex
import subprocess
import sys

commands, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
found = [c for c in json.loads(commands.read_text()) if pathlib.Path(c["file"]).resolve() == source]
if not found:
    sys.exit(f"{commands} has no command for {source}; configure again, so that the build knows the benchmark")
words = shlex.split(found[0]["command"])
if not source.name.startswith("cmake_pch"):
    at = words.index("-o")
    words = words[:at] + words[at + 2 :] + ["-fsyntax-only"]
sys.exit(subprocess.run(words, cwd=found[0]["directory"]).returncode)
