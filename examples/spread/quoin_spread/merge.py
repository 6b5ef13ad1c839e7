# SPDX-License-Identifier: BSL-1.0
"""The journals of all workers as one: each file once."""
from __future__ import annotations

import dataclasses
import os
import pathlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .records import File, Manifest, Row, read_journal, text_of, write_whole

if TYPE_CHECKING:
    from .plan import Plan


@dataclasses.dataclass(slots=True)
class Merged:
    """Each input of the manifest is in one of the four, by name."""

    done: dict[str, Row]
    failed: dict[str, Row]
    again: dict[str, Row]  # a worker could not do it, another or a later one may
    missing: dict[str, File]
    repeated: int = 0  # rows of files that were done once more

    @property
    def complete(self) -> bool:
        return not self.again and not self.missing


def merge_rows(manifest: Manifest, rows: Iterable[Row], in_place: Callable[[Row], bool]) -> Merged:
    """A row counts if it is of the file as planned; one that says "done" also needs its outputs in place."""
    files = {file.name: file for file in manifest.files}
    merged = Merged({}, {}, {}, dict(files))
    for row in rows:
        file = files.get(row.name)
        if file is None or (row.bytes, row.modified) != (file.bytes, file.modified):
            continue
        if row.name in merged.done:
            merged.repeated += row.kind == "done"
            continue
        if row.kind == "done":
            names = [file.stem + suffix for suffix in manifest.suffixes]
            if [name for name, _ in row.outputs] != names or not in_place(row):
                continue
            merged.failed.pop(row.name, None)
            merged.again.pop(row.name, None)
            merged.done[row.name] = row
        elif row.kind == "failed":
            merged.again.pop(row.name, None)
            merged.failed[row.name] = row
        elif row.name not in merged.failed:
            merged.again[row.name] = row
        merged.missing.pop(row.name, None)
    return merged


def merged(plan: Plan, manifest: Manifest) -> Merged:
    output = pathlib.Path(plan.output)

    def in_place(row: Row) -> bool:
        try:
            return all(os.stat(output / name).st_size == size for name, size in row.outputs)
        except OSError:
            return False

    journals = (row for journal in plan.journals for row in read_journal(journal, manifest.options))
    return merge_rows(manifest, journals, in_place)


def clear_staging(plan: Plan) -> None:
    """Removes what killed workers were writing. For one who is alone in the folder."""
    for left in (plan.state / "workers").glob("*.staging/*"):
        left.unlink(missing_ok=True)


def write_journal(plan: Plan, manifest: Manifest, result: Merged) -> pathlib.Path:
    """The journal that quoin-batch would have written, so that its --resume goes on from here."""
    path = plan.state / (manifest.options.split(" ")[0] + ".journal")
    text = [text_of(["quoin-batch 1", manifest.options])]
    for name in sorted(result.done, key=os.fsencode):
        row = result.done[name]
        text.append(text_of(["done", name, row.bytes, row.modified, *(part for pair in row.outputs for part in pair)]))
    write_whole(path, "".join(text))
    return path


def write_report(path: pathlib.Path, manifest: Manifest, result: Merged) -> None:
    """A table of every file, as CSV."""
    import csv
    import io

    table = io.StringIO()
    out = csv.writer(table, lineterminator="\n")
    out.writerow(["file", "status", "bytes", "ms", "message"])
    for file in manifest.files:
        status, row = "missing", None
        for status, rows in (("done", result.done), ("failed", result.failed), ("again", result.again)):
            row = rows.get(file.name)
            if row:
                break
        if row:
            out.writerow([file.name, status, file.bytes, row.ms, row.message])
        else:
            out.writerow([file.name, "missing", file.bytes, "", ""])
    for status, name, reason in manifest.others:
        out.writerow([name, status, "", "", reason])
    write_whole(path, table.getvalue())
