#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Prepares a program for a GPU on a machine without one, and runs it where there is one.
#
#   QUOIN_KOKKOS_SOURCE=FOLDER bench/gpu.sh pack
#   bench/gpu.sh run [--self-test]
#   bench/gpu.sh check
#
# pack   builds build/gpu/quoin-gpu with nvcc (12.2 or later) and Kokkos from its sources, which no package has with
#        CUDA. The program needs no library but those of the driver and libc. It has machine code for
#        QUOIN_CUDA_ARCH (default HOPPER90, Kokkos' name of an architecture) and PTX for later ones. Some minutes;
#        intermediate files are left in build/gpu-work.
# run    needs this checkout with build/gpu, a GPU and its driver, and no network: the facts of the device; the
#        self-test, in which every operation of the catalogue and some chains are compared with the bytes of the
#        policy serial; then times at 3840 x 2160 and 7680 x 4320 as a table. "resident": the pixels are in the GPU's
#        memory; "copies": they are copied there and back; "host": the last step is done there. Copies on the device
#        stand beside, and CuPy and PyTorch where Python has them. Everything is also in build/gpu/results.json.
#        It ends after 6 minutes at the latest. Exit status 1: a result differs.
# check  the self-test of the same sources without CUDA: the engine of GPUs on the host's threads.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'gpu: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

pack=build/gpu work=build/gpu-work
pixels=(std::uint8_t std::uint16_t float quoin::rgb8)

# copy_kokkos FOLDER: the sources. Those before 5.0.1 do not know CUDA 13, which dropped sm_70 and changed two calls.
copy_kokkos() {
    local calls=$work/kokkos-source/core/src/Cuda/Kokkos_Cuda_Instance.hpp
    rm -rf "$work/kokkos-source"
    mkdir -p "$work"
    cp -r "$1" "$work/kokkos-source"
    grep -q 'cudaGraphAddDependencies(graph, from, to, numDependencies)' "$calls" || return 0
    ((toolkit_major >= 13)) || return 0
    sed -i "s/^default_arch=\"sm_70\"/default_arch=\"sm_$sm\"/" "$work/kokkos-source/bin/nvcc_wrapper"
    sed -i -e 's/\(cudaGraphAddDependencies(graph, from, to, \)\(numDependencies)\)/\1nullptr, \2/' \
        -e 's/\(cudaMemPrefetchAsync(devPtr, count, \)dstDevice, \(m_stream)\)/\1cudaMemLocation{dstDevice == cudaCpuDeviceId ? cudaMemLocationTypeHost : cudaMemLocationTypeDevice, dstDevice}, 0, \2/' \
        "$calls"
}

build_kokkos() {
    local stamp
    stamp="$1 $arch $("$nvcc" --version | tail -n 1)"
    [[ -e $work/kokkos/stamp && $(<"$work/kokkos/stamp") == "$stamp" ]] && return
    say "building Kokkos for $arch"
    copy_kokkos "$1"
    rm -rf "$work/kokkos-build" "$work/kokkos"
    PATH=$(dirname "$nvcc"):$PATH NVCC_WRAPPER_DEFAULT_COMPILER=g++ cmake \
        -S "$work/kokkos-source" -B "$work/kokkos-build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_STANDARD=20 \
        -DCMAKE_CXX_COMPILER="$PWD/$work/kokkos-source/bin/nvcc_wrapper" -DBUILD_SHARED_LIBS=OFF \
        -DCMAKE_INSTALL_PREFIX="$PWD/$work/kokkos" -DCMAKE_INSTALL_LIBDIR=lib -DKokkos_ENABLE_SERIAL=ON \
        -DKokkos_ENABLE_CUDA=ON "-DKokkos_ARCH_$arch=ON" -DKokkos_ENABLE_TESTS=OFF >"$work/kokkos.log"
    PATH=$(dirname "$nvcc"):$PATH NVCC_WRAPPER_DEFAULT_COMPILER=g++ \
        cmake --build "$work/kokkos-build" --parallel "$jobs" >>"$work/kokkos.log" 2>&1 ||
        die "Kokkos does not build; see $work/kokkos.log"
    cmake --install "$work/kokkos-build" >>"$work/kokkos.log"
    printf '%s' "$stamp" >"$work/kokkos/stamp"
}

do_pack() {
    local source=${QUOIN_KOKKOS_SOURCE:-}
    [[ -e $source/core/src/Kokkos_Core.hpp ]] ||
        die "QUOIN_KOKKOS_SOURCE='$source' has no core/src/Kokkos_Core.hpp; name a folder of Kokkos' sources"
    nvcc=$(command -v nvcc || echo /usr/local/cuda/bin/nvcc)
    [[ -x $nvcc ]] || die "there is no nvcc in the PATH or in /usr/local/cuda; install the CUDA toolkit 12.2 or later"
    toolkit=$(cd "$(dirname "$(readlink -f "$nvcc")")/.." && pwd)
    toolkit_major=$("$nvcc" --version | sed -n 's/.*release \([0-9]*\).*/\1/p')
    arch=${QUOIN_CUDA_ARCH:-HOPPER90} jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
    sm=${arch##*[A-Z]}
    build_kokkos "$source"

    say "compiling the program"
    # Without fused multiplication and addition floating-point pixels have serial's bits, too. The warnings are of
    # functions for both sides that call a host's where they never run on a device.
    export nvcc work
    export flags="-std=c++20 -arch=sm_$sm -fmad=false --extended-lambda --expt-relaxed-constexpr -O2 -x cu
        -diag-suppress 20011,20014 -I include -isystem $work/kokkos/include"
    mkdir -p "$work/objects" "$pack"
    {
        for pixel in "${pixels[@]}"; do
            printf 'operations-%s operations -DQUOIN_GPU_PIXEL=%s\n' "${pixel//:/_}" "$pixel"
        done
        printf '%s\n' 'chains chains' 'main main'
    } | xargs -P "$jobs" -L 1 bash -c '"$nvcc" $flags ${@:3} -c "bench/gpu/$2.cpp" -o "$work/objects/$1.o"' -
    # The stub stands for the driver's library where there is no GPU.
    g++ -static-libstdc++ -static-libgcc "$work"/objects/*.o -o "$pack/quoin-gpu" -L "$work/kokkos/lib" -lkokkoscore \
        -L "$toolkit/lib64" -lcudart_static -L "$toolkit/lib64/stubs" -lcuda -ldl -lpthread -lrt -Wl,--gc-sections
    strip "$pack/quoin-gpu"
    local needed
    needed=$(readelf -d "$pack/quoin-gpu" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | paste -sd ' ')
    say "$pack/quoin-gpu: $(du -h "$pack/quoin-gpu" | cut -f 1); it needs $needed"
}

do_run() {
    [[ -x $pack/quoin-gpu ]] || die "there is no $pack/quoin-gpu; run 'bench/gpu.sh pack' where nvcc is"
    local status=0
    timeout 280 "$pack/quoin-gpu" "$@" --json "$pack/results.json" || status=$?
    ((status != 127)) || die "the program does not start; is the GPU's driver here?"
    [[ " $* " == *" --self-test "* ]] || timeout 70 python3 bench/gpu/peers.py "$pack/results.json" ||
        say "no times of others (needs python3)"
    return "$status"
}

do_check() {
    cmake/setup.sh --kokkos
    local options=()
    # Tests need more than this does; where someone has set them up they stay.
    grep -qs '^QUOIN_BUILD_TESTS:BOOL=ON' build/release/CMakeCache.txt || options=(-D QUOIN_BUILD_TESTS=OFF)
    cmake --preset release "${options[@]}" >/dev/null
    cmake --build build/release --target quoin-gpu-host --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" >&2
    build/release/bench/quoin-gpu-host --self-test
}

case ${1:-} in
    pack | run | check) "do_$1" "${@:2}" ;;
    -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0" ;;
    *) die "say pack, run or check; see --help" ;;
esac
