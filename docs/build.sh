#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Makes the documentation as HTML pages that are read without a server, on Debian 12 or 13, as root or with sudo.
#
#   docs/build.sh [OUT_DIR]     default: build/docs; open OUT_DIR/index.html
#
# cmake/setup.sh says what it installs before it does. The programs of examples/docs are built in build/release; they make
# the pictures. An OUT_DIR that has pages is replaced.
# Environment: CMAKE_BUILD_PARALLEL_LEVEL   how many compilers at a time (default: one for each core)
set -euo pipefail
case ${1:-} in
    -h | --help) sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
out=$(realpath -m "${1:-"$(dirname "${BASH_SOURCE[0]}")/../build/docs"}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake/setup.sh --docs
[[ -e build/release/CMakeCache.txt ]] || cmake --preset release -D QUOIN_BUILD_TESTS=OFF -D QUOIN_BUILD_BENCH=OFF
cmake --build build/release --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" --target quoin-filters docs-programs
/usr/bin/python3 docs/site/build.py build/release/examples "$out"
