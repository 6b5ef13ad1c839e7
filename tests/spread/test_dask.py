# SPDX-License-Identifier: BSL-1.0
# Dask: a worker or the program that deals is killed half-way, and the bytes are those of a clean run.
from conftest import FILES, SPREAD
from engines import begin, end, ended_well, kill_one_worker, options, wait_until_half_way


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
        wait_until_half_way(f)
    finally:
        end(first)
    second = begin(command)
    try:
        ended_well(f, second, FILES)
    finally:
        end(second)
