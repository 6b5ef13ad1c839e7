#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the manual page of a program from its --help: man_page.py PROGRAM DATE FILE.1.gz [VERSION]

DATE, as 2026-11-30, is that of the page. The text of --help begins with a sentence, has the sections Usage, Positionals and
Options, whose lines are a name and a text, and ends with paragraphs and examples. A program of Python with commands, whose
parser is argparse's, has the given VERSION.
"""
import gzip
import os
import pathlib
import re
import subprocess
import sys


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def entries(block, gap=3):
    """The lines of a section as pairs of a name and a text, `gap` spaces or more behind it or on the next line."""
    found = []
    for line in block:
        if match := re.match(rf"  (\S.*?)(?: {{{gap},}}(\S.*))?$", line):
            found.append([match[1], match[2] or ""])
        elif found and line.strip():
            found[-1][1] += " " + line.strip()
    return found


def head(name, version, date, summary):
    return [
        f'.TH {escaped(name.upper())} 1 "{escaped(date)}" "{escaped(version)}" "User Commands"',
        ".SH NAME",
        f"{escaped(name)} \\- {escaped(summary[0].lower() + summary[1:].rstrip('.'))}",
    ]


def text_lines(text):
    lines = []
    for paragraph in re.split(r"\n{2,}", text):
        if re.search(r"^\s", paragraph, re.MULTILINE):
            lines += [".PP", ".nf", escaped(paragraph), ".fi"]
        else:
            lines += [".PP", escaped(paragraph)]
    return lines


def page_of_commands(name, version, date, said):
    """Of a program of Python: said(argument...) is what it says. The last paragraph of its --help is no section."""
    usage, summary, *_, behind = said("--help").strip("\n").split("\n\n")
    commands = re.search(r"\{([\w,]+)\}", usage)[1].split(",")
    helps = {command: said(command, "--help").strip("\n").split("\n\n") for command in commands}
    lines = [*head(name, version, date, summary), ".SH SYNOPSIS"]
    lines += [escaped(usage.removeprefix("usage: ")) + "\n.br" for usage, *_ in helps.values()] + [".SH COMMANDS"]
    for command, (_, what, *sections) in helps.items():
        lines += [f".SS {escaped(command)}", escaped(what)]
        for section in sections:
            for option, meaning in entries(section.split("\n")[1:], 2):
                lines += [".TP", f".B {escaped(option)}", escaped(meaning.strip())]
    return "\n".join([*lines, ".SH DESCRIPTION", *text_lines(behind)]) + "\n"


def page(name, version, date, text):
    summary, _, rest = text.strip("\n").partition("\n")
    lines = head(name, version, date, summary)
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
        lines += [".SH DESCRIPTION", *text_lines(text_behind)]
    return "\n".join(lines) + "\n"


def main(program, date, file, version=None):
    def said(*arguments):
        wide = {**os.environ, "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"}  # argparse breaks no line
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=True, env=wide).stdout

    name = pathlib.Path(program).name
    if version:
        text = page_of_commands(name, f"{name} {version}", date, said)
    else:
        text = page(name, said("--version").strip(), date, said("--help"))
    pathlib.Path(file).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
