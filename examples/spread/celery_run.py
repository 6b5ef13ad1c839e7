#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does the units of a plan on Celery workers with Redis as broker, and merges.

    celery_run.py worker [--concurrency N]      on each machine
    celery_run.py deal OUT_DIR --slots N        once; N units are in the queue or at work at a time

The variable QUOIN_SPREAD_BROKER names the broker (redis://localhost:6379/0).
"""
from __future__ import annotations

import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import celery  # noqa: E402
import kombu.exceptions  # noqa: E402
import redis.exceptions  # noqa: E402

from quoin_spread.dealer import Lease  # noqa: E402
from quoin_spread.drive import Word  # noqa: E402
from quoin_spread.run import arguments_of_task, lost, parser_of, run, word_of  # noqa: E402
from quoin_spread.worker import do_unit  # noqa: E402

BROKER = os.environ.get("QUOIN_SPREAD_BROKER", "redis://localhost:6379/0")
AWAY = (kombu.exceptions.OperationalError, redis.exceptions.RedisError, OSError)

app = celery.Celery("quoin_spread", broker=BROKER, backend=BROKER)
app.conf.update(
    task_acks_late=True,  # a unit is taken from the queue when it is done
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"visibility_timeout": 3600, "socket_timeout": 10},
    redis_socket_timeout=10,
    result_expires=24 * 3600,
    task_ignore_result=False,
)


@app.task(name="quoin_spread.unit")
def task(unit: int, output: str, program: str, options: list[str]) -> dict[str, object]:
    return do_unit(output, unit, program, options)


class CeleryEngine:
    """Results are polled, so that a broker that was away does not end the run. What it has forgotten is silent, and
    dealt again after the patience."""

    POLL = 0.05

    def __init__(self, arguments: tuple[str, str, tuple[str, ...]], slots: int) -> None:
        self._arguments, self._slots = arguments, slots
        self._leases: dict[str, Lease] = {}
        self._unsent: list[Lease] = []
        self._away = False

    def now(self) -> float:
        return time.monotonic()

    def slots(self) -> int:
        return self._slots

    def submit(self, lease: Lease) -> None:
        self._unsent.append(lease)
        self._try(self._send)

    def wait(self, seconds: float) -> list[Word]:
        words: list[Word] = []
        end = time.monotonic() + min(seconds, 5.0)
        while not words and time.monotonic() < end:
            self._try(self._send)
            self._try(lambda: self._collect(words))
            if not words:
                time.sleep(1.0 if self._away else self.POLL)
        return words

    def _send(self) -> None:
        while self._unsent:
            output, program, options = self._arguments
            sent = task.apply_async((self._unsent[-1].unit, output, program, list(options)), retry=False)
            self._leases[sent.id] = self._unsent.pop()

    def _collect(self, words: list[Word]) -> None:
        for identity, lease in list(self._leases.items()):
            result = app.AsyncResult(identity)
            if result.ready():
                del self._leases[identity]
                content = result.result
                words.append(word_of(lease, content) if result.successful() else lost(lease, content))
                result.forget()

    def _try(self, action: object) -> None:
        try:
            action()  # type: ignore[operator]
            self._away = False
        except AWAY as problem:
            if not self._away:
                print(f"quoin-spread: the broker is away, waiting for it: {problem}", file=sys.stderr)
            self._away = True


def main() -> int:
    if sys.argv[1:2] == ["worker"]:
        app.worker_main(["worker", "--pool", "prefork", "--without-gossip", "--without-mingle", *sys.argv[2:]])
        return 0
    if sys.argv[1:2] != ["deal"]:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    parser = parser_of(__doc__.partition("\n")[0])
    parser.prog = "celery_run.py deal"
    parser.add_argument("--slots", type=int, required=True, metavar="N", help="how many units the workers do at a time")
    found = parser.parse_args(sys.argv[2:])
    return run(found, CeleryEngine(arguments_of_task(found), found.slots))


if __name__ == "__main__":
    sys.exit(main())
