"""The web process dies at any moment of issuing and sending, and the browser sends the very same form again.

One edition, one sending and one message come of it, and each page says what is. The server is gunicorn as `make run`
starts it; it dies by SIGKILL at the named failpoints, and starts again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app import failpoints, jobs
from clinic_app.database import db, utc_now
from clinic_app.models import Delivery, Handout, MailPause
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import handouts
from tests.cast import Cast
from tests.faults.mail_peer import Peer
from tests.faults.processes import Workers
from tests.faults.web_desk import Answer, Desk
from tests.faults.world import (
    ADDRESS,
    AGAIN,
    CALLED_BACK_NO_MORE,
    CANCEL,
    ISSUE,
    KILLED,
    PRESSED,
    RESUME,
    SEND,
    WRONG,
    bridge,
    check_world,
    issued,
    kept,
    mail,
)

ROOT = Path(__file__).resolve().parents[2]


def sweep(
    app: Flask, desk: Desk, path: str, form: Mapping[str, str], points: tuple[tuple[str, ...], tuple[str, ...]]
) -> Answer:
    """Press one button again and again: each time the process dies a step later, the last time it answers."""
    nothing, everything = points
    before = kept(app)
    for name in nothing:
        assert desk.press(path, form, die=name) is None, f"{name} was never reached"
        assert kept(app) == before, f"{name} left something half"
    after = None
    for name in everything:
        assert desk.press(path, form, die=name) is None, f"{name} was never reached"
        after = after or kept(app)
        assert before != after == kept(app), name
    answer = desk.press(path, form)
    assert answer
    assert answer.status == 303, answer.text
    assert kept(app) == (after or kept(app)), "the press counted twice"
    return answer


def send(desk: Desk, page: str) -> None:
    """Press "Send", as somebody who would like the process to die: no request can say so."""
    form = desk.form(f"{page}/send") | {failpoints.VARIABLE: "after_wake"}
    answer = desk.press(f"{page}/send?{failpoints.VARIABLE}=after_wake", form, say={failpoints.VARIABLE: "after_wake"})
    assert answer
    assert answer.status == 303, answer.text


def put(app: Flask, state: DeliveryState, *, paused: bool = False) -> None:
    """As the worker left the last sending."""
    with app.app_context():
        row = db.session.get_one(Delivery, mail(app).id)
        row.state, row.next_at = state, None
        if paused:
            db.session.add(MailPause(at=utc_now(), reason="535"))
        db.session.commit()


def work(app: Flask, peer: Peer, workers: Workers) -> None:
    """A worker looks at the rows, two minutes from now."""
    assert workers.run(ahead=CALLED_BACK_NO_MORE) == 0
    check_world(app, peer)


def test_issue_and_print_and_send(served: Flask, cast: Cast, desk: Desk, workers: Workers, peer: Peer) -> None:
    key = bridge(served, cast)
    path = f"/staff/programmes/{key}"
    form = desk.form(path) | {"then": "print", "title": "For a sore back", "page": "of a browser", "save": "1"}
    for name in ISSUE[0]:
        assert desk.press(f"{path}/handouts", form, die=name) is None, f"{name} was never reached"
        assert (kept(served)["editions"], kept(served)["given_out"]) == (0, ()), name
    page = desk.page(path)
    assert "Edition 1 was issued" not in page
    assert "For a sore back" in page
    answer = sweep(served, desk, f"{path}/handouts", form, ISSUE[1:])
    with served.app_context():
        handout = db.session.scalars(select(Handout)).one()
        shown = f"/staff/handouts/{handout.id}"
        assert (handout.edition, handout.programme.title) == (1, "For a sore back")
        assert handouts.pdf(handout).startswith(b"%PDF")
    assert answer.place == f"{shown}.pdf"
    assert kept(served)["given_out"] == (DeliveryState.PRINTED,)

    form = desk.form(f"{shown}/send")
    form["seen"] = ADDRESS
    queue = jobs.of(served).huey
    for name in SEND[0]:
        assert desk.press(f"{shown}/send", form, die=name) is None, f"{name} was never reached"
        assert kept(served)["given_out"] == (DeliveryState.PRINTED,), name
    page = desk.page(shown)
    assert "Printed" in page
    assert "E-mail leaves soon" not in page
    for name, woken in zip(SEND[1], (0, 1), strict=True):
        assert desk.press(f"{shown}/send", form, die=name) is None, f"{name} was never reached"
        now = DeliveryState.PRINTED, DeliveryState.SCHEDULED
        assert (kept(served)["given_out"], queue.pending_count()) == (now, woken), name
    assert "E-mail leaves soon" in desk.page(shown)
    work(served, peer, workers)
    assert "E-mail accepted" in desk.page(shown)
    answer_again = desk.press(f"{shown}/send", form)  # the browser's retry, when the patient has it already
    assert answer_again
    assert answer_again.place == shown
    work(served, peer, workers)
    assert kept(served)["given_out"] == (DeliveryState.PRINTED, DeliveryState.ACCEPTED)
    assert peer.received == {mail(served).message_id: 1}


def test_what_is_pressed_afterwards(
    served: Flask, cast: Cast, desk: Desk, workers: Workers, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Call back, send again, start e-mail again, and that it went to the wrong person."""
    page = f"/staff/handouts/{issued(served, cast, monkeypatch)}"
    states: list[DeliveryState] = []

    def stands(*new: DeliveryState) -> None:
        states.extend(new)
        assert kept(served)["given_out"] == tuple(states)

    send(desk, page)
    form = desk.form(page)
    sweep(served, desk, f"/staff/deliveries/{mail(served).id}/cancel", form, CANCEL)
    shown = desk.page(page)
    assert "The e-mail was cancelled. Nothing was sent." in shown
    assert "cannot be called back" not in shown
    work(served, peer, workers)
    stands(DeliveryState.CANCELLED)

    send(desk, page)
    put(served, DeliveryState.HELD)
    assert "E-mail held" in desk.page(page)
    sweep(served, desk, f"/staff/deliveries/{mail(served).id}/again", form, AGAIN)
    assert "E-mail leaves soon" in desk.page(page)
    work(served, peer, workers)
    stands(DeliveryState.CANCELLED, DeliveryState.ACCEPTED)

    send(desk, page)
    put(served, DeliveryState.HELD, paused=True)
    sweep(served, desk, "/staff/mail/resume", form, RESUME)
    work(served, peer, workers)
    stands(DeliveryState.ACCEPTED)
    assert len(peer.received) == 2

    went = mail(served).id
    send(desk, page)
    told = form | {"what": "Sent to her sister."}
    sweep(served, desk, f"/staff/deliveries/{went}/wrong-person", told, WRONG)
    assert "The old link and code are closed." in desk.page(f"/staff/deliveries/{went}/wrong-person")
    work(served, peer, workers)
    stands(DeliveryState.CANCELLED)
    assert (kept(served)["incidents"], len(peer.received)) == (1, 2)


def test_every_failpoint_is_swept() -> None:
    """Those of a worker are in test_delivery_crashes.py."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "clinic_app").rglob("*.py"))
    assert set(re.findall(r'failpoint\("(\w+)"\)', source)) - set(KILLED) == PRESSED


def test_nothing_but_the_environment_names_a_failpoint() -> None:
    """The service reads the variable in one place, and sets none whose name it was told: no request turns one on."""
    sources = {path: path.read_text("utf-8") for path in (ROOT / "clinic_app").rglob("*.py")}
    named = [path.name for path, text in sources.items() if failpoints.VARIABLE in text or "failpoints." in text]
    assert named == ["failpoints.py"]
    told = re.compile(r"os\.environ(\[[^\"]+\] =|\.update|\.setdefault\([^\"])|putenv")
    assert not [path.name for path, text in sources.items() if told.search(text)]
