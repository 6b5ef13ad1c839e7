# SPDX-License-Identifier: BSL-1.0
"""The beginning and the end of the page: what was found, what to use, how it was measured."""

import page
from page import escape, paragraph
from plots import number
from results import FEWEST, MOST_WAITING, mark, quotient_mark
from sections.common import count
from summary import CHAIN, SEGMENT, main_choices, megabytes, on, sentences, slower


def chain_tiles(recorded):
    best, theirs = recorded.best(CHAIN, recorded.most), recorded.find(CHAIN, "opencv", recorded.most)
    if not best:
        return
    threads = on(best.threads)
    yield (
        number(best.ns_per_pixel) + mark(best),
        "ns/px",
        f"gray, blur, Sobel, sharpen, gain on RGB bytes, in one pass: {best.policy}, {threads}",
    )
    if theirs:
        ratio = number(theirs.ms / best.ms) + mark(best, theirs)
        yield ratio, "×", f"as fast as {recorded.opencv}, call after call, on {threads}"
    if best.by_memcpy:
        star = quotient_mark(best, "by_memcpy")
        yield number(1 / best.by_memcpy) + star, "×", "as fast as memcpy of the same bytes on as many threads"
    extra = recorded.extra_bytes(best)
    if extra is not None:
        yield *megabytes(extra).split(), "of memory for that chain beyond its input and output"


def other_tiles(recorded):
    segment = recorded.best(SEGMENT, recorded.most)
    if segment:
        yield (
            number(segment.ms) + mark(segment),
            "ms",
            f"from {recorded.size} gray pixels to exact rectangles: {segment.policy}, {on(segment.threads)}",
        )
    pairs = recorded.compared(recorded.most)
    if pairs:
        yield (
            f"{len(pairs) - len(slower(pairs))}{mark(*(row for pair in pairs for row in pair))}",
            f"of {len(pairs)}",
            f"jobs as fast as OpenCV (within 5 %) or faster, on {on(recorded.most)}",
        )


def short(recorded):
    failed = sorted(recorded.measured.failures.items())
    return (
        page.tiles([*chain_tiles(recorded), *other_tiles(recorded)])
        + page.bullets(escape(text) for text in sentences(recorded))
        + (
            paragraph("These failed:", "bad") + page.table(["benchmark", "message"], failed, left=2, wide=(1,))
            if failed
            else ""
        )
    )


def choices(recorded):
    if not recorded.choices:
        return ""

    def row(choice):
        chosen = choice.chosen
        return choice.job, chosen.policy, chosen.threads, number(chosen.ms) + mark(chosen), choice.reason or "–"

    heads = ["job", "policy", "threads", "ms", "why"]
    return (
        paragraph(
            "For each job the fastest policy, but fewer threads where more gain less than the spread of the times, and "
            "of policies that it cannot tell apart the simplest: threads that gain nothing are left to other work. * "
            f"rests on times that other work disturbed. At {recorded.size}. The same is in "
            "<code>tuning.json</code>, which <code>quoin-filters --tuning</code> and "
            "<code>quoin-segment --tuning</code> read.",
            "lead",
        )
        + page.table(heads, [row(c) for c in main_choices(recorded)], left=2, wide=(4,))
        + page.details(
            f"All: {count(len(recorded.choices), 'job')}",
            page.table(heads, [row(c) for c in recorded.choices], left=2, wide=(4,)),
        )
    )


def method(recorded):
    context = recorded.measured.context
    texts = (
        (
            "All times but those of the Python libraries and of Kokkos on fewer threads are from one process, in which"
            " all repetitions of all jobs run in random order, so that what the machine does meanwhile falls on all"
            f" alike. It is pinned to as many CPUs as the largest number of threads ({recorded.most}). A repetition in"
            f" which threads waited for a core during more than {100 * MOST_WAITING:.0f} % of it, in the mean, does not"
            f" count, unless fewer than {FEWEST} are left: then the {FEWEST} count that waited least, and the row has"
            " an asterisk."
        ),
        (
            "Only computing is timed: images are in memory before and after, nothing is read or decoded. Outputs exist"
            " before, and each repetition begins with an evaluation that is not timed; what an evaluation needs beyond"
            " them it allocates within its time, unless it keeps it, as OpenCV's images between calls."
        ),
        (
            "Names of jobs: an operation and the type of its channels, u8, u16, i16, i32 or f32, with rgb- for colors. A"
            " number without a dash is part of the operation's name (gaussian3 weights 3 x 3 pixels), one behind a dash its"
            " parameter: gaussian-3 has a sigma of 3, box-15 and correlate-7x7 that many pixels, pointwise-10 and local-10"
            " are ten operations one after the other, memcpy-4B copies 4 bytes for each pixel. chain-5 is gray, gaussian3,"
            " sobel_magnitude, sharpen, brightness in one pass; segment-run_merge and segment-minimum are the methods of"
            " segment."
        ),
        (
            "memcpy of as many bytes reads half of what a job reads and writes together, and writes the other half: the"
            " floor for work that must touch them all."
        ),
        (
            f"quoin was compiled for {context['instruction_set']}; Kokkos runs on "
            f"{context.get('kokkos_space', 'nothing: it is not in this build')}; OpenCV: "
            f"{context.get('opencv', 'not in this build')}."
        ),
    )
    return "".join(paragraph(escape(text)) for text in texts)
