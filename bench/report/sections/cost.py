# SPDX-License-Identifier: BSL-1.0
"""What jobs cost beside time: memory, energy, and the compiler's time."""

import page
import plots
from page import escape, paragraph
from plots import number
from results import mark, split_job
from sections.common import keys, on_most
from summary import MAIN_JOBS, energy_words, megabytes

PAGE_BYTES = 4096


def memory_rows(recorded):
    for job in [*MAIN_JOBS, "pointwise-10<u8>", "local-10<u8>"]:
        found = {r.policy: (r, recorded.extra_bytes(r)) for r in on_most(recorded, job)}
        found = {p: found[p] for p in ("simd", "parallel_simd", "opencv") if p in found and found[p][1] is not None}
        if not found:
            continue
        marks = [(p, max(extra, PAGE_BYTES) / 1e6, f"{r.name}: {extra:,} bytes") for p, (r, extra) in found.items()]
        notes = [megabytes(extra) for p, (_, extra) in found.items() if p != "opencv"][-1:]
        notes += [f"OpenCV {megabytes(found['opencv'][1])}"] if "opencv" in found else []
        yield split_job(job)[0], marks, ", ".join(notes)


def memory(recorded):
    rows = list(memory_rows(recorded))
    if not rows:
        return paragraph(escape(energy(recorded)))
    return page.figure(
        plots.dots("Memory beyond input and output", rows, "megabytes beyond input and output (logarithmic)"),
        f"The highest resident memory during one evaluation at {recorded.size}, less what was resident before, with"
        " input and output there; each in a process of its own, and nothing is shown as one page. quoin keeps lines,"
        " OpenCV whole images between its calls. What components and segmentation return is included.",
        keys({klass for _, marks, _ in rows for klass, _, _ in marks}),
    ) + paragraph(escape(energy(recorded)))


def energy(recorded):
    best = [recorded.best(job, recorded.most) for job in MAIN_JOBS]
    told = [
        f"{r.job} {number(r.microjoules_per_pixel)}{mark(r)} ({r.label})"
        for r in best
        if r is not None and r.joules is not None
    ]
    if not told:
        return energy_words(recorded)
    return "Energy of the processor packages, in microjoules a pixel: " + ", ".join(told) + "."


def compiling(recorded):
    if not recorded.compiler:
        return ""
    programs = recorded.compiler["programs"]

    def panel(title, what, unit):
        limits = [program[f"most_{what}"] for program in programs]
        rows = []
        for program, limit in zip(programs, limits):
            value, over = program[what], limit is not None and program[what] > limit
            rows.append(
                (
                    program["name"],
                    "opencv" if over else "parallel_simd",
                    value,
                    f"{number(value)} {unit}" + (", over the limit" if over else ""),
                    f"{program['name']}: {value} {unit}",
                )
            )
        return title, plots.bars(title, rows, what, 430, limits)

    return page.figure(
        page.panels([panel("Processor seconds", "seconds", "s"), panel("Peak memory", "megabytes", "MB")]),
        escape(f"{recorded.compiler['compiler']}, -O2 -march=native; the red marks are the limits."),
    )
