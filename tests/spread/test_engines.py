# SPDX-License-Identifier: BSL-1.0
# Dask, Celery with Redis, Ray, and a stand-in for Slurm: a worker is killed half-way, and the bytes are those of a clean run.
import os
import pathlib
import shutil
import signal
import socket
import stat
import subprocess
import time

import environment
import pytest
from conftest import PROGRAM, SPREAD, wait_for


@pytest.fixture(scope="session")
def python():
    found = environment.python()
    if not os.access(found, os.X_OK):
        pytest.skip("needs the engines of cmake/setup.sh --spread")

    def has(*modules):
        code = "".join(f"import {module}\n" for module in modules)
        if subprocess.run([found, "-c", code], capture_output=True).returncode != 0:
            pytest.skip(f"needs {', '.join(modules)}, which cmake/setup.sh --spread installs")
        return found

    return has


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


def kill_one_worker(f):
    wait_for(lambda: f.rows() > 80)
    victim = wait_for(lambda: sorted(workers_of(f)))[0]
    os.kill(victim, signal.SIGKILL)


def kill_all_workers(f):
    """One alone may be idle, where an engine has more processes than units that are being done."""
    wait_for(lambda: f.rows() > 80)
    for victim in wait_for(lambda: workers_of(f)):
        os.kill(victim, signal.SIGKILL)


def ended_well(f, process, files):
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert f"{files} files: {files} done" in said
    f.same_as_clean()
    return said


FILES = 300
SLOW = "nl_means=3:9:10"  # so that a worker is killed half-way, and not when all has been done


@pytest.fixture
def planned(folder):
    f = folder(count=FILES, size=192, chain=SLOW)
    f.plan("--unit-files", 8)
    return f


def options(f):
    return [f.out, "--program", PROGRAM, "--workers", 1]


def test_dask(planned, python):
    f = planned
    run = begin([python("distributed"), SPREAD / "dask_run.py", *options(f), "--local", 2])
    try:
        kill_one_worker(f)
        ended_well(f, run, FILES)
    finally:
        end(run)


def test_dask_resumes(planned, python):
    """The program that deals is killed with all of its workers, and begun again."""
    f = planned
    command = [python("distributed"), SPREAD / "dask_run.py", *options(f), "--local", 2]
    first = begin(command)
    try:
        wait_for(lambda: f.rows() > 80)
    finally:
        end(first)
    second = begin(command)
    try:
        ended_well(f, second, FILES)
    finally:
        end(second)


def test_ray(planned, python):
    f = planned
    run = begin([python("ray"), SPREAD / "ray_run.py", *options(f), "--local", 2])
    try:
        kill_all_workers(f)
        said = ended_well(f, run, FILES)
        assert "a unit is lost and will be dealt again" in said
    finally:
        end(run)


@pytest.fixture
def redis(tmp_path):
    server = shutil.which("redis-server")
    if not server:
        pytest.skip("needs redis-server")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    log = open(tmp_path / "redis.log", "w")

    class Redis:
        url = f"redis://127.0.0.1:{port}/0"

        def start(self):
            self.process = subprocess.Popen([server, "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                                             "--dir", str(tmp_path)], stdout=log, stderr=log)  # fmt: skip
            wait_for(self.answers)

        def answers(self):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                return False
            return True

        def stop(self):
            self.process.kill()
            self.process.wait()

    made = Redis()
    made.start()
    yield made
    made.stop()
    log.close()


@pytest.fixture
def celery(python, redis):
    """Two workers, and what starts the dealing."""
    started = []
    program = python("celery", "redis")
    environment = {**os.environ, "QUOIN_SPREAD_BROKER": redis.url}

    def start(*arguments):
        command = [program, SPREAD / "celery_run.py", *arguments]
        started.append(begin(command, env=environment))
        return started[-1]

    yield start
    for process in started:
        end(process)


def celery_worker(celery, name):
    return celery("worker", "--concurrency", 1, "--hostname", name, "--loglevel", "ERROR")


def test_celery(planned, celery):
    f = planned
    for name in ("a", "b"):
        celery_worker(celery, name)
    run = celery("deal", *options(f), "--slots", 2)
    kill_one_worker(f)
    ended_well(f, run, FILES)


def test_celery_whose_broker_is_stopped(planned, celery, redis):
    """It forgets what it had; silent units are dealt again. A whole worker is lost at the same time."""
    f = planned
    first = celery_worker(celery, "a")
    celery_worker(celery, "b")
    run = celery("deal", *options(f), "--slots", 2, "--patience", 4)
    wait_for(lambda: f.rows() > 80)
    redis.stop()
    os.killpg(first.pid, signal.SIGKILL)
    time.sleep(2)
    redis.start()
    ended_well(f, run, FILES)


SBATCH = """#!/usr/bin/env bash
# Stands in for Slurm: runs the tasks of an array at once, and a job that depends on others behind them.
set -euo pipefail
first=0 last=0 after="" wrapped=""
while (($#)); do
    case $1 in
        --array=*) range=${1#--array=} first=${range%-*} last=${range#*-} ;;
        --dependency=afterany:*) after=${1##*:} ;;
        --wrap) wrapped=$2; shift ;;
        -*) ;;
        *) break ;;
    esac
    shift
done
job=$(($(cat "$JOBS/last" 2>/dev/null || echo 0) + 1))
echo "$job" >"$JOBS/last"
(
    while [[ -n $after && ! -e $JOBS/$after.ended ]]; do sleep 0.1; done
    if [[ -n $wrapped ]]; then
        bash -c "$wrapped" &>"$JOBS/$job.log" || true
    else
        script=$1
        shift
        for ((task = first; task <= last; ++task)); do
            SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=$first SLURM_ARRAY_TASK_COUNT=$((last - first + 1)) \\
                setsid bash "$script" "$@" &>"$JOBS/$job-$task.log" &
            echo $! >"$JOBS/$job-$task.pid"
        done
        wait
    fi
    touch "$JOBS/$job.ended"
) &>/dev/null &
echo "$job"
"""


def test_slurm(planned, tmp_path):
    """An array of three tasks under a stand-in for sbatch; a task is killed."""
    f = planned
    jobs, path = tmp_path / "jobs", tmp_path / "path"
    jobs.mkdir(), path.mkdir()
    sbatch = path / "sbatch"
    sbatch.write_text(SBATCH)
    sbatch.chmod(sbatch.stat().st_mode | stat.S_IXUSR)
    changed = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "JOBS": str(jobs), "QUOIN_BATCH": str(PROGRAM),
               "QUOIN_SPREAD_OPTIONS": "--workers 1 --patience 5"}  # fmt: skip
    begun = subprocess.run([SPREAD / "slurm_run.sh", f.out, "3", "--time=10"], env=changed, capture_output=True, text=True)
    assert "array 1, merge 2" in begun.stdout, begun.stderr
    wait_for(lambda: f.rows() > 80)
    os.killpg(int((jobs / "1-1.pid").read_text()), signal.SIGKILL)
    wait_for(lambda: (jobs / "2.ended").exists(), 240)
    assert f"{FILES} files: {FILES} done" in (jobs / "2.log").read_text()
    f.same_as_clean()
