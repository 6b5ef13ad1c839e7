# SPDX-License-Identifier: BSL-1.0
"""Which policy on how many threads to use for a job on this machine, from what was measured."""

import dataclasses
import math

from results import QUOIN_POLICIES, Row, mark

# Two times that differ by less than this are equal, whatever their spread.
LEAST_NOISE = 0.03
# The jobs of the executables, and the benchmarks that do their default work.
PROGRAMS = {"filters": "chain-5<rgb-u8>", "segment": "segment-run_merge<u8>"}


def on(threads):
    return "one thread" if threads == 1 else f"{threads} threads"


@dataclasses.dataclass
class Choice:
    job: str
    chosen: Row
    fastest: Row
    serial: Row | None

    @property
    def policy(self):
        """As the executables call it; their kokkos has vectors."""
        return "kokkos" if self.chosen.policy == "kokkos_simd" else self.chosen.policy

    @property
    def disturbed(self):
        """Whether it rests on times that other work disturbed."""
        return self.chosen.disturbed or self.fastest.disturbed

    @property
    def reason(self):
        parts = []
        if self.serial is not None and self.chosen is not self.serial:
            speedup = f"{self.serial.ms / self.chosen.ms:.1f}{mark(self.serial, self.chosen)}"
            parts.append(f"{speedup} times as fast as serial")
        if self.fastest is not self.chosen:
            gain = 100 * (self.chosen.ms / self.fastest.ms - 1)
            parts.append(
                f"{self.fastest.policy} on {on(self.fastest.threads)} gains {gain:.0f} %"
                f"{mark(self.fastest, self.chosen)}, which is within the noise"
            )
        return "; ".join(parts)

    @property
    def words(self):
        text = f"{self.chosen.policy} on {on(self.chosen.threads)}: {self.chosen.ms:.3g} ms{mark(self.chosen)}"
        return text + (f", {self.reason}" if self.reason else "")


def choose(rows):
    """The row with fewest threads, and of those the first in the order of policies, among all that noise cannot tell
    from the fastest. Times that other work disturbed are upper bounds: they count where they are below all others."""
    least = min((r.ms for r in rows if not r.disturbed), default=math.inf)
    rows = [r for r in rows if not r.disturbed or r.ms < least]
    fastest = min(rows, key=lambda r: r.ms)

    def equal(r):
        return r.ms <= fastest.ms * (1 + max(LEAST_NOISE, r.spread + fastest.spread))

    return min((r for r in rows if equal(r)), key=lambda r: (r.threads, QUOIN_POLICIES.index(r.policy))), fastest


def recommend(measured, size):
    """A choice for every job at a size, in the order of the jobs."""
    choices = []
    for job in measured.jobs():
        rows = measured.of_quoin(job, size)
        # The same Kokkos space without vectors is no policy of the executables.
        if any(r.policy == "kokkos_simd" for r in rows) and host_space(measured.context):
            rows = [r for r in rows if r.policy != "kokkos"]
        if rows:
            chosen, fastest = choose(rows)
            choices.append(Choice(job, chosen, fastest, measured.find(job, size, "serial", 1)))
    return choices


def host_space(context):
    return context.get("kokkos_space") in (None, "OpenMP", "Serial", "Threads", "HPX")


def tuning(choices, machine, size):
    """What the executables read by --tuning."""
    by_job = {choice.job: choice for choice in choices}
    named = {name: by_job[job] for name, job in PROGRAMS.items() if job in by_job} | by_job
    return {
        "quoin_tuning": 1,
        "machine": machine,
        "size": size,
        "jobs": {
            name: {
                "policy": choice.policy,
                "threads": choice.chosen.threads,
                "ms": round(choice.chosen.ms, 4),
                "disturbed": choice.disturbed,
            }
            for name, choice in named.items()
        },
    }
