# SPDX-License-Identifier: BSL-1.0
# What run.sh and report.sh share. To be sourced in the root of the repository.

# build_bench: sets up and builds quoin-bench.
build_bench() {
    cmake/setup.sh --bench --kokkos
    local options=()
    # Tests need more than the benchmarks do; where someone has set them up they stay.
    grep -qs '^QUOIN_BUILD_TESTS:BOOL=ON' build/release/CMakeCache.txt || options=(-D QUOIN_BUILD_TESTS=OFF)
    cmake --preset release "${options[@]}" >/dev/null
    printf 'bench: building (the first time takes minutes)\n' >&2
    cmake --build build/release --target quoin-bench --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" >&2
}

# pin N: sets `pinned` to a command that keeps a program on the first N CPUs that this process may use.
pin() {
    pinned=()
    command -v taskset >/dev/null || return 0
    local cpus
    # "0,2-3" becomes the lines 0, 2 and 3.
    cpus=$(taskset -cp $$ | sed 's/.*: *//' | tr ',' '\n' |
        while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done |
        sed -n "1,$1p" | paste -sd,)
    pinned=(taskset -c "$cpus")
    printf 'bench: measuring on CPU %s\n' "$cpus" >&2
}

# oneTBB and OpenMP keep a pool of threads each: neither may spin while the other works.
quoin_bench() {
    OMP_PROC_BIND=false OMP_WAIT_POLICY=passive "${pinned[@]}" build/release/bench/quoin-bench "$@"
}
