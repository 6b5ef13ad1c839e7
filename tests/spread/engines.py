# SPDX-License-Identifier: BSL-1.0
"""What the tests of engines share: processes in groups of their own, killed workers, and how a run must end."""
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


def workers_of(f):
    """The processes that have started a quoin-batch of this folder."""
    found = subprocess.run(["pgrep", "-f", f"quoin-batch.* {f.out} .*--units"], capture_output=True, text=True).stdout
    parents = set()
    for child in found.split():
        try:
            status = pathlib.Path(f"/proc/{child}/stat").read_text()
        except FileNotFoundError:
            continue
        parents.add(int(status.rpartition(")")[2].split()[1]))
    return parents - {1, os.getpid()}


def wait_until_half_way(f):
    """An engine may take half a minute to start."""
    wait_for(lambda: f.rows() > 80, 180)


def kill_one_worker(f):
    wait_until_half_way(f)
    victim = wait_for(lambda: sorted(workers_of(f)))[0]
    os.kill(victim, signal.SIGKILL)


def kill_all_workers(f):
    """One alone may be idle, where an engine has more processes than units that are being done."""
    wait_until_half_way(f)
    for victim in wait_for(lambda: workers_of(f)):
        os.kill(victim, signal.SIGKILL)


def ended_well(f, process, files):
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert f"{files} files: {files} done" in said
    f.same_as_clean()
    return said
