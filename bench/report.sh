#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Measures quoin on this machine and writes the report: one HTML page, a summary, and a file of the best policies.
#
#   bench/report.sh [--quick] [--threads N,N...] [--python PROGRAM] [--out DIR]
#
#   --quick         1920 x 1080, bytes for the most part: some minutes; without it 3840 x 2160, all types: half an hour
#   --threads       the numbers of threads to measure (default: 1, 2, ... as many as there are CPUs; on more than 8 CPUs
#                   the powers of two and all)
#   --python        the Python whose libraries are measured (default: /usr/bin/python3); one that has them is made by
#                   python3 -m venv peers && peers/bin/pip install numba pillow scikit-image opencv-python-headless halide
#   --out DIR       where everything goes (default: build/release/bench/report)
#
# Before it builds, it calls cmake/setup.sh --bench --kokkos, which on Debian installs what is missing of the libraries,
# OpenCV and Kokkos among them, and names the packages first.
#
# What is in DIR afterwards:
#   report.html     all of it, with plots; needs nothing beside itself
#   summary.txt     the same in a few lines, which are printed as well
#   tuning.json     the policy and the number of threads to use for each job: quoin-filters and quoin-segment read it
#                   by --tuning
#   results*.json   the times; probes.jsonl: memory and strips; compile.json: the compiler's time; peers.json and
#                   peers.txt: Pillow, scikit-image, Numba, cv2 and Halide, as far as they are installed
#
# The page alone is made again by: python3 bench/report/report.py DIR
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/common.sh

fail() {
    printf 'bench/report.sh: %s\n' "$1" >&2
    exit 2
}

quick='' threads='' out=build/release/bench/report libraries=/usr/bin/python3
while (($#)); do
    case $1 in
        --quick) quick=1 ;;
        --threads) threads=${2:?"--threads needs numbers, as in 1,2,4"}; shift ;;
        --python) libraries=${2:?"--python needs a program"}; shift ;;
        --out) out=${2:?"--out needs a folder"}; shift ;;
        -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) fail "unknown option '$1'; see --help" ;;
    esac
    shift
done
cpus=$(nproc)
if [[ -z $threads ]]; then
    threads=$(for ((n = 1; n <= cpus; n = cpus > 8 ? 2 * n : n + 1)); do echo "$n"; done; echo "$cpus")
fi
[[ ${threads//[$'\n,']/} =~ ^[0-9]+$ ]] || fail "--threads '$threads' is no list of numbers, as in 1,2,4"
mapfile -t counts < <(tr ',' '\n' <<<"$threads" | sort -nu)
((counts[0] > 0)) || fail "--threads '$threads': a number of threads is 1 or more"
threads=$(IFS=,; echo "${counts[*]}")
most=${counts[-1]}

# ---- what is measured: a regular expression over job/size/policy for each part

swept='brightness<u8>|gaussian3<u8>|chain-5<rgb-u8>|segment-run_merge<u8>'
if [[ $quick ]]; then
    size=1080p repetitions=5 min_time=0.01
    filter="^((memcpy-[0-9]+B|[^/]*<(rgb-)?u8>)/$size/"
    filter+="|(gaussian3|gaussian-3|sobel_magnitude|brightness|chain-5)<(rgb-)?(u16|f32)>/$size/"
    filter+="|(memcpy-[124]B|$swept)/(720p|4k|8k)/)"
    probed="^(chain-5<rgb-u8>|(pointwise|local)-10<u8>|(gaussian3|gaussian-3|box-15|sobel_magnitude|otsu_threshold)<u8>"
    probed+="|normalize<rgb-u8>|components<u8>|segment-[a-z_]*<u8>)/$size/"
    by_kokkos='memcpy-[^/]*|(chain-|pointwise-|local-|gaussian|brightness|box-|segment-)[^/]*<(rgb-)?u8>'
    by_kokkos+='|(gaussian3|gaussian-3|brightness|chain-5)<(rgb-)?(u16|f32)>'
else
    size=4k repetitions=7 min_time=0.05
    swept+='|gaussian-3<u8>|box-15<u8>|sobel_magnitude<u8>|normalize<rgb-u8>|segment-minimum<u8>'
    filter="^([^/]*/$size/|(memcpy-([124]|15)B|$swept)/(720p|1080p|8k)/)"
    # All but memcpy; POSIX expressions cannot say so directly.
    probed="^([^m]|m[^e]|me[^m])[^/]*/$size/"
    by_kokkos='(chain-|pointwise-|local-|gaussian|brightness|box-|segment-|memcpy-)[^/]*'
fi
# A probe is a process of its own, so only the largest number of threads is looked at.
probed+="(serial|simd|opencv|[a-z_]*:$most)(/|\$)"

# ---- measuring

build_bench
mkdir -p "$out"
rm -f "$out"/results*.json "$out"/{probes.jsonl,compile.json,peers.json,log.txt}
pin "$most"
step() { printf 'bench: %s (%d s so far)\n' "$1" "$SECONDS" >&2; }

measure() { # THREADS FILTER FILE
    quoin_bench --threads="$1" --benchmark_filter="$2" --benchmark_enable_random_interleaving=true \
        --benchmark_repetitions="$repetitions" --benchmark_min_time="$min_time" \
        --benchmark_out="$3" --benchmark_out_format=json >/dev/null 2>>"$out/log.txt" || { tail -n 20 "$out/log.txt" >&2; exit 1; }
}
SECONDS=0
step "times, in random order"
measure "$threads" "$filter" "$out/results.json"
# Kokkos has one number of threads for as long as it runs; above it was the largest.
names=$(quoin_bench --benchmark_list_tests)
if [[ $names == */kokkos* ]]; then
    for n in "${counts[@]}"; do
        ((n < most)) || continue
        step "times of kokkos on $n threads"
        measure "$n" "^($by_kokkos)/$size/(kokkos|serial|parallel:)" \
            "$out/results-kokkos-$n.json"
    done
fi

step "memory and strips, each in a process of its own"
quoin_bench --threads="$threads" --benchmark_list_tests --benchmark_filter="$probed" | sed 's,/real_time$,,' |
    while read -r name; do quoin_bench --threads="$threads" --probe="$name" </dev/null || true; done >"$out/probes.jsonl"

step "the compiler"
python=/usr/bin/python3
"$python" bench/report/compile_time.py "$out/compile.json" --prefix "$(cmake/setup.sh --print-prefix)"

step "libraries of Python"
failed=0
quoin_bench --images="$out/images" --size="$size"
"${pinned[@]}" "$libraries" bench/peers/peers.py "$out/images" "$out/peers.json" --size "$size" --threads "$most" \
    --quoin build/release/bench/quoin-bench >"$out/peers.txt" || failed=1
rm -r "$out/images"

step "the report"
"$python" bench/report/report.py "$out" || failed=1
exit "$failed"
