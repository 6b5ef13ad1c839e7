#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Builds the fuzzers and runs each for a while, one on each core, on a fresh Debian 12 or 13, as root or with sudo.
#
#   tests/fuzz/run.sh [SECONDS [TARGET...]]      60 seconds and all targets where nothing else is said
#
# Each starts from tests/fuzz/corpus/TARGET and from what earlier runs have found in build/fuzz/corpus/TARGET, which grows. An
# input that breaks something is kept in build/fuzz/findings; build/fuzz/tests/fuzz/fuzz-TARGET FILE runs it again. The last
# line is `N passed, N failed, N skipped`, counting targets; the exit status is 0 when nothing failed.
# Environment: CMAKE_BUILD_PARALLEL_LEVEL   how many jobs at a time (default: one for each core)
#              QUOIN_FUZZ_SEED              the seed of the mutations (default: another one each time)
set -euo pipefail

case ${1:-} in
    -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}
targets=("${@:2}")
if ((${#targets[@]} == 0)); then
    for source in tests/fuzz/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi

jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}

cmake/setup.sh --fuzz
cmake --preset fuzz
cmake --build --preset fuzz --parallel "$jobs" --target "${targets[@]/#/fuzz-}"

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# fuzz TARGET: runs it, says what came out, and leaves a file where nothing was found.
fuzz() {
    local target=$1 log=$logs/$1 found=build/fuzz/corpus/$1 status=0 executions entropic=1
    # To weigh what is rare takes longer than the inputs, where these are small or each reaches most of the code.
    case $target in chain | decode | pipeline | segment) entropic=0 ;; esac
    mkdir -p "$found" build/fuzz/findings
    "build/fuzz/tests/fuzz/fuzz-$target" -seed="${QUOIN_FUZZ_SEED:-0}" -max_total_time="$seconds" -max_len=4096 \
        -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 -entropic="$entropic" \
        -artifact_prefix="build/fuzz/findings/$target-" "$found" "tests/fuzz/corpus/$target" \
        >"$log" 2>&1 </dev/null || status=$?
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if ((status == 0)) && [[ -n $executions ]]; then
        printf 'fuzz/%s: %s executions in %s s, nothing found\n' "$target" "$executions" "$seconds"
        touch "$log.passed"
    else
        printf '%s\n' "$(tail -n 60 "$log")" "fuzz/$target: FAILED with status $status"
    fi
}

for target in "${targets[@]}"; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
    fuzz "$target" &
done
wait

passed=0
for target in "${targets[@]}"; do if [[ -e $logs/$target.passed ]]; then passed=$((passed + 1)); fi; done
failed=$((${#targets[@]} - passed))
printf '%d passed, %d failed, 0 skipped\n' "$passed" "$failed"
((failed == 0))
