"""The secret and the code of a patient's page: in the mail and on paper, and nowhere else.

A whole way is gone, from the sending to the open page. Then everything that was written meanwhile is searched.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from clinic_app import create_app, jobs, postman
from clinic_app.config import ROOT, from_environment
from clinic_app.database import db, utc_now
from clinic_app.models import Account, Delivery, Handout
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import deliveries
from tests.cast import Cast, invite
from tests.issuing import issued_handout
from tests.letter_box import Letter, LetterBox
from tests.patient_phone import BORN
from tests.sending import sendable

ADA = "ada@post.example"
WRONG = BORN | {"day": "2"}
PATIENCE = 30  # seconds until the server answers
GIVEN = {"Content-Type": "application/x-www-form-urlencoded"}


def private(letter: Letter) -> tuple[str, ...]:
    return letter.link.fragment, letter.code, letter.code.replace("-", "")


def ask_for_sending(app: Flask, account: int, handout: int) -> int:
    """Asked for a minute ago, so that it leaves now."""
    with app.app_context():
        clara, sheet = db.session.get_one(Account, account), db.session.get_one(Handout, handout)
        asked = utc_now() - deliveries.CALL_BACK
        made = deliveries.schedule(clara, sheet, recipient=ADA, attach_pdf=True, key="one click", now=asked)
        db.session.commit()
        return made.id


def test_neither_logs_nor_rows_hold_what_opens_a_page(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tests.issuing.NOW", utc_now() - timedelta(minutes=2))
    issued = sendable(app, cast, monkeypatch)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # the mail server of the test; it is not ours
    with LetterBox() as box:
        app.config["CLINIC"] = replace(app.config["CLINIC"], mail=box.settings)
        ask_for_sending(app, cast.clinician, issued.id)
        with app.app_context():
            post = postman.for_app()
            assert post
            assert postman.work(post) == 1
        letter = box.next()
    client = app.test_client()
    secret, code, _ = private(letter)
    for path, form in (
        ("/p", {"code": code}),
        (letter.link.path, {"given": secret, **WRONG}),
        (letter.link.path, {"given": secret, **BORN}),
    ):
        assert client.post(path, data=form).status_code in {200, 303, 422}
    assert client.get(f"{letter.link.path}/today").status_code == 200
    with app.app_context():
        rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert db.session.scalars(select(Delivery.state)).all() == [DeliveryState.ACCEPTED]
    written = "\n".join([*rows, caplog.text])
    assert letter.link.path.rpartition("/")[2] in written  # the public id: what is searched is the right thing
    assert [each for each in private(letter) if each in written] == []


def test_a_real_server_with_its_worker_writes_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything under the data folder but the printed pages, and all that the server says at its most talkative."""
    folder, said = tmp_path / "data", tmp_path / "said.txt"
    with LetterBox() as box:
        settings = {"CLINIC_SMTP_HOST": "127.0.0.1", "CLINIC_SMTP_PORT": str(box.settings.port)}
        settings |= {"CLINIC_SMTP_SECURITY": "none", "CLINIC_MAIL_FROM": box.settings.sender.address}
        port = _free_port()
        settings |= {"CLINIC_DATA": str(folder), "PORT": str(port), "CLINIC_RENDER_PROCESSES": "1"}
        for name in [name for name in os.environ if name.startswith(("CLINIC_", "DATABASE_URL"))]:
            monkeypatch.delenv(name)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        app = create_app(from_environment())
        account, handout = _issued(app, monkeypatch)
        with _server(port, said):
            key = ask_for_sending(app, account, handout)
            with app.app_context():
                jobs.wake(key, utc_now())
            letter = box.next()
            secret, code, _ = private(letter)
            path = letter.link.path
            assert _post(port, "/p", {"code": code})[0] == 200
            assert _post(port, path, {"given": secret, **WRONG})[0] == 422
            status, cookie = _post(port, path, {"given": secret, **BORN})
            assert (status, _get(port, f"{path}/today", cookie)) == (303, 200)
            _get(port, f"{path}/today?nothing={'x' * 9000}", cookie)  # a request that it refuses
    written = {"what it said": said.read_bytes()}
    for file in folder.rglob("*"):
        if file.is_file() and "files" not in file.relative_to(folder).parts:
            written[str(file.relative_to(folder))] = file.read_bytes()
    assert {"clinic.sqlite3", "queue.sqlite3"} <= set(written)
    assert any(path.rpartition("/")[2].encode() in content for content in written.values())
    assert [name for each in private(letter) for name, content in written.items() if each.encode() in content] == []


def _issued(app: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    with app.app_context():
        upgrade()
        cast = invite()
        db.session.commit()
    monkeypatch.setattr("tests.issuing.NOW", utc_now() - timedelta(minutes=2))
    return cast.clinician, issued_handout(app, cast).id


@contextmanager
def _server(port: int, said: Path) -> Iterator[None]:
    """gunicorn as `make run` starts it, with its worker inside."""
    command = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--log-level", "debug")
    with said.open("wb") as output:
        server = subprocess.Popen(
            (*command, "wsgi:application"), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=os.environ
        )
        try:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                try:
                    assert _get(port, "/healthz", "") == 200
                    break
                except ConnectionRefusedError:
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _get(port: int, path: str, cookie: str) -> int:
    return _ask(port, "GET", path, "", {"Cookie": cookie} if cookie else {})[0]


def _post(port: int, path: str, form: dict[str, str]) -> tuple[int, str]:
    return _ask(port, "POST", path, urlencode(form), GIVEN)


def _ask(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    """The status, and the cookie that came with it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, (answer.headers["Set-Cookie"] or "").partition(";")[0]
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
    return port
