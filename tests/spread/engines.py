# SPDX-License-Identifier: BSL-1.0
"""What the tests of engines share: processes in groups of their own, killed workers, and how a run must end."""
import contextlib
import os
import pathlib
import signal
import subprocess

from conftest import PROGRAM, wait_for

def options(f):
    return [f.out, "--program", PROGRAM, "--workers", 1]


def begin(command, **more):
    """In a group of its own, of which nothing is left behind."""
    pipe = subprocess.PIPE
    return subprocess.Popen(list(map(str, command)), stdout=pipe, stderr=subprocess.STDOUT, text=True,
                            start_new_session=True, **more)  # fmt: skip


def end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate()


def wait_until_half_way(f):
    """An engine may take half a minute to start."""
    wait_for(lambda: f.rows() > 80, 180)


def hold_one_unit(f):
    """A quoin-batch of this folder, which is stopped, and the worker that has started it; nothing where none works."""
    found = subprocess.run(["pgrep", "-f", f"quoin-batch.* {f.out} .*--units"], capture_output=True, text=True).stdout
    for child in map(int, found.split()):
        try:
            os.kill(child, signal.SIGSTOP)
            state = ""
            while state not in ("T", "Z"):
                status = pathlib.Path(f"/proc/{child}/stat").read_text()
                state, parent = status.rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state == "T" and int(parent) not in (1, os.getpid()):
            return child, int(parent)
    return None


def kill_one_worker(f):
    """In the middle of a unit, whose quoin-batch may go on alone."""
    wait_until_half_way(f)
    child, worker = wait_for(lambda: hold_one_unit(f))
    os.kill(worker, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # an engine may end what its worker has started
        os.kill(child, signal.SIGCONT)


def ended_well(f, process, files):
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert f"{files} files: {files} done" in said
    f.same_as_clean()
    return said
