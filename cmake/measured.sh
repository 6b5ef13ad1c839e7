#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# CMAKE_CXX_COMPILER_LAUNCHER of the presets: measured.sh COMPILER ARGUMENT... runs the compiler by measured.py, or as it
# is where there is no python3. The system's python3 goes first: one in the PATH may be a script that looks for others.
for python in /usr/bin/python3 python3; do
    if command -v "$python" >/dev/null; then
        exec "$python" -S -E "${0%.sh}.py" "$@"
    fi
done
exec "$@"
