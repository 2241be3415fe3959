"""The pose editor: what passes between the hand that pulls a joint and the picture, over loopback and its sign-in.

The rival is the same page without scripts: the whole form is sent and the whole page comes back.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.measure import Answers, Comparison, Spent
from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services.exercise_entry import content_of
from clinic_app.staff.pose_reading import LETTERS
from tests.cast import invite, sign_in
from tests.exercise_form import fields
from tests.settings import config

PULLS, ROUNDS, WARM_UP = 40, 5, 10
TARGET = 0.05  # seconds; a slower picture lags behind the hand
Result = tuple[Answers, Comparison]


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - named by Werkzeug
        pass


def measure() -> Iterator[Result]:
    """A joint that is pulled by mouse, with its target and beside the page without scripts."""
    with _served() as editor:
        for _ in range(WARM_UP):
            editor.pull()
        ours = [[_spent(editor.pull) for _ in range(PULLS)] for _ in range(ROUNDS)]
        theirs = [[_spent(editor.send_the_page) for _ in range(PULLS)] for _ in range(ROUNDS)]
    answers = Answers("a joint pulled and drawn, loopback", tuple(map(tuple, ours)), TARGET)
    sums = [tuple(sum(each.work for each in requests) for requests in rounds) for rounds in (ours, theirs)]
    yield answers, Comparison(answers.name, sums[0], sums[1], 1.0)


class Editor:
    """A signed-in editor with the bird-dog open, who pulls its knee to and fro."""

    def __init__(self, app: Flask, port: int, exercise_id: int, scene: dict[str, Any]) -> None:
        client = sign_in(app.test_client(), "Edgar")
        cookie = client.get_cookie("session")
        assert cookie is not None
        self._head = {"Cookie": f"session={cookie.value}", "HX-Request": "true"}
        self._page = f"/staff/exercises/{exercise_id}/poses"
        self._form = fields(client.get(self._page, query_string={"picture": LETTERS[1]}).text, "pose-form")
        self._scene, self._port = scene, port
        self._way = cycle([(-4.0 + step, -14.0 + step % 9) for step in range(24)])
        self._angles = cycle(range(-20, 40))

    def pull(self) -> None:
        """One movement of the mouse, as `pose_preview.js` sends it; the pose goes on from the answer."""
        x, y = next(self._way)
        change = {"do": "drag", "handle": "near_hip", "x": x + 20, "y": y}
        sent = json.dumps({"slug": "bird-dog", "scene": self._scene, "change": change})
        answer = json.loads(self._post("/staff/poses/preview", sent, "application/json"))
        assert answer["svg"].startswith("<svg"), answer
        self._scene = answer["scene"]

    def send_the_page(self) -> None:
        form = self._form | {"number-near_hip": str(next(self._angles)), "action": "show"}
        page = self._post(self._page, urlencode(form, doseq=True), "application/x-www-form-urlencoded")
        assert b"pose-form" in page

    def _post(self, address: str, body: str, kind: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("POST", address, body, self._head | {"Content-Type": kind})
            answer = connection.getresponse()
            said = answer.read()
            assert answer.status == 200, (answer.status, said[:300])
            return said
        finally:
            connection.close()


def _spent(work: Any) -> Spent:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - clock, time.process_time() - cpu)


@contextmanager
def _served() -> Iterator[Editor]:
    """The service on a port of its own, in a thread: its work and the client's are one process."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-bench-"))
    app = create_app(config(folder, f"sqlite:///{folder / 'clinic.sqlite3'}"))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        invite()
        exercise = db.session.scalars(select(Exercise).filter_by(slug="bird-dog").order_by(Exercise.id)).first()
        assert exercise is not None
        number, scene = exercise.id, content_of(exercise)["pictures"][1]["scene"]
        db.session.commit()
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Editor(app, server.server_port, number, scene)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        shutil.rmtree(folder)
