# SPDX-License-Identifier: BSL-1.0
"""The lines that quoin-batch writes: manifests and the journals of workers. Names may hold any byte but 0 and /."""
from __future__ import annotations

import dataclasses
import pathlib
from collections.abc import Iterator

MANIFEST = "quoin-manifest 1"
WORKER = "quoin-worker 1"


def escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\t", "%09").replace("\n", "%0a")


def unescaped(text: str) -> str:
    return text.replace("%0a", "\n").replace("%09", "\t").replace("%25", "%")


def lines_of(path: pathlib.Path) -> Iterator[list[str]]:
    """The fields of each line that has its end; a dying program may leave the last one half-written."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for line in file:
            if line.endswith("\n"):
                yield [unescaped(field) for field in line[:-1].split("\t")]


def text_of(fields: list[object]) -> str:
    return "\t".join(escaped(str(field)) for field in fields) + "\n"


def write_whole(path: pathlib.Path, text: str) -> None:
    """The file is there with all of the text, or as it was before."""
    aside = path.with_name(f".{path.name}.new")
    with open(aside, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        file.write(text)
    aside.replace(path)


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """An input; `stem` is the name of its outputs without what the suffixes add."""

    name: str
    bytes: int
    modified: int
    stem: str

    def line(self) -> str:
        return text_of(["file", self.name, self.bytes, self.modified, self.stem])


@dataclasses.dataclass(slots=True)
class Manifest:
    options: str
    suffixes: list[str]
    files: list[File]
    others: list[tuple[str, str, str]]  # status, name and reason of what is no input

    def head(self) -> str:
        return text_of([MANIFEST, self.options, *self.suffixes])


def read_manifest(path: pathlib.Path) -> Manifest:
    rows = lines_of(path)
    mark, options, *suffixes = next(rows, ["", ""])
    if mark != MANIFEST:
        raise ValueError(f"{path} is no manifest; plan again")
    manifest = Manifest(options, suffixes, [], [])
    for kind, name, size, modified, rest in rows:
        if kind == "file":
            manifest.files.append(File(name, int(size), int(modified), rest))
        else:
            manifest.others.append((kind, name, rest))
    return manifest


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What a worker did of a file: kind is "done", "failed" (it would fail anywhere) or "again" (another may do it)."""

    kind: str
    name: str
    bytes: int
    modified: int
    ms: float
    outputs: tuple[tuple[str, int], ...] = ()
    message: str = ""


def row_of(fields: list[str]) -> Row | None:
    """Nothing for a line that is none of a file, or is damaged."""
    try:
        kind, name, size, modified, ms, *rest = fields
        if kind == "done" and rest and len(rest) % 2 == 0:
            outputs = tuple((rest[i], int(rest[i + 1])) for i in range(0, len(rest), 2))
            return Row(kind, name, int(size), int(modified), float(ms), outputs)
        if kind in ("failed", "again") and len(rest) == 1:
            return Row(kind, name, int(size), int(modified), float(ms), message=rest[0])
    except ValueError:
        pass
    return None


def read_journal(path: pathlib.Path, options: str) -> list[Row]:
    """The rows of a worker; none where it worked under other options."""
    lines = lines_of(path)
    if next(lines, None) != [WORKER, options]:
        return []
    return [row for fields in lines if (row := row_of(fields))]
