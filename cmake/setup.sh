#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs what quoin needs on Debian 12 or 13: packages by apt, newer ones into a private prefix.
#
#   cmake/setup.sh [--test] [--bench] [--docs] [--fuzz] [--python] [--mpi] [--serve] [--spread] [--packages] [--kokkos] [--cuda] [--arm64]
#                                                             as root, or with sudo
#   cmake/setup.sh --print-prefix | --print-cuda-prefix | --print-arm64-prefix   prints a folder, installs nothing
#   cmake/setup.sh --print-mirror                             prints the URI of the mirror that apt uses
#
#   (none)     g++, CMake, Ninja, xsimd, oneTBB, stb, libtiff, libjpeg-turbo, libpng, CLI11, nlohmann-json: library
#              and executables
#   --test     Catch2, Google Benchmark, clang (tests of error messages), and OpenCV, Pillow and NumPy for
#              /usr/bin/python3, which may not be the python3 of the PATH
#   --bench    Google Benchmark and OpenCV for C++
#   --docs     pandoc, for the pages of docs/build.sh
#   --fuzz     clang with libFuzzer
#   --python   nanobind, NumPy, pytest, hypothesis and venv for /usr/bin/python3: the Python package and its tests
#   --mpi      Open MPI
#   --serve    Boost, prometheus-cpp, toml++, OpenSSL, xxHash and hiredis: quoin-serve
#   --spread   Dask, Celery, Ray and zarr from PyPI in an environment of their own, and redis-server by apt, which starts
#              it: the tests of examples/spread with these engines, and the test that reads what MPI writes by zarr
#   --packages Conan from PyPI in an environment of its own, and lintian by apt: the tests of tests/packages with these
#   --kokkos   Kokkos 5 with OpenMP
#   --cuda     Kokkos with CUDA, where nvcc 12.2 or later is installed; own prefix
#   --arm64    a cross compiler for 64-bit Arm, qemu that runs its programs, and Catch2, oneTBB and xsimd for it;
#              own prefix, which cmake/arm64.cmake names to CMake
#
# To build with the result (the prefix is empty, and harmless, where the system has everything):
#
#   cmake/setup.sh --test --kokkos
#   CMAKE_PREFIX_PATH=$(cmake/setup.sh --print-prefix) cmake --preset release
#
# It says on stderr what it is about to install before it does; where nothing is missing it ends at once and
# needs no rights. Without any Kokkos it still succeeds and says in one line how to get one.
#
# What a suite has too old comes from a newer suite of the mirror that this machine's apt already uses,
# through an apt state of its own: the system's sources, lists and packages stay as they are, signatures are
# checked with the Debian archive keyring, and the packages are only unpacked. So are libraries for 64-bit Arm.
#   Debian 12: xsimd 13 and nanobind 2.5 (trixie), Catch2 3.7 (bookworm-backports), Kokkos 5 (sid)
#   Debian 13: Kokkos 5 (sid)
# sid's Kokkos needs a newer glibc and libstdc++ than Debian 12 has. It brings trixie's along, and
# Kokkos::kokkos then carries link options by which programs that use it start with them.
#
# Environment: QUOIN_CACHE           where private files go (default ${XDG_CACHE_HOME:-~/.cache}/quoin)
#              QUOIN_KOKKOS_SOURCE   a Kokkos source tree (4.7 or later) to build instead of the packages
#              QUOIN_CUDA_ARCH       Kokkos' name of the GPU to build for (default HOPPER90)
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# shellcheck source=/dev/null
mapfile -t os < <(. /etc/os-release && printf '%s\n' "${ID:-}" "${VERSION_ID:-}" "${VERSION_CODENAME:-}")
id=${os[0]:-unknown} release=${os[1]:-0} codename=${os[2]:-}
base=${QUOIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quoin}/$id-$release
prefix=$base/prefix
cuda_prefix=$base/kokkos-cuda
arm64_prefix=$base/arm64
kokkos_source=${QUOIN_KOKKOS_SOURCE:-}

# The URI from which this machine's apt takes its own suite. A mirror+file: source names a list of them.
mirror() {
    local uri
    # shellcheck disable=SC2016  # apt's variables, not bash's
    uri=$(apt-get indextargets --format '$(RELEASE) $(SITE)' 'Created-By: Packages' |
        awk -v suite="$codename" '$1 == suite && !found { print $2; found = 1 }')
    if [[ $uri == mirror+file:* ]]; then
        uri=$(awk '/^[a-z]+:/ { print $1; exit }' "${uri#mirror+file:}")
    fi
    if [[ -z $uri ]]; then
        say "apt has no source for '$codename' on this machine: no mirror to derive"
        return 1
    fi
    printf '%s\n' "$uri"
}

want_test=0 want_bench=0 want_docs=0 want_fuzz=0 want_python=0 want_mpi=0 want_serve=0 want_spread=0 want_packages=0 want_kokkos=0 want_cuda=0 want_arm64=0
for argument in "$@"; do
    case $argument in
        --test) want_test=1 ;;
        --bench) want_bench=1 ;;
        --docs) want_docs=1 ;;
        --fuzz) want_fuzz=1 ;;
        --python) want_python=1 ;;
        --mpi) want_mpi=1 ;;
        --serve) want_serve=1 ;;
        --spread) want_spread=1 ;;
        --packages) want_packages=1 ;;
        --kokkos) want_kokkos=1 ;;
        --cuda) want_cuda=1 ;;
        --arm64) want_arm64=1 ;;
        --print-prefix) printf '%s\n' "$prefix"; exit 0 ;;
        --print-cuda-prefix) printf '%s\n' "$cuda_prefix"; exit 0 ;;
        --print-arm64-prefix) printf '%s\n' "$arm64_prefix"; exit 0 ;;
        --print-mirror) mirror; exit ;;
        -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) say "unknown option '$argument'; see --help"; exit 2 ;;
    esac
done
if [[ $id != debian || ! $release =~ ^1[23]$ ]]; then
    say "this is $id $release, not Debian 12 or 13: nothing installed. Needed: g++ >= 12, CMake >= 3.25," \
        "Ninja, xsimd >= 13, oneTBB, stb, libtiff, libjpeg-turbo, libpng, CLI11, nlohmann-json, Catch2 3, Google Benchmark, Kokkos >= 4.7"
    exit 0
fi

# ---- what is wanted and what of it is missing

packages=(g++ cmake ninja-build libtbb-dev libstb-dev libtiff-dev libjpeg-dev libpng-dev libcli11-dev nlohmann-json3-dev)
private=()
if ((release == 12)); then private+=(xsimd); else packages+=(libxsimd-dev); fi
if ((want_test)); then
    packages+=(libbenchmark-dev clang python3 python3-opencv python3-pil python3-numpy)
    if ((release == 12)); then private+=(catch2); else packages+=(libcatch2-dev); fi
fi
if ((want_bench)); then packages+=(libbenchmark-dev libopencv-dev python3); fi
if ((want_docs)); then packages+=(pandoc python3); fi
if ((want_fuzz)); then packages+=(clang libclang-rt-dev); fi
if ((want_python)); then
    packages+=(python3-dev python3-venv python3-numpy python3-pytest python3-hypothesis)
    if ((release == 12)); then private+=(nanobind); else packages+=(nanobind-dev); fi
fi
if ((want_mpi)); then packages+=(libopenmpi-dev openmpi-bin); fi
if ((want_serve)); then
    if ((release == 12)); then packages+=(libboost1.81-dev); else packages+=(libboost-dev); fi
    packages+=(prometheus-cpp-dev libtomlplusplus-dev libssl-dev libxxhash-dev libhiredis-dev)
fi
if ((want_spread)); then
    packages+=(python3-venv redis-server)
    private+=(spread)
fi
if ((want_packages)); then
    packages+=(python3-venv lintian dpkg-dev pkg-config)
    private+=(packages)
fi
if ((want_kokkos)); then private+=(kokkos); fi
if ((want_arm64)); then
    packages+=(g++-aarch64-linux-gnu qemu-user python3)
    private+=(arm64)
fi

nvcc=$(command -v nvcc || { [[ -x /usr/local/cuda/bin/nvcc ]] && echo /usr/local/cuda/bin/nvcc; } || true)
if ((want_cuda)); then
    if [[ -z $nvcc ]]; then
        say "no nvcc here: Kokkos with CUDA left out (it needs the CUDA toolkit 12.2 or later)"
    elif ! "$nvcc" --version | sed -n 's/.*release \([0-9.]*\).*/12.2 \1/p' | tr ' ' '\n' | sort -CV; then
        say "$nvcc is older than 12.2: Kokkos with CUDA left out"
    else
        private+=(kokkos-cuda)
    fi
fi

prefix_of() {
    case $1 in
        kokkos-cuda) echo "$cuda_prefix" ;;
        arm64) echo "$arm64_prefix" ;;
        spread | packages) echo "$base/$1" ;;
        *) echo "$prefix" ;;
    esac
}
stamp_of() { echo "$(prefix_of "$1")/.quoin/$1"; }
# Done, and from the Kokkos source that is asked for, if one is.
is_done() {
    local stamp
    stamp=$(stamp_of "$1")
    [[ -e $stamp ]] && { [[ $1 != kokkos* || -z $kokkos_source ]] || grep -qxF "$kokkos_source" "$stamp"; }
}
missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}
# Marks a Kokkos that could not be had, so that the next runs do not try again for a day.
unavailable_of() { echo "$base/$1-unavailable"; }
say_unavailable() {
    say "no $1 on this machine; to have it, get a Kokkos source tree (5.0.1 or later) and run" \
        "QUOIN_KOKKOS_SOURCE=<that folder> cmake/setup.sh --${1#kokkos-}"
}
missing_private() {
    local name
    for name in "${private[@]}"; do
        if is_done "$name"; then
            continue
        elif [[ -z $kokkos_source && -n $(find "$(unavailable_of "$name")" -mmin -1440 2>/dev/null) ]]; then
            say_unavailable "$name"
        else
            echo "$name"
        fi
    done
}
mapfile -t todo < <(missing_packages)
mapfile -t todo_private < <(missing_private)
if ((${#todo[@]} + ${#todo_private[@]} == 0)); then
    exit 0
fi
if ((${#todo[@]})); then say "will install by apt: ${todo[*]}"; fi
if ((${#todo_private[@]})); then say "will put into $base: ${todo_private[*]}"; fi

# ---- packages of this suite, by the system's apt

if ((${#todo[@]})); then
    if ((EUID == 0)); then
        root=(env)
    elif command -v sudo >/dev/null; then
        root=(sudo env)
    else
        die "run this as root (there is no sudo here), or install by hand: ${todo[*]}"
    fi
    root+=(DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
    "${root[@]}" update >&2 </dev/null || say "apt-get update failed; trying with the lists that are there"
    "${root[@]}" install -y --no-install-recommends "${todo[@]}" >&2 </dev/null
fi
if ((${#todo_private[@]} == 0)); then
    exit 0
fi

# ---- packages of newer suites, unpacked into the private prefix

mkdir -p "$base"
exec 9>"$base/lock"
flock 9
mapfile -t todo_private < <(missing_private)
work=$(mktemp -d "$base/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

architecture=$(dpkg --print-architecture)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
private_options=(
    -q -o Dir::State="$work/state" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache"
    -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=3
    -o APT::Architectures::="$architecture" -o APT::Architectures::=arm64
)

# private_update SUITE...: reads the lists of these suites of the mirror, of SUITE-src those of its sources, of
# SUITE-arm64 those of its packages for 64-bit Arm.
private_update() {
    local uri suite
    uri=$(mirror) || return 1
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
    : >"$work/status"
    : >"$work/sources.list"
    for suite in "$@"; do
        if [[ $suite == *-src ]]; then
            echo "deb-src [target=Sources signed-by=$keyring] $uri ${suite%-src} main"
        elif [[ $suite == *-arm64 ]]; then
            echo "deb [arch=arm64 target=Packages signed-by=$keyring] $uri ${suite%-arm64} main"
        else
            echo "deb [arch=$architecture target=Packages signed-by=$keyring] $uri $suite main"
        fi
    done >>"$work/sources.list"
    # One suite that the mirror lacks must not stop the others; what is then missing fails in fetch.
    apt-get "${private_options[@]}" update >&2 </dev/null || true
}

# fetch DIR PACKAGE/SUITE...: downloads and unpacks into DIR.
fetch() {
    local into=$1 deb
    shift
    rm -rf "$work/debs"
    mkdir -p "$into" "$work/debs"
    (cd "$work/debs" && apt-get "${private_options[@]}" download "$@" >&2 </dev/null) || return 1
    for deb in "$work/debs"/*.deb; do
        say "unpacking $(basename "$deb" | sed 's/%3a/:/; s/_[^_]*$//; s/_/ /')"
        dpkg-deb -x "$deb" "$into" || return 1
    done
}

# put_in_place NAME DIR: copies DIR into its prefix and marks NAME as done.
put_in_place() {
    local stamp
    stamp=$(stamp_of "$1")
    if [[ $(prefix_of "$1") != "$prefix" ]]; then rm -rf "$(prefix_of "$1")"; fi
    mkdir -p "$(dirname "$stamp")"
    cp -a "$2/." "$(dirname "$stamp")/../"
    printf '%s\n' "${QUOIN_KOKKOS_SOURCE:-packages}" >"$stamp"
}

install_xsimd() {
    fetch "$work/xsimd" libxsimd-dev/trixie xtl-dev/trixie && put_in_place xsimd "$work/xsimd/usr"
}

install_nanobind() {
    fetch "$work/nanobind" {nanobind,robin-map}-dev/trixie && put_in_place nanobind "$work/nanobind/usr"
}

install_catch2() {
    fetch "$work/catch2" libcatch2-dev/bookworm-backports && put_in_place catch2 "$work/catch2/usr"
}

# install_environment NAME PACKAGE...: an environment of Python; one cannot be moved, so it is made in its place. An index
# that gives no packages within five minutes is asked once more.
install_environment() {
    local into install
    into=$(prefix_of "$1")
    rm -rf "$into"
    /usr/bin/python3 -m venv "$into" >&2 || return 1
    install=(timeout 300 "$into/bin/pip" install --quiet --disable-pip-version-check "${@:2}")
    if ! "${install[@]}" >&2; then
        say "no packages from pip's index; once more"
        "${install[@]}" >&2 || return 1
    fi
    mkdir -p "$into/.quoin" && echo packages >"$into/.quoin/$1"
}

install_arm64() {
    local catch2=$codename
    if ((release == 12)); then catch2=bookworm-backports; fi
    fetch "$work/arm64" libcatch2-dev:arm64/"$catch2" libxsimd-dev:arm64/trixie xtl-dev/trixie \
        {libtbb-dev,libtbb12,libtbbmalloc2,libtbbbind-2-5}:arm64/"$codename" && put_in_place arm64 "$work/arm64/usr"
}

# Builds and runs a team kernel with scratch memory against the Kokkos in the prefix $1.
kokkos_works() {
    mkdir -p "$work/check"
    cat >"$work/check/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(check CXX)
find_package(Kokkos 4.7 REQUIRED)
add_executable(check check.cpp)
target_link_libraries(check PRIVATE Kokkos::kokkos)
END
    cat >"$work/check/check.cpp" <<'END'
#include <Kokkos_Core.hpp>

struct reversed_ranks {
    Kokkos::View<int*> out;
    template <class Member>
    KOKKOS_FUNCTION void operator()(const Member& member) const {
        int* scratch = static_cast<int*>(member.team_shmem().get_shmem(64 * sizeof(int)));
        const int rank = static_cast<int>(member.league_rank());
        Kokkos::parallel_for(Kokkos::TeamThreadRange(member, 64), [&](int i) { scratch[i] = i * rank; });
        member.team_barrier();
        Kokkos::parallel_for(Kokkos::TeamThreadRange(member, 64),
                             [&](int i) { out(rank * 64 + i) = scratch[63 - i]; });
    }
};

int main(int argc, char** argv) {
    Kokkos::ScopeGuard guard(argc, argv);
    Kokkos::View<int*> out("out", 6400);
    Kokkos::TeamPolicy<> policy(100, Kokkos::AUTO);
    Kokkos::parallel_for(policy.set_scratch_size(0, Kokkos::PerTeam(512)), reversed_ranks{out});
    auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), out);
    long sum = 0;
    for (int i = 0; i < 6400; ++i) sum += host(i);
    return sum == 2016L * 4950L ? 0 : 1;
}
END
    CMAKE_PREFIX_PATH=$1 cmake -S "$work/check" -B "$work/check/build" -G Ninja -DCMAKE_BUILD_TYPE=Release &&
        cmake --build "$work/check/build" && OMP_PROC_BIND=false "$work/check/build/check"
} >"$work/check.log" 2>&1 </dev/null

# The package's CMake files name /usr/include and two static archives that it does not ship.
repair_kokkos_package() {
    local lib=$1 name
    # shellcheck disable=SC2016  # CMake's variable, not bash's
    sed -i 's|"/usr/include/kokkos|"${_IMPORT_PREFIX}/include/kokkos|' "$lib/cmake/Kokkos/KokkosTargets.cmake"
    for name in kokkosalgorithms kokkossimd; do
        [[ -e $lib/lib$name.a || -e $lib/lib$name.so ]] || printf '!<arch>\n' >"$lib/lib$name.a"
    done
}

# Brings trixie's C and C++ run-time libraries, and makes programs that link Kokkos start with them.
add_kokkos_runtime() {
    local lib=$1 loader
    fetch "$work/runtime" libc6/trixie libstdc++6/trixie libgcc-s1/trixie libgomp1/trixie || return 1
    mkdir -p "$lib/kokkos-runtime"
    cp -a "$work/runtime/usr/lib/$(basename "$lib")"/*.so* "$lib/kokkos-runtime/"
    loader=$(cd "$lib/kokkos-runtime" && echo ld-linux*.so.*)
    cat >>"$lib/cmake/Kokkos/KokkosConfig.cmake" <<END

# Added by quoin's cmake/setup.sh: this Kokkos needs newer run-time libraries than the system's.
get_filename_component(_kokkos_runtime "\${CMAKE_CURRENT_LIST_DIR}/../../kokkos-runtime" ABSOLUTE)
set_property(TARGET Kokkos::kokkos APPEND PROPERTY INTERFACE_LINK_OPTIONS
  "LINKER:--dynamic-linker=\${_kokkos_runtime}/$loader"
  "LINKER:--disable-new-dtags,-rpath,\${_kokkos_runtime}"
  "LINKER:--allow-shlib-undefined")
unset(_kokkos_runtime)
END
}

# build_kokkos BUILD PREFIX OPTION...: builds $kokkos_source and installs it.
build_kokkos() {
    local build=$1 into=$2
    shift 2
    say "building Kokkos from source (minutes)"
    cmake -S "$kokkos_source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$into" \
        -DCMAKE_INSTALL_INCLUDEDIR=include/kokkos -DCMAKE_INSTALL_LIBDIR=lib \
        -DCMAKE_CXX_STANDARD=20 -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_SHARED_LIBS=OFF \
        -DKokkos_ENABLE_SERIAL=ON -DKokkos_ENABLE_OPENMP=ON -DKokkos_ENABLE_TESTS=OFF "$@" >&2 &&
        cmake --build "$build" --parallel "$(nproc)" >&2 && cmake --install "$build" >/dev/null
}

install_kokkos() {
    local lib library
    if [[ -n $kokkos_source ]]; then
        build_kokkos "$work/kokkos-build" "$work/kokkos/usr" || return 1
    else
        library=$(apt-cache "${private_options[@]}" show libkokkos-dev 2>/dev/null |
            sed -n 's/^Depends:.*\(libkokkos[0-9.]*\).*/\1/p' | head -n 1)
        [[ -n $library ]] || return 1
        fetch "$work/kokkos" libkokkos-dev/sid "$library"/sid || return 1
        lib=$(dirname "$(dirname "$(find "$work/kokkos/usr/lib" -type d -path '*/cmake/Kokkos')")")
        repair_kokkos_package "$lib" || return 1
        if ((release == 12)); then add_kokkos_runtime "$lib" || return 1; fi
    fi
    if ! kokkos_works "$work/kokkos/usr"; then
        say "the check of Kokkos failed:"
        tail -n 20 "$work/check.log" >&2
        return 1
    fi
    rm -rf "$prefix"/include/kokkos "$prefix"/lib/{,*/}{cmake/Kokkos,libkokkos*,kokkos-runtime}
    put_in_place kokkos "$work/kokkos/usr"
}

# The CUDA part of sid's headers, switched on: enough for nvcc to compile to machine code, not to link.
install_kokkos_cuda_headers() {
    local headers=$work/kokkos-cuda-headers/usr/include/kokkos arch=${QUOIN_CUDA_ARCH:-HOPPER90} name
    fetch "$work/kokkos-cuda-headers" libkokkos-dev/sid || return 1
    for name in {KOKKOS,DESUL_ATOMICS}_ENABLE_CUDA "KOKKOS_ARCH_${arch%%[0-9]*}" "KOKKOS_ARCH_$arch"; do
        sed -i "s|^/\* #undef $name \*/|#define $name|" \
            "$headers/KokkosCore_config.h" "$headers/desul/atomics/Config.hpp" || return 1
    done
    for name in Declare Fwd; do
        sed -i 's|^\(#include .*_\)OPENMP.hpp>|&\n\1CUDA.hpp>|' \
            "$headers/KokkosCore_Config_${name}Backend.hpp" || return 1
    done
    echo '#include <setup/Kokkos_Setup_Cuda.hpp>' >"$headers/KokkosCore_Config_SetupBackend.hpp"
    mkdir -p "$work/kokkos-cuda/include"
    mv "$headers" "$work/kokkos-cuda/include"
    say "Kokkos with CUDA: headers only, to compile but not to link (QUOIN_KOKKOS_SOURCE brings all of it)"
    put_in_place kokkos-cuda "$work/kokkos-cuda"
}

install_kokkos_cuda() {
    if [[ -z $kokkos_source ]]; then
        mkdir -p "$work/source"
        if ! (cd "$work" && apt-get "${private_options[@]}" source --download-only --tar-only kokkos); then
            install_kokkos_cuda_headers
            return
        fi </dev/null >&2
        tar -xf "$work"/kokkos_*.orig.tar.* -C "$work/source" --strip-components=1 || return 1
        kokkos_source=$work/source
    fi
    # CMake 3.25.1 has no C++20 in its CUDA language: Kokkos' wrapper makes nvcc the C++ compiler.
    PATH=$(dirname "$nvcc"):$PATH NVCC_WRAPPER_DEFAULT_COMPILER=g++ \
        build_kokkos "$work/cuda-build" "$work/kokkos-cuda" -DKokkos_ENABLE_CUDA=ON \
        "-DKokkos_ARCH_${QUOIN_CUDA_ARCH:-HOPPER90}=ON" \
        -DCMAKE_CXX_COMPILER="$kokkos_source/bin/nvcc_wrapper" &&
        put_in_place kokkos-cuda "$work/kokkos-cuda"
}

suites=()
for name in "${todo_private[@]}"; do
    case $name in
        xsimd | nanobind) suites+=(trixie) ;;
        catch2) suites+=(bookworm-backports) ;;
        kokkos) [[ -n $kokkos_source ]] || suites+=(trixie sid) ;;
        kokkos-cuda) [[ -n $kokkos_source ]] || suites+=(sid sid-src) ;;
        arm64)
            suites+=("$codename-arm64" trixie-arm64)
            if ((release == 12)); then suites+=(bookworm-backports-arm64); fi
            ;;
    esac
done
if ((${#suites[@]})); then
    mapfile -t suites < <(printf '%s\n' "${suites[@]}" | sort -u)
    private_update "${suites[@]}"
fi

install_one() {
    case $1 in
        xsimd) install_xsimd ;;
        nanobind) install_nanobind ;;
        catch2) install_catch2 ;;
        spread) install_environment spread 'dask[distributed]==2026.8.0' 'celery[redis]==5.7.0' ray==2.60.0 zarr==3.1.6 ;;
        packages) install_environment packages 'conan>=2' ;;
        kokkos) install_kokkos ;;
        kokkos-cuda) install_kokkos_cuda ;;
        arm64) install_arm64 ;;
    esac
}

failed=0
for name in "${todo_private[@]}"; do
    if install_one "$name"; then
        rm -f "$(unavailable_of "$name")"
    elif [[ $name == kokkos* ]]; then
        touch "$(unavailable_of "$name")"
        say_unavailable "$name"
    else
        case $name in
            spread | packages) say "could not get what $name needs from PyPI: is the network up, and pip's index within reach?" ;;
            *) say "could not get $name from a newer Debian suite: is the network up, and the suite on the mirror?" ;;
        esac
        failed=1
    fi
done
exit "$failed"
