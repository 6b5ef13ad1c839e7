# SPDX-License-Identifier: BSL-1.0
"""The tables: libraries of Python beside quoin, and everything that was measured."""

import re
import statistics

import page
from page import escape, paragraph
from plots import number
from results import mark, quotient_mark
from sections.common import KEYS, count
from summary import disturbance_words

PEER_HEADS = ["job", "library", "threads", "ms", "ns/px", "quoin, ms", "quoin is", "max diff", "differs by definition"]
HEADS = [
    "job",
    "size",
    "policy",
    "ms",
    "± %",
    "ns/px",
    "GB/s",
    "speed-up",
    "efficiency",
    "/ memcpy",
    "/ OpenCV",
    "extra MB",
    "µJ/px",
    "max diff",
]
GROUPS = {
    "Chains of different filters": r"chain-",
    "Chains of pointwise stages": r"pointwise-",
    "Chains of local stages": r"local-",
    "Segmentation": r"segment-|components|label_image|to_bits",
    "Reductions": r"histogram|otsu|sum|min_max",
    "memcpy": r"memcpy-",
    "Filters": r"",
}


def value(x, factor=1, unit=""):
    return "–" if x is None else f"{number(factor * x)}{unit}"


def peer_row(recorded, peer):
    head, tail = (peer["job"], peer["peer"], peer["threads"]), (number(peer["max_difference"]), peer["note"])
    if not peer["ms"]:
        return *head, ("failed", "bad"), "–", "–", "–", *tail
    ms = statistics.median(peer["ms"])
    ours = recorded.best(peer["job"], peer["threads"]) if recorded.size == recorded.peers["size"] else None
    star = "*" if peer["disturbed"] else ""
    own = ("–", "–")
    if ours is not None:
        own = f"{ours.label} {number(ours.ms)}{mark(ours)}", f"{number(ms / ours.ms)}{star or mark(ours)} ×"
    return *head, number(ms) + star, number(ms * 1e6 / recorded.peers["pixels"]) + star, *own, *tail


def libraries(recorded):
    if not recorded.peers:
        return ""
    rows = sorted((peer_row(recorded, peer) for peer in recorded.peers["rows"]), key=lambda row: row[0])
    names = ", ".join(
        f"{p['name']} {p['version']}" if p["version"] else f"{p['name']}: not installed"
        for p in recorded.peers["peers"]
    )
    return paragraph(
        escape(
            f"{names}. On the same images at {recorded.peers['size']}, in memory: no time here has reading or writing"
            " of files in it. Each result was held against quoin's before it was timed. * other work had the cores"
            " during repetitions that count."
        ),
        "lead",
    ) + (page.table(PEER_HEADS, rows, left=2, wide=(8,)) if rows else "")


def row_cells(recorded, r):
    policy = KEYS[r.policy][1] + r.label.removeprefix(r.policy) + mark(r)

    def quotient(name, *unit):
        x = getattr(r, name)
        return value(x, *unit) + ("" if x is None else quotient_mark(r, name))

    verdict = "" if r.by_opencv is None else "good" if r.by_opencv <= 1 else "bad"
    extra = recorded.extra_bytes(r)
    return (
        r.job,
        r.size,
        policy,
        number(r.ms),
        f"{100 * r.spread:.1f}",
        number(r.ns_per_pixel),
        number(r.gigabytes_per_second),
        quotient("speedup"),
        quotient("efficiency", 100, " %"),
        quotient("by_memcpy"),
        (quotient("by_opencv"), verdict),
        value(extra, 1e-6),
        value(r.microjoules_per_pixel),
        "" if r.difference is None else f"{r.difference:g}",
    )


def everything(recorded):
    tables = {name: [] for name in GROUPS}
    for r in recorded.measured.rows:
        group = next(name for name, pattern in GROUPS.items() if re.match(pattern, r.job))
        tables[group].append(row_cells(recorded, r))
    disturbed = disturbance_words(recorded)
    return paragraph(
        "Median of the repetitions; ± half the interquartile range; GB/s of bytes read and written; speed-up over"
        " serial; efficiency of the threads against the same policy on one; quotients of times with memcpy of as many"
        " bytes and with OpenCV, on as many threads, where less than 1 is faster; memory beyond input and output;"
        " energy a pixel; the largest difference between OpenCV's result and quoin's."
        + (f" {escape(disturbed)}" if disturbed else ""),
        "lead",
    ) + "".join(
        page.details(f"{name}: {count(len(rows), 'row')}", page.table(HEADS, rows, left=3))
        for name, rows in tables.items()
        if rows
    )
