# SPDX-License-Identifier: BSL-1.0
"""Prints the results of quoin-bench as a table: table.py RESULTS.json

Medians over the repetitions, with half the interquartile range; an asterisk stands behind policies and quotients that
rest on repetitions which other work disturbed. Exit status 1 if a job failed.
"""

import sys

import results


def quotient(row, name):
    value = getattr(row, name)
    return "-" if value is None else f"{value:.2f}" + results.quotient_mark(row, name)


def cells_of(row):
    return [
        row.job,
        row.size,
        row.label + results.mark(row),
        f"{row.ms:.3f}",
        f"{100 * row.spread:.1f}",
        f"{row.ns_per_pixel:.3f}",
        f"{row.gigabytes_per_second:.2f}",
        quotient(row, "by_memcpy"),
        quotient(row, "by_opencv"),
        "" if row.difference is None else f"{row.difference:g}",
    ]


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    measured = results.read(sys.argv[1:])
    rows = [["job", "size", "policy", "ms", "+- %", "ns/px", "GB/s", "/ memcpy", "/ OpenCV", "max diff"]]
    rows += [cells_of(row) for row in measured.rows]
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    previous = None
    for number, cells in enumerate(rows):
        if number and cells[:2] != previous:
            print()
        previous = cells[:2]
        line = [c.ljust(w) if i < 3 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths))]
        print("  ".join(line).rstrip())
    context = measured.context
    print(
        f"\n{context['num_cpus']} CPUs, {context['threads']} threads, {context['instruction_set']};",
        "GB/s: bytes read and written; / memcpy and / OpenCV: quotients of times, below 1 is faster;",
    )
    print("max diff: between the pixels or numbers of quoin and of OpenCV")
    if any(row.disturbed for row in measured.rows):
        print("*: other work had the cores during repetitions that count, so these times are upper bounds")
    for name, message in sorted(measured.failures.items()):
        print(f"failed: {name}: {message}", file=sys.stderr)
    if measured.failures or not measured.rows:
        sys.exit(1)


main()
