# SPDX-License-Identifier: BSL-1.0
"""How fast: beside OpenCV, by the length of chains, by the size of images, by the type of pixels."""

import re

import page
import plots
from page import escape
from plots import number
from results import POLICIES, mark, split_job
from sections.common import SHOWN, keys
from summary import CHAIN, on


def told(row, name=None):
    return f"{name or row.label}: {number(row.ns_per_pixel)}{mark(row)} ns/px, {number(row.ms)}{mark(row)} ms"


def versus(recorded):
    if not recorded.opencv or not recorded.compared(1):
        return ""
    figures = []
    for threads in sorted({1, recorded.most}):
        entries = []
        for ours, theirs in recorded.compared(threads):
            name, pixel = split_job(ours.job)
            # Shorter chains are in the next section, and those of one stage are filters by themselves.
            shorter = re.match(r"(pointwise|local|chain)-[1-9]$", name) and ours.job != CHAIN
            if shorter or not (pixel or "").endswith("u8"):
                continue
            marks = [
                ("opencv", theirs.ns_per_pixel, told(theirs, "OpenCV")),
                (ours.policy, ours.ns_per_pixel, told(ours)),
            ]
            entries.append((ours.ms / theirs.ms, (name, marks, f"{number(theirs.ms / ours.ms)}{mark(ours, theirs)} ×")))
        rows = [row for _, row in sorted(entries, key=lambda entry: entry[0])]
        if not rows:
            continue
        title = f"Nanoseconds a pixel of quoin and OpenCV on {on(threads)}"
        figures.append(
            page.figure(
                plots.dots(title, rows, "nanoseconds a pixel (logarithmic)"),
                f"Bytes at {recorded.size} on {on(threads)}: quoin's fastest policy and {escape(recorded.opencv)} on"
                " the same images; at the right how many times as fast quoin is. Every result was first held against"
                " OpenCV's, within the rounding that is known.",
                keys({klass for _, marks, _ in rows for klass, _, _ in marks}),
            )
        )
    return "".join(figures)


def lengths(recorded):
    made, used = [], set()
    for kind, title in (("pointwise", "Pointwise stages: gains"), ("local", "Local stages: 3×3 blurs")):
        series = []
        for policy in POLICIES:
            rows = [(n, recorded.find(f"{kind}-{n}<u8>", policy)) for n in range(1, 11)]
            points = [(n, r.ns_per_pixel, mark(r)) for n, r in rows if r is not None]
            if len(points) > 1:
                used.add(policy)
                series.append((policy, policy, points, ""))
        if series:
            svg = plots.lines(title, series, "stages in the chain", "ns/px", list(range(1, 11)), log_y=True)
            made.append((title, svg))
    if not made:
        return ""
    return page.figure(
        page.panels(made),
        f"Nanoseconds a pixel of chains of 1 to 10 equal stages on bytes at {recorded.size}; policies that use threads"
        f" on {on(recorded.most)}. quoin reads and writes memory once, whatever the length; OpenCV once for each"
        " stage.",
        keys(used),
    )


def sizes(recorded):
    names = recorded.measured.sizes()
    made, used = [], set()
    for job, title in SHOWN.items():
        series = []
        for policy in POLICIES:
            rows = [r for r in (recorded.measured.find(job, size, policy) for size in names) if r is not None]
            if len(rows) > 1:
                used.add(policy)
                series.append((policy, policy, [(r.pixels / 1e6, r.ns_per_pixel, mark(r)) for r in rows], ""))
        if series:
            ticks = sorted({round(x, 1) for _, _, points, _ in series for x, *_ in points})
            svg = plots.lines(title, series, "megapixels: " + ", ".join(names), "ns/px", ticks, log_x=True, log_y=True)
            made.append((title, svg))
    if not made:
        return ""
    return page.figure(
        page.panels(made),
        f"Nanoseconds a pixel; policies that use threads on {on(recorded.most)}. A flat line costs as much a pixel at"
        " any size; where a result no longer fits the caches, memory sets the pace.",
        keys(used),
    )


TYPES = {"u8": "t0", "u16": "t1", "f32": "t2"}


def types(recorded):
    rows = []
    for name in dict.fromkeys(split_job(job)[0] for job in recorded.measured.jobs()):
        by_type = {}
        for job in recorded.measured.jobs():
            other, pixel = split_job(job)
            row = recorded.best(job, 1)
            if other == name and pixel and row is not None:
                by_type[pixel.removeprefix("rgb-")] = row
        found = [(t, by_type[t]) for t in TYPES if t in by_type]
        if len(found) > 1:
            marks = [(TYPES[t], r.ns_per_pixel, f"{r.job}, {told(r)}") for t, r in found]
            rows.append((name, marks, ", ".join(f"{t} {number(r.ns_per_pixel)}{mark(r)}" for t, r in found)))
    if not rows:
        return ""
    return page.figure(
        plots.dots("Nanoseconds a pixel by type", rows, "nanoseconds a pixel (logarithmic)"),
        f"The fastest policy on one thread at {recorded.size}. A u16 pixel has twice and an f32 pixel four times the"
        " bytes of a u8 one; a type far from that costs more than its memory.",
        page.legend([(klass, t) for t, klass in TYPES.items()]),
    )
