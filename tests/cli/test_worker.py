"""`flask worker`, and the same inside the server of `make run`: real processes, a real queue, a real mail server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from huey.api import Task

from clinic_app import jobs
from clinic_app.config import key_file
from clinic_app.database import db, utc_now
from clinic_app.models import Account, Delivery, Handout
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import deliveries
from tests import redis_server
from tests.cast import Cast
from tests.faults.mail_peer import Peer
from tests.issuing import Issued

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0  # seconds; less than the minute after which a worker looks by itself
COMMANDS = {
    "worker": ("-m", "flask", "worker", "--threads", "2"),
    "server": ("-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:application"),
}


@contextmanager
def running(
    command: tuple[str, ...], folder: Path, database_url: str, mail_port: int
) -> Iterator[subprocess.Popen[bytes]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "FLASK_APP": "wsgi",
        "CLINIC_DATA": str(folder),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "CLINIC_SMTP_HOST": "127.0.0.1",
        "CLINIC_SMTP_PORT": str(mail_port),
        "CLINIC_SMTP_SECURITY": "none",
        "CLINIC_MAIL_FROM": "handouts@clinic.example",
    }
    process = subprocess.Popen((sys.executable, *command), cwd=ROOT, env={**os.environ, **settings})
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def soon(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", COMMANDS)
def test_it_sends_what_waited_is_woken_and_finishes_what_it_has_in_hand(
    kind: str, app: Flask, cast: Cast, issued: Issued, database_url: str, tmp_path: Path
) -> None:
    handout = issued.id
    app.config["CLINIC"] = replace(
        app.config["CLINIC"],
        secret_key=key_file(tmp_path / "keys", "session"),
        queue_url=f"sqlite:///{tmp_path / 'queue.sqlite3'}",
    )

    def ask(name: str, seconds: float = 0) -> int:
        """Ask for a sending that leaves in some seconds; its id."""
        with app.app_context():
            delivery = deliveries.schedule(
                db.session.get_one(Account, cast.clinician),
                db.session.get_one(Handout, handout),
                recipient=f"{name}@post.example",
                attach_pdf=False,
                key=name,
                now=utc_now() - deliveries.CALL_BACK + timedelta(seconds=seconds),
            )
            db.session.commit()
            return delivery.id

    def wake(key: int) -> int:
        with app.app_context():
            at = db.session.get_one(Delivery, key).next_at
            assert at
            jobs.wake(key, at)
        return key

    def accepted(key: int) -> bool:
        with app.app_context():
            return db.session.get_one(Delivery, key).state == DeliveryState.ACCEPTED

    waited = ask("nobody-woke-anybody")
    with Peer() as peer, running(COMMANDS[kind], tmp_path, database_url, peer.port) as process:
        assert soon(lambda: accepted(waited)), "the first look at the rows"
        woken = wake(ask("woken", seconds=2))
        assert soon(lambda: accepted(woken)), "woken by the queue"
        in_hand = wake(ask("slow"))
        assert peer.busy.wait(PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert accepted(in_hand)
        assert sorted(peer.received.values()) == [1, 1, 1]


def test_the_queue_beside_the_rows_wakes_a_worker(app: Flask, database_url: str, tmp_path: Path) -> None:
    """The file beside the data, and PostgreSQL."""
    is_file = database_url.startswith("sqlite")
    wakes_a_worker(app, f"sqlite:///{tmp_path / 'queue.sqlite3'}" if is_file else database_url)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_redis_wakes_a_worker(app: Flask) -> None:
    with redis_server.server() as url:
        wakes_a_worker(app, url)


def wakes_a_worker(app: Flask, url: str) -> None:
    app.config["CLINIC"] = replace(app.config["CLINIC"], queue_url=url)
    woken = Event()

    @jobs.of(app).huey.signal("executing")  # type: ignore[untyped-decorator]
    def note(_signal: str, task: Task) -> None:
        if task.name == "deliver":
            woken.set()

    consumer = jobs.consumer(app, jobs.EmbeddedConsumer, 1)
    consumer.start()
    try:
        with app.app_context():
            jobs.wake(7, utc_now() + timedelta(seconds=1))
        assert woken.wait(PATIENCE)
    finally:
        consumer.stop(graceful=True)
        jobs.of(app).huey.storage.close()


def test_a_queue_that_cannot_be_reached_stops_nobody(app: Flask) -> None:
    app.config["CLINIC"] = replace(app.config["CLINIC"], queue_url="sqlite:////nowhere/queue.sqlite3")
    with app.app_context():
        jobs.wake(1, utc_now())


def test_an_address_of_a_queue_is_understood_or_named() -> None:
    assert type(jobs.made("memory:", "a secret")).__name__ == "MemoryHuey"
    with pytest.raises(ValueError, match="CLINIC_QUEUE_URL"):
        jobs.made("amqp://somewhere", "a secret")


def test_a_message_that_nobody_signed_is_not_opened(app: Flask) -> None:
    with app.app_context():
        huey = jobs.of(app).huey
        jobs.wake(1, utc_now())
        signed = huey.storage.dequeue()
        assert huey.deserialize_task(signed).name == "deliver"
        with pytest.raises(ValueError, match="mismatch"):
            huey.deserialize_task(signed[:-1] + (b"0" if signed[-1:] != b"0" else b"1"))
