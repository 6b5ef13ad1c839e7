#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Compiles tests for 64-bit Arm and runs them under qemu, on a fresh Debian 12 or 13, as root or with sudo.
#
#   cmake/arm64-check.sh
#
# cmake/setup.sh --arm64 says what it installs before it does. Of the tests those are taken that meet the
# vectors (NEON) and compile in a few minutes; the list is below. All of them are the preset arm64. The build
# lies in build/arm64-check. Ends with one line `N passed, N failed, N skipped`; the exit status is 0 when
# nothing failed. Where cmake/setup.sh installs nothing all are skipped, with the reason.
# Environment: CMAKE_BUILD_PARALLEL_LEVEL   how many jobs at a time (default: one for each core)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The sources in each folder of tests/: regular expressions of their paths there.
declare -A tested=(
    [lanes]='.*'
    [filter]='edge/sobel|linear/(box|correlate|gaussian5)'
    [geometry]='crop|pyramid_down|resize|resize_chains|transpose|warp_affine'
    [engine]='pixels|lines|border'
    [mask]='local_threshold|morphology|to_bits|runs'
    [label]='components|label_image|region_properties'
    [rect]='run_merge|segmenter'
)
# A test of these sources that qemu needs half a minute for.
left_out='box: the largest square'

say() { printf 'arm64-check: %s\n' "$*"; }
finish() {
    printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"
    exit $(($2 > 0))
}

build=build/arm64-check
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
programs=() sources=() labels=()
for folder in "${!tested[@]}"; do
    programs+=("test-$folder")
    sources+=("$folder/(${tested[$folder]})[.]cpp")
    labels+=("$folder")
done
any_of() { (IFS='|' && printf '%s' "$*"); }

cmake/setup.sh --arm64
if [[ ! -d $(cmake/setup.sh --print-arm64-prefix) ]]; then
    say "skipped: it needs what cmake/setup.sh --arm64 installs on Debian 12 and 13"
    finish 0 0 "${#tested[@]}"
fi

say "compiling tests of ${labels[*]}"
start=$SECONDS
if ! cmake --preset arm64 -B "$build" -D QUOIN_TEST_SOURCES="$(any_of "${sources[@]}")" ||
    ! cmake --build "$build" --parallel "$jobs" --target "${programs[@]}"; then
    say "FAILED to compile"
    finish 0 1 0
fi
say "compiled ($((SECONDS - start)) s)"

start=$SECONDS
results=$PWD/$build/tests.xml
rm -f "$results"
status=0
ctest --test-dir "$build" -L "^($(any_of "${labels[@]}"))$" -E "$left_out" --no-tests=error --output-on-failure \
    --parallel "$jobs" --output-junit "$results" || status=$?
say "ran ($((SECONDS - start)) s)"
python3 tests/summary.py "$results" "$status"
