"""The diary's page: written by forms and by scripts, kept once, and safety advice before anything else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic_app.database import db, utc_now
from clinic_app.models import Clinic, Concern, DiaryDay, DiaryEntry, PatientAddress
from tests.patient_phone import Phone, words

DAY = timedelta(days=1)


@pytest.fixture
def today(app: Flask, programme_id: int) -> str:
    """The day on the clinic's clock."""
    with app.app_context():
        return db.session.scalars(select(Clinic)).first().today(utc_now()).isoformat()  # type: ignore[union-attr]


def send(phone: Phone, **form: object) -> TestResponse:
    return phone.client.post(f"/p/{phone.public_id}/diary", data=form)


def send_json(phone: Phone, data: object) -> TestResponse:
    return phone.client.post(f"/p/{phone.public_id}/diary", json=data)


def entries(app: Flask) -> list[tuple[str, int, str, int | None]]:
    with app.app_context():
        rows = db.session.scalars(select(DiaryEntry).order_by(DiaryEntry.id))
        return [(row.exercise, row.turn, row.done, row.reps) for row in rows]


def test_a_tick_without_scripts_and_back(app: Flask, phone: Phone, today: str) -> None:
    tick = {"day": today, "exercise": "bridge", "turn": 1, "back": "today"}
    assert 'aria-pressed="true"' not in phone.get("today").text
    answer = send(phone, **tick, done="done")
    assert (answer.status_code, answer.location) == (303, f"/p/{phone.public_id}/today#progress")
    assert entries(app) == [("bridge", 1, "done", None)]
    send(phone, **tick, done="")
    assert entries(app) == [("bridge", 1, "", None)]
    assert 'aria-pressed="true"' not in phone.get("today").text


def test_only_what_changed_in_the_form_is_written(app: Flask, phone: Phone, today: str) -> None:
    lines = {
        "exercise": ["bridge", "bird-dog"],
        "turn": ["1", "1"],
        "done": ["partly", ""],
        "reps": ["8", ""],
        "was": [":", ":"],
    }
    answer = send(phone, day=today, feeling="new", pain_before="", pain_after="", worse="no", note=" ", **lines)
    assert answer.status_code == 303
    assert entries(app) == [("bridge", 1, "partly", 8)]
    with app.app_context():
        assert db.session.scalars(select(DiaryDay)).all() == []


def test_a_day_can_be_put_right(app: Flask, phone: Phone, today: str) -> None:
    for pain in ("3", "0"):
        answer = send(phone, day=today, feeling="new", pain_before=pain, pain_after="", worse="no", note="Stiff <b>")
        page = phone.client.get(answer.location).text
        assert "Kept in your diary." in page
        assert f'name="pain_before" value="{pain}" checked' in page
    assert "Stiff &lt;b&gt;" in page
    assert "0 then ?" in words(page)


def test_what_is_refused_stays_in_the_form(app: Flask, phone: Phone, today: str) -> None:
    lines = {"exercise": "bridge", "turn": "1", "done": "done", "reps": "900", "was": ":"}
    answer = send(phone, day=today, feeling="new", pain_before="2", pain_after="", worse="no", note="Mine", **lines)
    assert answer.status_code == 422
    assert "Times must be a number from 0 to 500." in answer.text
    assert 'value="900"' in answer.text
    with app.app_context():
        assert db.session.scalars(select(DiaryDay.note)).one() == "Mine"


@pytest.mark.parametrize(("pain", "why"), [("5", ""), ("6", "pain")])
def test_strong_pain_leads_to_the_safety_advice(app: Flask, phone: Phone, today: str, pain: str, why: str) -> None:
    answer = send(phone, day=today, feeling="new", pain_before="", pain_after=pain, worse="no", note="")
    assert answer.location.endswith(f"/help?why={why}" if why else f"/diary?day={today}&kept=1")
    said = words(phone.client.get(answer.location).text)
    assert ("You wrote down strong pain. Please read this page now." in said) == bool(why)
    with app.app_context():
        assert list(db.session.scalars(select(Concern.kind))) == ([f"high_{why}"] if why else [])


def test_each_item_of_a_script_has_its_answer(app: Flask, phone: Phone, today: str) -> None:
    now = utc_now().isoformat()
    tick = {"day": today, "exercise": "bridge", "turn": 1, "done": "done", "reps": None, "written_at": now}
    day = {"day": today, "pain_before": 2, "pain_after": 9, "worse": False, "note": "", "written_at": now}
    answer = send_json(phone, {"entries": [tick | {"exercise": "x"}, tick], "days": [day]})
    assert answer.json == {
        "entries": [{"kept": False, "reason": "This exercise is not in your programme."}, {"kept": True, "reason": ""}],
        "days": [{"kept": True, "reason": ""}],
        "advice": "pain",
    }


def test_a_phone_with_a_wrong_clock(app: Flask, phone: Phone, today: str) -> None:
    """A day ahead: what it wrote an hour ago was written an hour ago by our clock."""
    ahead = utc_now() + DAY
    tick = {"day": today, "exercise": "bridge", "turn": 1, "done": "done"}
    sent = {"entries": [tick | {"written_at": (ahead - DAY / 24).isoformat()}], "sent_at": ahead.isoformat()}
    assert send_json(phone, sent).status_code == 200
    with app.app_context():
        written_at = db.session.scalars(select(DiaryEntry.written_at)).one()
    assert abs(utc_now() - DAY / 24 - written_at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("data", "status"),
    [([], 400), ({"entries": 7}, 400), ({"entries": [{}] * 201}, 413), ({"entries": [{}, None, 3]}, 200), ({}, 200)],
)
def test_bad_input_of_a_script(app: Flask, phone: Phone, data: object, status: int) -> None:
    assert send_json(phone, data).status_code == status
    assert entries(app) == []


def test_a_phone_that_was_closed_writes_nothing(app: Flask, phone: Phone, today: str) -> None:
    tick = {"entries": [{"day": today, "exercise": "bridge", "done": "done"}]}
    stranger = app.test_client()
    assert stranger.post(f"/p/{phone.public_id}/diary", json=tick).status_code == 401
    with app.app_context():
        db.session.scalars(select(PatientAddress)).one().revoked_at = utc_now()
        db.session.commit()
    assert send_json(phone, tick).status_code == 410
    assert entries(app) == []


def test_every_page_with_a_field_says_who_reads_it(phone: Phone) -> None:
    said = words(phone.get("diary").text)
    assert "Your physiotherapist reads this before your next visit. Not watched out of hours." in said
    assert "If you need help now, call 111 ; in an emergency 999" in said


def test_a_day_that_may_not_be_written_shows_today(phone: Phone, today: str) -> None:
    for wrong in ("2020-01-01", "2999-01-01", "x", "%00"):
        assert f'data-day="{today}"' in phone.get(f"diary?day={wrong}").text


def test_what_is_installed_names_no_patient(app: Flask, phone: Phone) -> None:
    answer = phone.get("app.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    assert answer.json is not None
    assert answer.json["name"] == "Your exercises"
    assert answer.json["scope"] == f"/p/{phone.public_id}/"
    assert "Ada" not in answer.text
    stranger = app.test_client()
    for name in ("app.webmanifest", "worker.js"):
        assert stranger.get(f"/p/{phone.public_id}/{name}").status_code == 303


def test_the_worker_is_a_script_that_is_never_stale(phone: Phone) -> None:
    answer = phone.get("worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_programme_that_has_ended_asks_for_nothing(app: Flask, phone: Phone) -> None:
    with app.app_context():
        db.session.scalars(select(PatientAddress)).one().programme.ended = True
        db.session.commit()
    assert phone.get("diary").location == f"/p/{phone.public_id}/today"
