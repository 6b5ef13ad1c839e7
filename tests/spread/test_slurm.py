# SPDX-License-Identifier: BSL-1.0
# A stand-in for Slurm: a task is killed half-way, and the bytes are those of a clean run.
import os
import signal
import stat
import subprocess

from conftest import FILES, PROGRAM, SPREAD, wait_for
from engines import wait_until_half_way

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
    wait_until_half_way(f)
    os.killpg(int((jobs / "1-1.pid").read_text()), signal.SIGKILL)
    wait_for(lambda: (jobs / "2.ended").exists(), 240)
    assert f"{FILES} files: {FILES} done" in (jobs / "2.log").read_text()
    f.same_as_clean()
