# SPDX-License-Identifier: BSL-1.0
"""Runs a compiler and notes what it took: measured.py COMPILER ARGUMENT...

Adds a line "seconds<TAB>MB<TAB>object" to compile-times.tsv in the current folder, which is the build's under Ninja: the
user time and the peak memory of the compiler and of what it starts. tests/summary.py makes a table of them. It imports next
to nothing, so that it starts in a hundredth of a second. cmake/measured.sh is the launcher that the presets name.
"""
import os
import sys


def main(command):
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(process, 0)
    if status == 0 and "-o" in command[:-1]:
        line = f"{used.ru_utime:.2f}\t{used.ru_maxrss / 1024:.0f}\t{command[command.index('-o') + 1]}\n"
        # One write to a file that is appended to: compilers that run side by side do not mix their lines.
        file = os.open("compile-times.tsv", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(file, line.encode())
        os.close(file)
    return os.waitstatus_to_exitcode(status) & 255


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
