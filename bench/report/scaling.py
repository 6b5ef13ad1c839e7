# SPDX-License-Identifier: BSL-1.0
"""Amdahl's law, fitted to the times of a job on several numbers of threads."""

import collections
import dataclasses
import math


@dataclasses.dataclass
class Fit:
    job: str
    size: str
    policy: str
    share: float  # p, the part of the work that more threads make shorter
    one_thread_ms: float
    counts: list  # the numbers of threads measured

    @property
    def ceiling(self):
        """The speed-up that no number of threads exceeds: 1 / (1 - p)."""
        return math.inf if self.share >= 1 else 1 / (1 - self.share)

    def ms(self, threads):
        return self.one_thread_ms * (1 - self.share + self.share / threads)


def amdahl(times):
    """(p, time on one thread) of [(threads, time)], at two numbers of threads or more.

    time(n) = a + b / n is linear in 1 / n, so a and b come from least squares of the relative errors; p = b / (a + b),
    kept within 0 and 1, where noise would take it out.
    """
    if len({n for n, _ in times}) < 2:
        raise ValueError("a fit needs times on two numbers of threads")
    weights = [1 / t**2 for _, t in times]
    total = sum(weights)
    mean_x = sum(w / n for w, (n, _) in zip(weights, times)) / total
    mean_t = sum(w * t for w, (_, t) in zip(weights, times)) / total
    covariance = sum(w * (1 / n - mean_x) * (t - mean_t) for w, (n, t) in zip(weights, times))
    variance = sum(w * (1 / n - mean_x) ** 2 for w, (n, _) in zip(weights, times))
    b = covariance / variance
    a = mean_t - b * mean_x
    if b <= 0:
        return 0.0, mean_t
    if a <= 0:
        return 1.0, sum(w * t / n for w, (n, t) in zip(weights, times)) / sum(
            w / n**2 for w, (n, _) in zip(weights, times)
        )
    return b / (a + b), a + b


def fits(rows):
    """One fit for each job, size and policy that was measured undisturbed on two numbers of threads or more."""
    groups = collections.defaultdict(list)
    for r in rows:
        if not r.job.startswith("memcpy-") and not r.disturbed:
            groups[r.job, r.size, r.policy].append((r.threads, r.ms))
    result = []
    for (job, size, policy), times in groups.items():
        if len(times) >= 2:
            share, one = amdahl(times)
            result.append(Fit(job, size, policy, share, one, sorted(n for n, _ in times)))
    return result
