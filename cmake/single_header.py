#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes quoin as one file: single_header.py [--root ROOT] [FILE]

The file, quoin.hpp in the current folder where none is named ("-": standard output), has all that <quoin/quoin.hpp>
includes, so all that needs nothing but the standard library. Each header stands once, behind those that it includes,
between two lines with its name; its comments stay. One that a macro of config.hpp chooses (#include QUOIN_..._BACKEND)
stands under the condition under which config.hpp chooses it. The same sources give the same bytes.

A program has either the file or the folder of headers: both declare the same names.
"""
import argparse
import pathlib
import re
import sys

START = "quoin/quoin.hpp"
SPDX = "// SPDX-License-Identifier: BSL-1.0\n"
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]+(<[^>]+>|\w+).*$")
CHOICE = re.compile(r"^#define (\w+_BACKEND) <([^>]+)>$")


class Amalgam:
    """The text of headers, each behind those that it includes."""

    def __init__(self, folder):
        self._folder = folder
        self._seen = set()
        self._standard = set()
        self._parts = []
        self._choices = choices((folder / "quoin/config.hpp").read_text())

    def add(self, header):
        """Appends a header and, in front of it, those of quoin that it includes and that are not there yet."""
        if header not in self._seen:
            self._seen.add(header)
            self._parts.append(self._body(header))

    def _body(self, header):
        """The lines of a header that is about to be appended, without the license and what stands in front."""
        text = (self._folder / header).read_text()
        if not text.startswith(SPDX) or "\n#pragma once\n" not in text:
            raise SystemExit(f"single_header: {header} lacks the line of the license or #pragma once")
        lines, depth = [], 0
        for line in text.removeprefix(SPDX).replace("#pragma once\n", "", 1).splitlines():
            depth += bool(re.match(r"\s*#\s*if", line)) - bool(re.match(r"\s*#\s*endif", line))
            found = INCLUDE.match(line)
            if not found:
                lines.append(line)
            elif not found[1].startswith("<"):
                lines += self._chosen(header, found[1])
            elif not found[1].startswith("<quoin/"):
                if depth:
                    lines.append(line)  # it is not for every system
                else:
                    self._standard.add(found[1])
            elif depth:
                raise SystemExit(f"single_header: {header} has {found[1]} under a condition, which a macro must choose")
            else:
                self.add(found[1][1:-1])
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        return f"// ---- {header}\n\n{body}\n\n// ---- end of {header}\n" if body else ""

    def _chosen(self, header, macro):
        """The headers of which a macro names one, each under its condition; what they include is under none."""
        if macro not in self._choices:
            raise SystemExit(f"single_header: {header} includes {macro}, which config.hpp does not define")
        lines = []
        for directive, name in self._choices[macro]:
            self._seen.add(name)
            lines += [directive, self._body(name)]
        return [*lines, "#endif"]

    def text(self, version, license_text):
        head = [
            SPDX.rstrip("\n"),
            f"// quoin {version}: image processing in C++20, all of it that needs nothing but the standard library. Written by",
            "// cmake/single_header.py from the headers of quoin; change those.",
            "//",
            *(f"// {line}".rstrip() for line in license_text.strip("\n").split("\n")),
            "#pragma once",
            "",
            "#ifdef QUOIN_VERSION_MAJOR",
            '#error "quoin: the single header and the headers of the folder quoin/ declare the same names; include either"',
            "#endif",
            "",
            *(f"#include {name}" for name in sorted(self._standard)),
            "",
        ]
        return "\n".join(head) + "\n" + "\n".join(part for part in self._parts if part)


def choices(config):
    """For each macro that names a header: the directives of its conditions, and the header under each."""
    result, directive = {}, ""
    for line in config.split("\n"):
        if re.match(r"#(if|elif|else)", line):
            directive = line
        elif found := CHOICE.match(line):
            result.setdefault(found[1], []).append((directive, found[2]))
    return result


def version_of(root):
    """The version that version.hpp says."""
    config = dict(re.findall(r"#define QUOIN_VERSION_(\w+) (\d+)", (root / "include/quoin/version.hpp").read_text()))
    return ".".join(config[part] for part in ("MAJOR", "MINOR", "PATCH"))


def single_header(root):
    """The text for the sources in a folder."""
    amalgam = Amalgam(root / "include")
    amalgam.add(START)
    return amalgam.text(version_of(root), (root / "LICENSE").read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    parser.add_argument("file", nargs="?", default="quoin.hpp")
    arguments = parser.parse_args()
    text = single_header(arguments.root)
    if arguments.file == "-":
        sys.stdout.write(text)
    else:
        pathlib.Path(arguments.file).write_text(text)


if __name__ == "__main__":
    main()
