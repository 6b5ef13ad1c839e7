#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Sets up, builds and runs the whole test suite, on a fresh Debian 12 or 13, as root or with sudo.
#
#   tests/run.sh [PRESET]      release (the default), baseline, debug or asan-ubsan; see CMakePresets.json
#
# cmake/setup.sh says what it installs before it does. The build lies in build/PRESET, the results in
# build/PRESET/tests.xml, what compiling took in build/PRESET/compile-times.tsv; both are summed up at the end. Every
# skipped test is named with its reason; the last line is
# `N passed, N failed, N skipped`. The exit status is 0 when nothing failed.
# Environment: QUOIN_DATA                    the folder of the real images (default ../shared/data)
#              CMAKE_BUILD_PARALLEL_LEVEL   how many jobs at a time (default: one for each core)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=${1:-release}
case $preset in
    -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
results=$PWD/build/$preset/tests.xml

components=(--test --kokkos --docs) options=(-D QUOIN_BUILD_TESTS=ON) # examples/run.sh leaves them out
if [[ $preset == release ]]; then
    components+=(--python --mpi --serve)
    options+=(-D QUOIN_BUILD_PYTHON=ON)
fi
cmake/setup.sh "${components[@]}"
if [[ $preset == release ]]; then # beside the build, since PyPI may be slow; without them their tests are skipped
    spread_log=$(mktemp)
    trap 'rm -f "$spread_log"' EXIT
    cmake/setup.sh --spread >"$spread_log" 2>&1 </dev/null &
    spread=$!
fi
cmake --preset "$preset" "${options[@]}"
cmake --build --preset "$preset" --parallel "$jobs"
if [[ $preset == release ]]; then
    wait "$spread" || tail -n 20 "$spread_log"
fi

rm -f "$results"
status=0
ctest --preset "$preset" --parallel "$jobs" --output-junit "$results" || status=$?
python3 tests/summary.py "$results" "$status"
