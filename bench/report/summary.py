# SPDX-License-Identifier: BSL-1.0
"""The report in words: what stands at the top of the page, and the plain text."""

import math
import re
import statistics

from plots import number
from recommend import on
from results import mark, split_job

CHAIN, SEGMENT = "chain-5<rgb-u8>", "segment-run_merge<u8>"
LENGTH = re.compile(r"(pointwise|local|chain)-\d+<")
# What a reader looks at first; the rest is in the tables.
MAIN_JOBS = [
    CHAIN,
    "brightness<u8>",
    "gray<rgb-u8>",
    "threshold<u8>",
    "gaussian3<u8>",
    "gaussian5<u8>",
    "gaussian-3<u8>",
    "box-15<u8>",
    "correlate-7x7<u8>",
    "sobel_x<u8>",
    "sobel_magnitude<u8>",
    "normalize<rgb-u8>",
    "swap<rgb-u8>",
    "histogram<u8>",
    "otsu_threshold<u8>",
    "components<u8>",
    SEGMENT,
    "segment-minimum<u8>",
]


def slower(pairs):
    """Those of (ours, OpenCV's) in which OpenCV is faster, the worst first."""
    worse = [(ours, theirs) for ours, theirs in pairs if ours.ms > 1.05 * theirs.ms]
    return sorted(worse, key=lambda pair: -pair[0].ms / pair[1].ms)


def family(job):
    """The same for chains of any length."""
    return re.sub(r"-\d+$", "", split_job(job)[0]) if LENGTH.match(job) else job


def mean_quotient(pairs):
    """The geometric mean of how many times as fast ours are, each family counted once."""
    families = {}
    for ours, theirs in pairs:
        families.setdefault(family(ours.job), []).append(theirs.ms / ours.ms)
    return statistics.geometric_mean(map(statistics.geometric_mean, families.values()))


def comparison(recorded, threads):
    pairs = recorded.compared(threads)
    if not pairs:
        return None
    worse, star = slower(pairs), mark(*(row for pair in pairs for row in pair))
    text = (
        f"On {on(threads)} quoin's best policy is as fast as {recorded.opencv} (within 5 %) or faster in "
        f"{len(pairs) - len(worse)}{star} of {len(pairs)} jobs; the geometric mean, in which chains of one kind "
        f"count once for all their lengths, is {number(mean_quotient(pairs))}{star} times as fast."
    )
    if worse:
        # Of chains the worst stands for all lengths.
        shown = {}
        for ours, theirs in worse:
            quotient = f"{ours.ms / theirs.ms:.1f}{mark(ours, theirs)}"
            shown.setdefault(family(ours.job), f"{ours.job} ({quotient} times)")
        text += " Slower: " + ", ".join(shown.values()) + "."
    return text


def vector_words(recorded):
    """Where vectors do harm."""
    pairs = [(recorded.find(job, "simd", 1), recorded.find(job, "serial", 1)) for job in recorded.measured.jobs()]
    worse = [
        (simd.job, simd.ms / serial.ms, mark(simd, serial))
        for simd, serial in pairs
        if simd and serial and simd.ms > 1.05 * serial.ms
    ]
    if not worse:
        return None
    return (
        "Slower under simd than under serial: "
        + ", ".join(f"{job} ({q:.1f}{star} times)" for job, q, star in sorted(worse, key=lambda entry: -entry[1]))
        + "."
    )


def scaling_words(recorded):
    fits = [f for f in recorded.fits if f.size == recorded.size and f.policy == "parallel_simd"]
    if not fits:
        return None
    middle = statistics.median(f.share for f in fits)
    least = min(fits, key=lambda f: f.share)
    return (
        f"Amdahl's law, fitted to {len(fits)} jobs under parallel_simd on {', '.join(map(str, fits[0].counts))}"
        f" threads: the median parallel share is {100 * middle:.1f} %, the least {100 * least.share:.1f} %"
        f" ({least.job}, {ceiling(least)})."
    )


def ceiling(fit):
    if len(fit.counts) < 3:
        return "two numbers of threads tell no ceiling"
    if math.isinf(fit.ceiling):
        return "no ceiling seen"
    return f"at most {number(fit.ceiling)} times" if fit.ceiling < 1000 else "more than 1,000 times"


def memory_words(recorded):
    ours, theirs = recorded.best(CHAIN, recorded.most), recorded.find(CHAIN, "opencv", 1)
    mine = None if ours is None else recorded.extra_bytes(ours)
    if mine is None:
        return None
    text = f"The chain of five filters takes {megabytes(mine)} beyond input and output"
    other = None if theirs is None else recorded.extra_bytes(theirs)
    return text + (f"; {recorded.opencv}, one call after the other, {megabytes(other)}." if other is not None else ".")


def megabytes(count):
    return f"{number(count / 1e3)} KB" if count < 1e6 else f"{number(count / 1e6)} MB"


def compiler_words(recorded):
    if not recorded.compiler:
        return None
    parts = []
    for program in recorded.compiler["programs"]:
        over = program["seconds"] > program["most_seconds"] or program["megabytes"] > (
            program["most_megabytes"] or math.inf
        )
        limits = f"limit {number(program['most_seconds'])} s" + (
            f", {number(program['most_megabytes'])} MB" if program["most_megabytes"] else ""
        )
        parts.append(
            f"{program['name']} {program['seconds']:.2f} s and {program['megabytes']:.0f} MB "
            f"({limits}{': EXCEEDED' if over else ''})"
        )
    return f"Compiling with {recorded.compiler['compiler'].split(' (')[0]} -O2: " + "; ".join(parts) + "."


def energy_words(recorded):
    if recorded.measured.context.get("energy") == "exposed":
        return "Energy: from the counters of the processor packages, which count all that runs on them."
    return "Energy: not exposed by this machine (no readable counter in /sys/class/powercap)."


def disturbance_words(recorded):
    disturbed = [r for r in recorded.measured.rows if r.disturbed]
    if not disturbed:
        return None
    return (
        f"Other work had the cores during repetitions that count in {len(disturbed)} of {len(recorded.measured.rows)} "
        "rows: their times are upper bounds; they and what is computed from them have an asterisk."
    )


def peers_words(recorded):
    if not recorded.peers:
        return None
    return (
        "Libraries of Python: "
        + ", ".join(
            f"{p['name']} {p['version']}" if p["version"] else f"{p['name']} not installed"
            for p in recorded.peers["peers"]
        )
        + "."
    )


def sentences(recorded):
    """What the report says, most important first."""
    found = [comparison(recorded, 1)]
    if recorded.most > 1:
        found.append(comparison(recorded, recorded.most))
    found += [
        vector_words(recorded),
        scaling_words(recorded),
        memory_words(recorded),
        energy_words(recorded),
        compiler_words(recorded),
        peers_words(recorded),
        disturbance_words(recorded),
    ]
    return [text for text in found if text]


def main_choices(recorded):
    by_job = {choice.job: choice for choice in recorded.choices}
    return [by_job[job] for job in MAIN_JOBS if job in by_job]


def text(recorded):
    context = recorded.measured.context
    lines = [
        "quoin benchmark report",
        (
            f"{recorded.machine}, {context['instruction_set']}; threads {', '.join(map(str, recorded.threads))};"
            f" {context['date'][:10]}"
        ),
        "",
        f"What to use on this machine, at {recorded.size} (all jobs: tuning.json)",
    ]
    lines += [f"  {choice.job:24} {choice.words}" for choice in main_choices(recorded)]
    lines += [""] + sentences(recorded)
    lines += [f"FAILED: {name}: {message}" for name, message in sorted(recorded.measured.failures.items())]
    lines += [
        f"FAILED: {row['peer']}: {row['job']}: its result differs by {row['max_difference']:g}"
        for row in (recorded.peers or {"rows": []})["rows"]
        if not row["ms"]
    ]
    return "\n".join(lines) + "\n"
