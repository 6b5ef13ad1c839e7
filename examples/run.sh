#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Sets up, builds and shows quoin at work: one table of times under every policy, and pictures to look at.
#
#   examples/run.sh [IMAGE...]
#
# Generates a chip layer with known ground truth, then cuts it, and every image named, into rectangles by both
# methods and runs the chain of five filters over them, under every policy that this machine can build. The
# table says how long each took and whether the output files are byte for byte those of the serial policy.
# Results go to build/out/. The first run builds for minutes what these jobs need, in build/run; a second run takes seconds.
# Where the tests are set up, their build is used.
#
# Environment: QUOIN_RUN_SIDE      width and height of the generated images (default 4096)
#              QUOIN_RUN_REPEAT    evaluations behind each median (default 5)
#              QUOIN_RUN_THREADS   threads of the parallel policies (default: one for each core)
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"
    exit 0
fi

images=()
for image in "$@"; do
    if [[ ! -r $image || -d $image ]]; then
        echo "run: $image cannot be read; name image files (see --help)" >&2
        exit 2
    fi
    images+=("$(realpath "$image")")
done
cd "$(dirname "$0")/.."

side=${QUOIN_RUN_SIDE:-4096}
repeat=${QUOIN_RUN_REPEAT:-5}
threads=${QUOIN_RUN_THREADS:-$(nproc)}
build=build/run
# The operations of the five filters, and of what quoin-filters adds to a chain, are all that these jobs compute, in one
# process: what several processes need is a quarter of the work.
options=(-D QUOIN_BUILD_TESTS=OFF -D QUOIN_BUILD_BENCH=OFF -D QUOIN_BUILD_EXAMPLES_DOCS=OFF
    -D QUOIN_RUNTIME_GROUPS=color,edge,linear,point -D CMAKE_DISABLE_FIND_PACKAGE_MPI=ON)
# The tests need more than these programs do; where someone has set them up they stay.
if grep -qs '^QUOIN_BUILD_TESTS:BOOL=ON' build/release/CMakeCache.txt && [[ -e build/release/build.ninja ]]; then
    build=build/release options=()
fi
bin=$build/examples
out=build/out

# ---- set up and build

cmake/setup.sh --kokkos
prefix=$(cmake/setup.sh --print-prefix)
mkdir -p "$out"
log=$out/build.log
# progress: how far the build is by its log, as a bar on a terminal, elsewhere as a line every few seconds; until the
# script ends or ends it.
progress() {
    local step done_steps all filled bar began=$SECONDS said=$SECONDS
    while kill -0 $$ 2>/dev/null; do
        sleep 0.5
        step=$(tail -c 4096 "$log" 2>/dev/null | grep -ao '^\[[0-9]*/[0-9]*\]' | tail -n 1) || continue
        step=${step//[\[\]]/} done_steps=${step%/*} all=${step#*/}
        if [[ -t 2 ]]; then
            filled=$((done_steps * 40 / all))
            printf -v bar '%*s' "$filled" ''
            printf -v bar '%s%*s' "${bar// /#}" $((40 - filled)) ''
            printf '\r\033[K[%s] %d/%d, %d s' "${bar// /.}" "$done_steps" "$all" $((SECONDS - began)) >&2
        elif ((SECONDS >= said + 5)); then
            said=$SECONDS
            printf 'building: %d of %d, %d s\n' "$done_steps" "$all" $((SECONDS - began)) >&2
        fi
    done
}

echo "building (log: $log)" >&2
: >"$log"
progress &
shows=$!
began=$SECONDS failed=0
{
    CMAKE_PREFIX_PATH=$prefix${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH} cmake --preset release -B "$build" "${options[@]}" &&
        cmake --build "$build" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" \
            --target quoin-synth quoin-segment quoin-filters
} >"$log" 2>&1 || failed=1
kill "$shows" 2>/dev/null || true
wait "$shows" 2>/dev/null || true
if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
if ((failed)); then
    tail -n 40 "$log" >&2
    echo "run: the build failed; all of it is in $log" >&2
    exit 1
fi
echo "built in $((SECONDS - began)) s" >&2

# ---- what to work on

layer=$out/layer.png
color=$out/color.png
generated=$out/generated # holds the side of the images that are there
if [[ $bin/quoin-synth -nt $generated || $(cat "$generated") != "$side" ]]; then
    "$bin/quoin-synth" --width "$side" --height "$side" --seed 7 --out "$layer" --truth "$out/layer-truth.csv"
    "$bin/quoin-synth" --width "$side" --height "$side" --seed 7 --out "$color" --rgb
    echo "$side" >"$generated"
fi

all_policies=(serial simd parallel parallel_simd kokkos)
mapfile -t policies < <("$bin/quoin-segment" --list-policies | grep -vx mpi)
has_policy() { [[ " ${policies[*]} " == *" $1 "* ]]; }

# ---- the jobs

# value KEY LINE: the value of a key in a line of JSON as the executables print it.
value() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p" <<<"$2"; }

row() { printf '%-26s %-14s %7s %11s %9s %9s  %s\n' "$@"; }

failed=0
# job NAME FILE COMMAND...: runs the command under every policy. It must write FILE/<policy>/ and print a line of
# JSON; FILE is a folder.
job() {
    local name=$1 folder=$2 policy line ms pixels serial_ms='' same
    shift 2
    rm -rf "$folder"
    for policy in "${all_policies[@]}"; do
        if ! has_policy "$policy"; then
            row "$name" "$policy" - - - - "not in this build, see below"
            continue
        fi
        mkdir -p "$folder/$policy"
        if ! line=$("$@" "$folder/$policy" --policy "$policy" --threads "$threads" --repeat "$repeat" --time); then
            row "$name" "$policy" - - - - FAILED
            failed=1
            continue
        fi
        ms=$(value ms_median "$line")
        pixels=$(value pixels "$line")
        if [[ -z $pixels ]]; then pixels=$(($(value width "$line") * $(value height "$line"))); fi
        if [[ $policy == serial ]]; then
            serial_ms=$ms same=reference
        elif diff -rq "$folder/serial" "$folder/$policy" >/dev/null; then
            same=same
        else
            same=DIFFERENT failed=1
        fi
        # shellcheck disable=SC2046  # four words
        row "$name" "$policy" "$(value threads "$line")" \
            $(awk -v ms="$ms" -v n="$pixels" -v s="$serial_ms" \
                'BEGIN { printf "%.3f %.1f %s", ms, n / 1000 / ms, s == "" ? "-" : sprintf("%.2f", s / ms) }') "$same"
    done
}

# The last argument of each is the folder that job() adds, before the options.
segment() {
    local image=$1 method=$2 folder=$3
    shift 3
    "$bin/quoin-segment" "$image" --open 1 --fill-holes 30 --min-area 60 --method "$method" \
        --rects "$folder/rectangles.csv" --components "$folder/components.csv" "$@"
}
filters() {
    local image=$1 folder=$2
    shift 2
    "$bin/quoin-filters" "$image" --out "$folder" "$@"
}

echo
row job policy threads "ms (median)" Mpx/s speed-up "bytes equal serial's"
row --- ------ ------- ----------- ----- -------- --------------------
jobs_on() {
    local label=$1 image=$2 picture=$3
    job "$label: run-merge" "$out/$label/run-merge" segment "$image" run-merge
    job "$label: minimum" "$out/$label/minimum" segment "$image" minimum
    job "$label: five filters" "$out/$label/filters" filters "$picture"
}
jobs_on layer "$layer" "$color"
labels=(layer)
number=0
for image in "${images[@]}"; do
    number=$((number + 1))
    label=$number-$(basename "${image%.*}")
    labels+=("$label")
    jobs_on "$label" "$image" "$image"
done

# ---- what stays

echo
if ! has_policy kokkos; then
    echo "kokkos is not in this build: no package of Kokkos 4.7 or later could be had here. With a source tree of Kokkos"
    echo "(5.0.1 or later): QUOIN_KOKKOS_SOURCE=<that folder> examples/run.sh"
fi
for policy in simd parallel parallel_simd; do
    has_policy "$policy" || echo "$policy is not in this build: cmake/setup.sh installs what it needs on Debian 12 and 13"
done
show() { printf '  %-22s %s\n' "$1" "$(realpath --relative-base=. "$2")"; }
for i in "${!labels[@]}"; do
    label=${labels[i]}
    if ((i == 0)); then image=$layer; else image=${images[i - 1]}; fi
    "$bin/quoin-segment" "$image" --open 1 --fill-holes 30 --min-area 60 --method minimum \
        --overlay "$out/$label/overlay.png" --rects "$out/$label/rectangles.json" >"$out/$label/summary.txt"
    echo "$label:"
    cat "$out/$label/summary.txt"
    show "image" "$image"
    show "rectangles drawn" "$out/$label/overlay.png"
    show "rectangles, CSV" "$out/$label/minimum/serial/rectangles.csv"
    show "rectangles, JSON" "$out/$label/rectangles.json"
    show "components, CSV" "$out/$label/minimum/serial/components.csv"
    show "filtered picture" "$(find "$out/$label/filters/serial" -name '*.png')"
done
echo "ground truth of the layer: $out/layer-truth.csv"

if ((failed)); then
    echo "run: a job failed, or its bytes differ from serial's" >&2
    exit 1
fi
