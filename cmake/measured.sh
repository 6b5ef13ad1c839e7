#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# CMAKE_CXX_COMPILER_LAUNCHER of the presets: measured.sh COMPILER ARGUMENT... runs the compiler by measured.py, or as it
# is where there is no python3.
if command -v python3 >/dev/null; then
    set -- python3 -S -E "${0%.sh}.py" "$@"
fi
exec "$@"
