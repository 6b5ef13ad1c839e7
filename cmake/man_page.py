#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the manual page of an executable from its --help: man_page.py PROGRAM DATE FILE.1.gz

DATE, as 2026-11-30, is that of the page. The text of --help begins with a sentence, has the sections Usage, Positionals and
Options, whose lines are a name and a text, and ends with paragraphs and examples.
"""
import gzip
import pathlib
import re
import subprocess
import sys


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def entries(block):
    """The lines of a section as pairs of a name and a text, which may stand on the next line."""
    found = []
    for line in block:
        if match := re.match(r"  (\S.*?)(?:   +(\S.*))?$", line):
            found.append([match[1], match[2] or ""])
        elif found and line.strip():
            found[-1][1] += " " + line.strip()
    return found


def page(name, version, date, text):
    summary, _, rest = text.strip("\n").partition("\n")
    lines = [
        f'.TH {escaped(name.upper())} 1 "{escaped(date)}" "{escaped(version)}" "User Commands"',
        ".SH NAME",
        f"{escaped(name)} \\- {escaped(summary[0].lower() + summary[1:].rstrip('.'))}",
    ]
    section, block, paragraphs = None, [], []

    def close():
        if section and block:
            lines.append(f".SH {'OPERANDS' if section == 'Positionals' else 'OPTIONS'}")
            for option, what in entries(block):
                lines.extend([".TP", f".B {escaped(option)}", escaped(what.strip())])

    for line in rest.split("\n"):
        if usage := re.match(r"Usage: (.*)", line):
            lines += [".SH SYNOPSIS", escaped(usage[1])]
        elif re.match(r"(Positionals|Options):$", line):
            close()
            section, block = line.rstrip(":"), []
        elif section and (line.startswith("  ") or not line.strip()) and not paragraphs:
            block.append(line)
        elif line.strip() or paragraphs:
            paragraphs.append(line)
    close()
    if text_behind := "\n".join(paragraphs).strip("\n"):
        lines.append(".SH DESCRIPTION")
        for paragraph in re.split(r"\n{2,}", text_behind):
            if re.search(r"^\s", paragraph, re.MULTILINE):
                lines += [".PP", ".nf", escaped(paragraph), ".fi"]
            else:
                lines += [".PP", escaped(paragraph)]
    return "\n".join(lines) + "\n"


def main(program, date, file):
    def said(option):
        return subprocess.run([program, option], capture_output=True, text=True, check=True).stdout

    text = page(pathlib.Path(program).name, said("--version").strip(), date, said("--help"))
    pathlib.Path(file).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
