# SPDX-License-Identifier: BSL-1.0
"""What the sections of the report share."""

import page
from results import POLICIES
from summary import CHAIN, SEGMENT

KEYS = {policy: (f"c-{policy}", policy) for policy in POLICIES} | {"opencv": ("c-opencv", "OpenCV")}
# The work that plots show: simple, medium, complex.
SHOWN = {
    "brightness<u8>": "Simple: a gain",
    "gaussian3<u8>": "Medium: a 3×3 blur",
    CHAIN: "Complex: five filters on RGB",
    SEGMENT: "Segmentation: pixels to rectangles",
}


def keys(policies, *more):
    """A legend of these policies, in their usual order."""
    return page.legend([KEYS[p] for p in POLICIES if p in policies] + list(more))


def on_most(recorded, job):
    """The rows of a job at the main size: policies without threads, and the others on as many as there are."""
    rows = recorded.measured.select(job=job, size=recorded.size)
    return [r for r in rows if r.threads == recorded.most or r.policy in ("serial", "simd")]


def count(number, thing):
    return f"{number} {thing}" + ("" if number == 1 else "s")
