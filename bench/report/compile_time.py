# SPDX-License-Identifier: BSL-1.0
"""Times the compiler: compile_time.py RESULTS.json [--prefix DIR] [--compiler NAME]

Compiles two small programs with -O2 -march=native: one that includes the umbrella header alone, and one that evaluates
ten stages under simd. Writes seconds of processor time, elapsed seconds and peak memory of each, beside what they may
take at most. DIR is where xsimd is installed, if not in the system.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
MEGABYTE = 1e6

UMBRELLA = "#include <quoin/quoin.hpp>\n"
TEN_STAGES = """\
#include <quoin/exec/simd.hpp>
#include <quoin/quoin.hpp>

quoin::image<std::uint8_t> ten_stages(quoin::image_view<quoin::rgb8 const> view) {
    using namespace quoin;
    constexpr int kernel[3][3] = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};
    return to_image(simd{}, view | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f) | box(5) |
                                gaussian(2) | correlate(kernel) | brightness(0.9f) | threshold(127));
}
"""
# name, source, times compiled, the most seconds and megabytes
PROGRAMS = [
    ("umbrella header alone", UMBRELLA, 3, 1.0, None),
    ("ten stages under simd", TEN_STAGES, 1, 12.0, 1200),
]


def compile_once(command):
    """(processor seconds, elapsed seconds, peak megabytes) of a command and all that it starts."""
    start = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    messages = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"compile_time: the compiler failed:\n{messages}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * 1024 / MEGABYTE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments = parser.parse_args()

    version = subprocess.run([arguments.compiler, "--version"], capture_output=True, text=True, check=True)
    results = {"compiler": version.stdout.splitlines()[0], "programs": []}
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "program.cpp"
        command = [arguments.compiler, "-std=c++20", "-O2", "-march=native", "-ffp-contract=off", f"-I{INCLUDE}"]
        if arguments.prefix:
            command.append(f"-I{arguments.prefix}/include")
        command += ["-c", str(source), "-o", os.devnull]
        for name, text, times, most_seconds, most_megabytes in PROGRAMS:
            source.write_text(text)
            seconds, elapsed, megabytes = zip(*(compile_once(command) for _ in range(times)))
            results["programs"].append(
                {
                    "name": name,
                    "seconds": round(statistics.median(seconds), 3),
                    "elapsed": round(statistics.median(elapsed), 3),
                    "megabytes": round(max(megabytes), 1),
                    "most_seconds": most_seconds,
                    "most_megabytes": most_megabytes,
                }
            )
    pathlib.Path(arguments.results).write_text(json.dumps(results, indent=1) + "\n")


main()
