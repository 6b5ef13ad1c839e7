#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Compiles the CUDA tests with nvcc, links them where the CUDA Kokkos is whole, runs them where a GPU is.
#
#   cmake/cuda-check.sh
#
# Every tests/cuda/*.cpp is a program of its own. Kokkos with CUDA comes from cmake/setup.sh --cuda: all of
# it, or its headers alone; the headers are enough to compile every kernel to machine code (QUOIN_CUDA_ARCH,
# default HOPPER90), but not to link. Ends with one line `N passed, N failed, N skipped`, a source each;
# without nvcc 12.2 or any CUDA Kokkos all are skipped, with the reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'cuda-check: %s\n' "$*"; }
finish() {
    printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"
    exit $(($2 > 0))
}

shopt -s nullglob
sources=(tests/cuda/*.cpp)
if ((${#sources[@]} == 0)); then
    say "there is no tests/cuda/*.cpp to compile"
    finish 0 1 0
fi

cmake/setup.sh --cuda
kokkos=$(cmake/setup.sh --print-cuda-prefix)
nvcc=$(command -v nvcc || echo /usr/local/cuda/bin/nvcc)
if [[ ! -x $nvcc || ! -d $kokkos/include/kokkos ]]; then
    say "skipped: no nvcc 12.2 or no Kokkos with CUDA here (cmake/setup.sh --cuda says which)"
    finish 0 0 "${#sources[@]}"
fi
toolkit=$(cd "$(dirname "$(readlink -f "$nvcc")")/.." && pwd)
arch=${QUOIN_CUDA_ARCH:-HOPPER90}
flags=(-std=c++20 "-arch=sm_${arch##*[A-Z]}" --extended-lambda --expt-relaxed-constexpr -Xcompiler -fopenmp -O2)
flags+=(-I include -isystem "$kokkos/include/kokkos")
# The stub stands for the driver's library where there is no GPU.
libraries=(-L "$kokkos/lib" -lkokkoscontainers -lkokkoscore -L "$toolkit/lib64/stubs" -lcuda -ldl)
steps=(compile)
if [[ -e $kokkos/lib/libkokkoscore.a ]]; then
    steps+=(link)
    if nvidia-smi -L >/dev/null 2>&1; then steps+=(run); fi
fi
build=build/cuda
mkdir -p "$build"

do_step() {
    local step=$1 source=$2 program=$3
    case $step in
        compile) "$nvcc" "${flags[@]}" -x cu -c "$source" -o "$program.o" ;;
        link) "$nvcc" "${flags[@]}" "$program.o" "${libraries[@]}" -o "$program" ;;
        run) "$program" ;;
    esac
}

passed=0 failed=0
for source in "${sources[@]}"; do
    start=$SECONDS
    result="ok: ${steps[*]}"
    for step in "${steps[@]}"; do
        if ! do_step "$step" "$source" "$build/$(basename "$source" .cpp)"; then
            result="FAILED to $step"
            break
        fi
    done
    if [[ $result == ok* ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    say "$source $result ($((SECONDS - start)) s)"
done
finish "$passed" "$failed" 0
