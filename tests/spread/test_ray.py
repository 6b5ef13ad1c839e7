# SPDX-License-Identifier: BSL-1.0
# Ray: a worker is killed half-way, and the bytes are those of a clean run.
from conftest import FILES, SPREAD
from engines import begin, end, ended_well, kill_one_worker, options


def test_ray(planned, python):
    f = planned
    run = begin([python("ray"), SPREAD / "ray_run.py", *options(f), "--local", 2])
    try:
        kill_one_worker(f)
        said = ended_well(f, run, FILES)
        assert "a unit is lost and will be dealt again" in said
    finally:
        end(run)
