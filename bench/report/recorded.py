# SPDX-License-Identifier: BSL-1.0
"""Everything that bench/report.sh leaves in a folder, read."""

import collections
import dataclasses
import json
import os
import pathlib
import platform
import re

import recommend
import results
import scaling


@dataclasses.dataclass
class Recorded:
    measured: results.Results
    size: str  # at which most jobs were measured
    threads: list  # the numbers of threads
    probes: dict  # name of a benchmark: its memory and strips
    compiler: dict | None
    peers: dict | None
    fits: list
    choices: list
    machine: str

    @property
    def most(self):
        return self.threads[-1]

    @property
    def opencv(self):
        version = self.measured.context.get("opencv", "")
        return f"OpenCV {version}" if re.match(r"\d", version) else None

    def find(self, job, policy, threads=None):
        return self.measured.find(job, self.size, policy, threads)

    def best(self, job, threads):
        """quoin's fastest row of the job on so many threads."""
        rows = [r for r in self.measured.of_quoin(job, self.size) if r.threads == threads]
        return min(rows, key=lambda r: r.ms, default=None)

    def compared(self, threads):
        """(quoin's fastest, OpenCV's) of each job that both have on so many threads."""
        pairs = ((self.best(job, threads), self.find(job, "opencv", threads)) for job in self.measured.jobs())
        return [(ours, theirs) for ours, theirs in pairs if ours and theirs]

    def extra_bytes(self, row):
        probe = self.probes.get(row.name)
        return None if probe is None else probe["extra_bytes"]

    def strips(self, row):
        """{core: {thread: strips of one evaluation}}, threads numbered from 0; empty where they were not counted."""
        probe = self.probes.get(row.name, {"strips": []})
        numbers = {t: i for i, t in enumerate(sorted({s["thread"] for s in probe["strips"]}))}
        cores = collections.defaultdict(dict)
        for s in probe["strips"]:
            cores[s["core"]][numbers[s["thread"]]] = s["strips"] / probe["evaluations"]
        return dict(sorted(cores.items()))


def processor():
    """What this machine calls its processor."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    return re.sub(r"\s+", " ", name.group(1)) if name else platform.machine()


def json_of(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def read(folder):
    folder = pathlib.Path(folder)
    # The run with all policies is first: what is in several counts from there.
    files = sorted(folder.glob("results*.json"), key=lambda f: (f.name != "results.json", f.name))
    if not files:
        raise FileNotFoundError(f"{folder} has no results.json; run bench/report.sh --out {folder}")
    measured = results.read(files)
    if not measured.rows:
        raise ValueError(f"{files[0]} has no results")
    size = measured.main_size()
    probes = {}
    if (folder / "probes.jsonl").exists():
        for line in (folder / "probes.jsonl").read_text(encoding="utf-8").splitlines():
            probe = json.loads(line)
            probes[probe["name"]] = probe
    return Recorded(
        measured,
        size,
        sorted({r.threads for r in measured.rows}),
        probes,
        json_of(folder / "compile.json"),
        json_of(folder / "peers.json"),
        scaling.fits(measured.rows),
        recommend.recommend(measured, size),
        f"{processor()}, {measured.context.get('num_cpus', os.cpu_count())} CPUs",
    )
