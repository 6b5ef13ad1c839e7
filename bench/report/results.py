# SPDX-License-Identifier: BSL-1.0
"""What quoin-bench has measured: read, and set against serial, against memcpy and against OpenCV.

A row is a job at one size under one policy on so many threads; its times are those of the repetitions, without those in
which its threads waited for a core that other work had, as long as there are enough. "/ memcpy" and "/ OpenCV" are
quotients of times: the job's by that of memcpy of as many bytes altogether, or by OpenCV's for the same work, both of
the same run and on as many threads.
"""

import dataclasses
import json
import re
import statistics

SIZES = ["720p", "1080p", "4k", "8k"]
# A repetition counts if its threads waited for a core during no more than this part of it, in the mean.
MOST_WAITING = 0.03
# Of fewer the spread says nothing, so as many count in any case: those that waited least.
FEWEST = 3
POLICIES = ["serial", "simd", "parallel", "parallel_simd", "kokkos", "kokkos_simd", "opencv"]
QUOIN_POLICIES = POLICIES[:-1]


@dataclasses.dataclass
class Row:
    job: str
    size: str
    policy: str
    threads: int
    ms: float  # the median
    low: float  # the quartiles
    high: float
    pixels: float
    bytes_per_pixel: int
    disturbed: bool = False  # among the repetitions that count are some in which other work had the cores
    difference: float | None = None
    joules: float | None = None
    speedup: float | None = None  # over serial
    efficiency: float | None = None  # of the threads: time on one / (threads * time)
    by_memcpy: float | None = None
    by_opencv: float | None = None
    doubtful: set = dataclasses.field(default_factory=set)  # the names of quotients whose other row is disturbed

    @property
    def label(self):
        return self.policy + (f":{self.threads}" if self.policy not in ("serial", "simd") else "")

    @property
    def name(self):
        """As the program calls the benchmark."""
        alone = self.policy in ("serial", "simd") or (self.policy == "opencv" and self.threads == 1)
        return f"{self.job}/{self.size}/{self.policy if alone else self.label}"

    @property
    def ns_per_pixel(self):
        return self.ms * 1e6 / self.pixels

    @property
    def gigabytes_per_second(self):
        return self.bytes_per_pixel * self.pixels / self.ms / 1e6

    @property
    def spread(self):
        """Half the interquartile range, as a part of the median."""
        return (self.high - self.low) / 2 / self.ms

    @property
    def microjoules_per_pixel(self):
        return None if self.joules is None else self.joules * 1e6 / self.pixels


def mark(*rows):
    """What stands behind a number that rests on these rows, of which some may be None."""
    return "*" if any(r is not None and r.disturbed for r in rows) else ""


def quotient_mark(row, name):
    return "*" if row.disturbed or name in row.doubtful else ""


@dataclasses.dataclass
class Results:
    rows: list
    failures: dict  # "job/size/policy": message
    context: dict

    def find(self, job, size, policy, threads=None):
        """The row, or None; without a number of threads the one on most."""
        found = [r for r in self.rows if (r.job, r.size, r.policy) == (job, size, policy)]
        found = [r for r in found if threads in (None, r.threads)]
        return max(found, key=lambda r: r.threads, default=None)

    def select(self, **wanted):
        return [r for r in self.rows if all(getattr(r, name) == value for name, value in wanted.items())]

    @property
    def most(self):
        """The largest number of threads."""
        return max(r.threads for r in self.rows)

    def of_quoin(self, job, size):
        """quoin's rows that can be compared: Kokkos on fewer than most threads is of another run."""
        return [
            r
            for r in self.select(job=job, size=size)
            if r.policy != "opencv" and (r.threads == self.most or not r.policy.startswith("kokkos"))
        ]

    def jobs(self):
        return list(dict.fromkeys(r.job for r in self.rows if not r.job.startswith("memcpy-")))

    def sizes(self):
        return [s for s in SIZES if any(r.size == s for r in self.rows)]

    def main_size(self):
        """The size at which most jobs were measured."""
        return max(self.sizes(), key=lambda s: len({r.job for r in self.rows if r.size == s}))


def split_job(job):
    """("gaussian3", "u8") of gaussian3<u8>; a copy has no pixels."""
    return re.fullmatch(r"([^<]*)(?:<(.*)>)?", job).groups()


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def undisturbed(repetitions, threads):
    """(those that count, whether other work had the cores during any of these): where fewer than FEWEST had the cores
    for themselves, as many as that which waited least. "waited" is the sum over the threads."""
    waited = [r.get("waited", 0) / threads for r in repetitions]
    limit = max(MOST_WAITING, sorted(waited)[:FEWEST][-1])
    return [r for r, w in zip(repetitions, waited) if w <= limit], limit > MOST_WAITING


def rows_of(document):
    """The rows and the failures of one run of the program."""
    runs, failures = {}, {}
    for run in document["benchmarks"]:
        if run["run_type"] != "iteration":
            continue
        job, size, policy = run["name"].split("/")[:3]
        if run.get("error_occurred"):
            failures[f"{job}/{size}/{policy}"] = run["error_message"]
        else:
            runs.setdefault((job, size, policy), []).append(run)
    rows = []
    for (job, size, policy), repetitions in runs.items():
        kind, _, threads = policy.partition(":")
        repetitions, disturbed = undisturbed(repetitions, int(threads or 1))
        first = repetitions[0]
        if first["time_unit"] != "ms":
            raise ValueError(f"{first['name']}: times in {first['time_unit']}, not in ms")
        times = [r["real_time"] for r in repetitions]
        low, high = quartiles(times)
        energies = [r["joules"] for r in repetitions if "joules" in r]
        rows.append(
            Row(
                job,
                size,
                kind,
                int(threads or 1),
                statistics.median(times),
                low,
                high,
                first["pixels"],
                int(first["bytes_per_pixel"]),
                disturbed,
                first.get("max_difference"),
                statistics.median(energies) if energies else None,
            )
        )
    return rows, failures


def set_quotient(row, name, other):
    """One of Row's quotients, which stays None where there is no other row."""
    if other is None:
        return
    value = row.ms / other.ms if name.startswith("by_") else other.ms / row.ms
    setattr(row, name, value / row.threads if name == "efficiency" else value)
    if other.disturbed:
        row.doubtful.add(name)


def derive(rows):
    """Fills in what follows from other rows of the same run."""
    at = {(r.job, r.size, r.policy, r.threads): r for r in rows}
    for r in rows:
        copy = f"memcpy-{r.bytes_per_pixel}B", r.size, "serial" if r.threads == 1 else "parallel", r.threads
        set_quotient(r, "speedup", at.get((r.job, r.size, "serial", 1)))
        set_quotient(r, "efficiency", at.get((r.job, r.size, r.policy, 1)))
        set_quotient(r, "by_memcpy", at.get(copy))
        if r.policy != "opencv":
            set_quotient(r, "by_opencv", at.get((r.job, r.size, "opencv", r.threads)))


def order(row):
    name, pixel = split_job(row.job)
    natural = [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
    groups = [r"memcpy-", r"chain-", r"pointwise-", r"local-", r"(?!segment-|components|label_image|to_bits)", r""]
    group = next(i for i, pattern in enumerate(groups) if re.match(pattern, name))
    return group, natural, pixel or "", SIZES.index(row.size), POLICIES.index(row.policy), row.threads


def read(paths):
    """The results of several runs together. Kokkos has one number of threads a run, so for each of its further ones
    there is one more, which brings its own memcpy and serial. Of it Kokkos alone is taken, of jobs that the first run
    has: all other policies of a job are of one run, and no job has some of them alone."""
    rows, failures, context, jobs = {}, {}, {}, set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        context = context or document["context"]
        more, failed = rows_of(document)
        derive(more)
        failures.update(failed)
        first = not rows
        jobs |= {(r.job, r.size) for r in more if first}
        for r in more:
            if first or (r.policy.startswith("kokkos") and (r.job, r.size) in jobs):
                rows.setdefault((r.job, r.size, r.policy, r.threads), r)
    for r in rows.values():
        if r.efficiency is None:
            set_quotient(r, "efficiency", rows.get((r.job, r.size, r.policy, 1)))
        for name, policy, threads in (("speedup", "serial", 1), ("by_opencv", "opencv", r.threads)):
            if getattr(r, name) is None and r.policy != "opencv":
                set_quotient(r, name, rows.get((r.job, r.size, policy, threads)))
    return Results(sorted(rows.values(), key=order), failures, context)
