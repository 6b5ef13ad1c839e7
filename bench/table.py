# SPDX-License-Identifier: BSL-1.0
"""Prints the results of quoin-bench as a table: table.py RESULTS.json

Medians over the repetitions. "/ memcpy" and "/ OpenCV" are quotients of times: the job's by that of memcpy of as
many bytes altogether, or by OpenCV's for the same work, both on as many threads. Exit status 1 if one failed.
"""
import json
import statistics
import sys

SIZES = ["720p", "1080p", "4k", "8k"]
POLICIES = ["serial", "simd", "parallel", "parallel_simd", "kokkos", "kokkos_simd", "opencv"]


def threads_of(policy):
    return int(policy.partition(":")[2] or 1)


def read(path):
    """{(job, size, policy): measurement}, the failures, and what the program says of itself."""
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    runs, failures = {}, {}
    for run in document["benchmarks"]:
        if run["run_type"] != "iteration":
            continue
        key = tuple(run["name"].split("/")[:3])
        if run.get("error_occurred"):
            failures[key] = run["error_message"]
        else:
            runs.setdefault(key, []).append(run)
    results = {}
    for key, repetitions in runs.items():
        first = repetitions[0]
        assert first["time_unit"] == "ms", first["time_unit"]
        results[key] = {
            "ms": statistics.median(r["real_time"] for r in repetitions),
            "pixels": first["pixels"],
            "bytes_per_pixel": int(first["bytes_per_pixel"]),
            "difference": first.get("max_difference"),
        }
    return results, failures, document["context"]


def quotient(ms, other):
    return f"{ms / other['ms']:.2f}" if other else "-"


def row(key, results):
    job, size, policy = key
    result = results[key]
    ms, threads = result["ms"], threads_of(policy)
    suffix = f":{threads}" if threads > 1 else ""
    copy_policy = "parallel" + suffix if suffix else "serial"
    copy = results.get((f"memcpy-{result['bytes_per_pixel']}B", size, copy_policy))
    opencv = results.get((job, size, "opencv" + suffix))
    gigabytes = result["bytes_per_pixel"] * result["pixels"] / 1e9
    return [
        job, size, policy, f"{ms:.3f}", f"{ms * 1e6 / result['pixels']:.3f}", f"{gigabytes / ms * 1e3:.2f}",
        quotient(ms, copy), quotient(ms, opencv),
        "" if result["difference"] is None else f"{result['difference']:g}",
    ]


def order(key):
    job, size, policy = key
    kind, _, threads = policy.partition(":")
    groups = ["memcpy-", "chain-", "", "segment-"]
    group = next((i for i, g in enumerate(groups) if g and job.startswith(g)), groups.index(""))
    return group, job, SIZES.index(size), POLICIES.index(kind), threads


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    results, failures, context = read(sys.argv[1])
    rows = [["job", "size", "policy", "ms", "ns/px", "GB/s", "/ memcpy", "/ OpenCV", "max diff"]]
    rows += [row(key, results) for key in sorted(results, key=order)]
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    previous = None
    for number, cells in enumerate(rows):
        if number and cells[:2] != previous:
            print()
        previous = cells[:2]
        line = [c.ljust(w) if i < 3 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths))]
        print("  ".join(line).rstrip())
    print(f"\n{context['num_cpus']} CPUs, {context['threads']} threads, {context['instruction_set']};",
          "GB/s: bytes read and written; / memcpy and / OpenCV: quotients of times, below 1 is faster;")
    print("max diff: between the pixels or numbers of quoin and of OpenCV")
    for key, message in sorted(failures.items()):
        print(f"failed: {'/'.join(key)}: {message}", file=sys.stderr)
    if failures or not results:
        sys.exit(1)


main()
