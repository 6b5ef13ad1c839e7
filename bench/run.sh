#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Builds and runs the benchmarks on Debian 12 or 13 and prints one table.
#
#   bench/run.sh [--quick | --all | --filter REGEX] [--threads N]
#
#   (none)           every job at 3840 x 2160: some minutes
#   --quick          8-bit jobs at 1920 x 1080: about a minute
#   --all            every job at every size from 1280 x 720 to 7680 x 4320: an hour
#   --filter REGEX   the benchmarks whose job/size/policy matches, such as '^(chain-5|memcpy).*/8k/'
#   --threads N      threads of the policies that use them (default: one for each CPU)
#
# Columns: median of the repetitions, and half the interquartile range; nanoseconds a pixel; bytes read and written a second; the quotients of the
# time and that of memcpy of as many bytes, and of the time and OpenCV's, each on as many threads; the largest
# difference between OpenCV's result and quoin's, of which more than the known rounding is a failure. All
# repetitions of all jobs run in one process, in random order.
#
# The build directory is build/release, the raw results are left in build/release/bench/results.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/common.sh

filter='/4k/' repetitions=7 min_time=0.05 threads=$(nproc)
while (($#)); do
    case $1 in
        --quick) filter='^(memcpy-[0-9]+B|[^/]*<(rgb-)?u8>)/1080p/' repetitions=5 min_time=0.01 ;;
        --all) filter=. ;;
        --filter) filter=${2:?"--filter needs a regular expression"}; shift ;;
        --threads) threads=${2:?"--threads needs a number"}; shift ;;
        -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) printf "bench/run.sh: unknown option '%s'; see --help\n" "$1" >&2; exit 2 ;;
    esac
    shift
done
if ! [[ $threads =~ ^[1-9][0-9]*$ ]]; then
    printf "bench/run.sh: --threads '%s' is no number above 0\n" "$threads" >&2
    exit 2
fi

build_bench
pin "$threads"
results=build/release/bench/results.json
quoin_bench \
    --threads="$threads" --benchmark_filter="$filter" --benchmark_enable_random_interleaving=true \
    --benchmark_repetitions="$repetitions" --benchmark_min_time="$min_time" \
    --benchmark_out="$results" --benchmark_out_format=json >build/release/bench/console.txt
/usr/bin/python3 bench/report/table.py "$results"
