# SPDX-License-Identifier: BSL-1.0
# Celery with Redis: a worker is killed half-way, or the broker, too; the bytes are those of a clean run.
import os
import shutil
import signal
import socket
import subprocess
import time

import pytest
from conftest import FILES, SPREAD, wait_for
from engines import begin, end, ended_well, kill_one_worker, options, wait_until_half_way


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
    wait_until_half_way(f)
    redis.stop()
    os.killpg(first.pid, signal.SIGKILL)
    time.sleep(2)
    redis.start()
    ended_well(f, run, FILES)
