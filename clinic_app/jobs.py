"""The queue: it wakes a worker at the right moment, and knows nothing else.

What is to be sent stands in the rows of deliveries. A message of the queue that is lost loses nothing: each minute a
worker looks at the rows anyway. A message that comes twice finds nothing left to do.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from clinic_app import postman
from clinic_app.config import Config
from clinic_app.database import utc_now

NAME = "clinic"
THREADS = 2
LONGEST_SLEEP = 1.0  # seconds between looks into an empty queue
SHUTDOWN = 30.0  # seconds that sendings in hand may take when asked to stop; what is cut off is found by its lease

log = logging.getLogger(__name__)


class EmbeddedConsumer(Consumer):  # type: ignore[misc]
    """A consumer in threads of a server, which has signal handlers of its own."""

    def _set_signal_handlers(self) -> None:
        """Left to the server."""


class WorkerConsumer(Consumer):  # type: ignore[misc]
    """A consumer that is a whole process. SIGTERM and Ctrl-C both let it finish what it has in hand."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._signal_actions = {signal.SIGTERM: (False, True), signal.SIGINT: (False, True)}


@dataclass(frozen=True, slots=True)
class Queue:
    """What `app.extensions` keeps: the queue and its two kinds of message."""

    huey: Huey
    deliver: TaskWrapper
    sweep: TaskWrapper


def wake(delivery_id: int, at: datetime) -> None:
    """Let a worker look at the rows at `at`. Call it after the commit, so that the worker sees them.

    A queue that cannot be reached raises nothing: the row stands, and is found within a minute.
    """
    try:
        delay = max(0.0, (at - utc_now()).total_seconds())
        of(current_app).deliver.schedule((delivery_id,), delay=delay)
    except Exception as error:  # noqa: BLE001 - whatever the queue is made of
        log.warning("the queue did not take delivery %s: %s", delivery_id, type(error).__name__)


def of(app: Flask) -> Queue:
    """The queue of `app`, made on first use."""
    if "queue" not in app.extensions:
        application: Flask = getattr(app, "_get_current_object", lambda: app)()  # not the proxy of one request
        config: Config = app.config["CLINIC"]
        huey = made(config.queue_url, config.secret_key)
        app.extensions["queue"] = Queue(
            huey,
            deliver=huey.task(name="deliver")(_in_context(application, deliver)),
            sweep=huey.periodic_task(crontab(minute="*"), name="sweep")(_in_context(application, sweep)),
        )
    queue: Queue = app.extensions["queue"]
    return queue


def made(url: str, secret: str) -> Huey:
    """The queue at `url`: "memory:" (this process only), "sqlite:///FILE", "postgresql://..." or "redis://...".

    Raises:
        ValueError: for any other address.
    """
    # Messages are pickles: only what this service signed is ever opened.
    common: dict[str, Any] = {"results": False, "serializer": SignedSerializer(secret=secret, salt="queue")}
    scheme, _, rest = url.partition(":")
    match scheme.partition("+")[0]:
        case "memory":
            return MemoryHuey(NAME, **common)
        case "sqlite":
            # No WAL: it loses writes in older SQLite libraries. Nothing here must survive a loss of power.
            return SqliteHuey(NAME, filename=rest.removeprefix("///"), journal_mode="truncate", fsync=False, **common)
        case "postgresql":
            huey = PostgresHuey(NAME, dsn=f"postgresql:{rest}", **common)
            huey.on_shutdown(name="close")(huey.storage.close)  # each worker thread listens by a connection of its own
            return huey
        case "redis" | "rediss":
            return RedisHuey(NAME, url=url, **common)
    raise ValueError("CLINIC_QUEUE_URL must begin with sqlite:, postgresql: or redis:.")


def consumer(app: Flask, kind: type[Consumer], threads: int = THREADS) -> Consumer:
    """What waits for messages and works on them in threads; not started yet."""
    return kind(
        of(app).huey,
        workers=threads,
        max_delay=LONGEST_SLEEP,
        shutdown_timeout=SHUTDOWN,
        graceful_signal="TERM",
    )


def deliver(_delivery_id: int = 0) -> None:
    """Send whatever is due. The id only says in the log why somebody woke up."""
    post = postman.for_app()
    if post:
        postman.work(post, again=wake)


def sweep() -> None:
    """Put right what dead workers left, then send whatever is due."""
    postman.sweep(utc_now())
    deliver()


def _in_context(app: Flask, work: Callable[..., None]) -> Callable[..., None]:
    def run(*args: Any) -> None:
        with app.app_context():
            work(*args)

    return run
