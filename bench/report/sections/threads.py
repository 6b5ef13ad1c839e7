# SPDX-License-Identifier: BSL-1.0
"""How jobs scale: speed-up by threads, Amdahl's law, and which core ran what."""

import page
import plots
from page import paragraph
from plots import number
from results import mark, quotient_mark, split_job
from sections.common import SHOWN, keys
from summary import CHAIN, MAIN_JOBS, SEGMENT, ceiling

HEADS = ["job", "size", "policy", "threads", "parallel share p", "ceiling 1/(1-p)", "efficiency on most"]


def scaling_panel(recorded, job, title, used):
    series = [("ideal", "ideal", [(n, n) for n in recorded.threads], "dashed")]
    for fit in recorded.fits:
        if (fit.job, fit.size) != (job, recorded.size):
            continue
        used.add(fit.policy)
        rows = recorded.measured.select(job=job, size=fit.size, policy=fit.policy)
        first = next((r for r in rows if r.threads == 1), None)
        one = fit.one_thread_ms if first is None else first.ms
        fitted = [(n, one / fit.ms(n)) for n in recorded.threads]
        series.append((fit.policy, fit.policy, [(r.threads, one / r.ms, mark(first, r)) for r in rows], ""))
        series.append((fit.policy, f"{fit.policy}: fit, p = {fit.share:.3f}", fitted, "dashed"))
    if len(series) == 1:
        return None
    log = recorded.most > 8  # powers of two, which would stand on each other
    return title, plots.lines(title, series, "threads", "speed-up", recorded.threads, log_x=log, log_y=log)


def threads(recorded):
    if len(recorded.threads) < 2:
        return ""
    used = set()
    made = [scaling_panel(recorded, job, title, used) for job, title in SHOWN.items()]
    made = [panel for panel in made if panel]
    if not made:
        return ""

    def row(fit):
        most = recorded.measured.find(fit.job, fit.size, fit.policy)
        star = quotient_mark(most, "efficiency")
        efficiency = "–" if most.efficiency is None else f"{100 * most.efficiency:.0f} %{star}"
        return (
            fit.job,
            fit.size,
            fit.policy,
            ", ".join(map(str, fit.counts)),
            f"{100 * fit.share:.1f} %",
            "–" if len(fit.counts) < 3 else ceiling(fit),
            efficiency,
        )

    of_main = [
        fit
        for job in MAIN_JOBS
        for fit in recorded.fits
        if (fit.job, fit.size, fit.policy) == (job, recorded.size, "parallel_simd")
    ]
    note = ""
    if len(recorded.threads) == 2:
        note = (
            " Two numbers of threads determine the two unknowns exactly, so noise goes straight into p, and no ceiling is "
            "told."
        )
    return (
        page.figure(
            page.panels(made),
            f"Speed-up over one thread of the same policy at {recorded.size}; gray: each thread gains as much as the "
            "first; dashed: Amdahl's law as fitted.",
            keys(used, ("c-ideal", "ideal")),
        )
        + paragraph(
            "Amdahl's law: time(n) = time(1) · ((1 - p) + p / n), fitted by least squares of the relative errors."
            + note,
            "lead",
        )
        + page.table(HEADS, [row(fit) for fit in of_main], left=3)
        + page.details(f"All {len(recorded.fits)} fits", page.table(HEADS, [row(fit) for fit in recorded.fits], left=3))
        + strips(recorded)
    )


def strips(recorded):
    bars, rows = [], []
    for r in recorded.measured.rows:
        parts = [
            (core, thread, count)
            for core, by_thread in recorded.strips(r).items()
            for thread, count in by_thread.items()
        ]
        rows += [(r.job, r.label, core, thread, number(count)) for core, thread, count in parts]
        if r.job in (CHAIN, SEGMENT) and parts and (r.threads > 1 or r.policy == "simd"):
            pieces = [
                (
                    f"t{core % 8}",
                    count,
                    f"core {core}, thread {thread}: {number(count)}",
                    f"core {core}, thread {thread}: {number(count)} strips of each evaluation",
                )
                for core, thread, count in parts
            ]
            total = sum(count for _, _, count in parts)
            bars.append(
                (f"{split_job(r.job)[0]}, {r.label}", pieces, f"{number(total)} strip{'s' if total > 1 else ''}")
            )
    if not bars:
        return ""
    return page.figure(
        plots.stacks("Strips by core", bars),
        "Which core ran how many strips of an evaluation (a mean, not timed); each part is one thread on one core, and "
        "cores have their colors. Work is even where the parts of a bar are; on a machine with other work it follows "
        "the cores that are free.",
    ) + page.details(
        "Strips of every job by core and thread",
        page.table(["job", "policy", "core", "thread", "strips"], rows, left=2),
    )
