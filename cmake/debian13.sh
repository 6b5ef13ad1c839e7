#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Runs a command on a copy of this checkout in a Debian 13 root, which it makes first where it is missing.
#
#   cmake/debian13.sh COMMAND [ARGUMENT...]       as root, or as a user who may use sudo
#   cmake/debian13.sh tests/run.sh asan-ubsan
#
# The root (about 2 GB, made in three minutes) lies in debian-13-root in the cache that cmake/setup.sh names:
# g++ 14, CMake 3.31, xsimd 13, oneTBB 2022, Catch2 3.7 and Kokkos 5 with OpenMP, everything that
# cmake/setup.sh --test --kokkos installs, from the mirror that this machine's apt uses. One that is
# incomplete is made anew; failing to make it is an error.
#
# Inside, the checkout is /quoin/checkout (the sources are copied at every run, build/ stays from run to run)
# and the test images, where there are any (QUOIN_DATA, or ../shared/data), are /quoin/data.
set -euo pipefail

say() { printf 'debian13: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

(($#)) || { sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export QUOIN_CACHE=${QUOIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quoin}
data=${QUOIN_DATA:-$checkout/../shared/data}
mkdir -p "$QUOIN_CACHE"
if ((EUID != 0)); then
    command -v sudo >/dev/null || die "run this as root: a root directory can only be entered by root"
    exec sudo --preserve-env=QUOIN_CACHE,QUOIN_DATA,CI "$0" "$@"
fi

unshare --mount true || die "needs the right to mount (in a container: a privileged one)"

root=$QUOIN_CACHE/debian-13-root
exec 9>"$QUOIN_CACHE/debian-13-root.lock"
flock 9

# copy_in ROOT: the sources of this checkout, without its builds and its history.
copy_in() {
    mkdir -p "$1/quoin/checkout"
    # Objects of another checkout may be newer than the sources of this one.
    if [[ $(cat "$1/quoin/origin" 2>/dev/null) != "$checkout" ]]; then rm -rf "$1/quoin/checkout/build"; fi
    printf '%s\n' "$checkout" >"$1/quoin/origin"
    find "$1/quoin/checkout" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    tar -C "$checkout" --exclude=./build --exclude=./.git -cf - . | tar -C "$1/quoin/checkout" -xf -
    rm -rf "$1/quoin/data"
    if [[ -d $data ]]; then
        mkdir -p "$1/quoin/data"
        cp -rL "$data/." "$1/quoin/data"
    fi
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/" # the mirror's name must resolve inside too
}

# enter ROOT COMMAND...: in a mount namespace of its own, so that nothing stays mounted whatever happens.
enter() {
    local variable variables=(HOME=/root LANG=C.UTF-8 TERM=dumb QUOIN_CACHE=/quoin/cache
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
    if [[ -d $1/quoin/data ]]; then variables+=(QUOIN_DATA=/quoin/data); fi
    for variable in CI CMAKE_BUILD_PARALLEL_LEVEL OMP_NUM_THREADS http_proxy https_proxy no_proxy; do
        if [[ -n ${!variable:-} ]]; then variables+=("$variable=${!variable}"); fi
    done
    # shellcheck disable=SC2016  # expanded by the inner shell
    unshare --mount -- bash -c '
        root=$1; shift
        for folder in /proc /sys /dev; do
            mount --rbind "$folder" "$root$folder" 2>/dev/null || true
        done
        exec chroot "$root" "$@"' - "$1" \
        env -i "${variables[@]}" bash -c 'cd /quoin/checkout && exec "$@"' - "${@:2}" 9>&-
}

make_root() {
    local new=$root.new mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$("$checkout/cmake/setup.sh" --print-mirror)
    say "making a Debian 13 root in $root (debootstrap, trixie, about 2 GB)"
    if ! command -v debootstrap >/dev/null; then
        say "installing by apt: debootstrap"
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 update </dev/null >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 install -y \
            --no-install-recommends debootstrap </dev/null >&2
    fi
    rm -rf "$root" "$new"
    unshare --mount -- debootstrap --variant=minbase --include=ca-certificates --keyring="$keyring" \
        trixie "$new" "$mirror" </dev/null >&2 9>&- ||
        die "debootstrap failed"
    # What this machine's apt says of proxies and of the age of lists holds inside too.
    apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) ' \
        >"$new/etc/apt/apt.conf.d/90machine" || true
    copy_in "$new"
    enter "$new" cmake/setup.sh --test --kokkos </dev/null >&2
    [[ -e $new/quoin/cache/debian-13/prefix/.quoin/kokkos ]] || die "the root has no Kokkos"
    rm -rf "$new"/var/cache/apt/archives/*.deb
    touch "$new/.quoin-complete"
    mv "$new" "$root"
}

[[ -e $root/.quoin-complete ]] || make_root
copy_in "$root"
enter "$root" "$@"
