from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Exercise, Handout, Patient, Programme
from clinic_app.services import appointments, handouts, patients, print_desk, today
from clinic_app.services.patients import Details
from tests.cast import Cast, sign_in
from tests.issuing import Issued, started_programme

PART = {"HX-Request": "true"}
START = "/staff/today/programmes"


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def add(app: Flask, cast: Cast, *names: str) -> list[int]:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        made = [patients.create(clara, Details(name, reference=f"R-{name}")) for name in names]
        db.session.commit()
        return [each.id for each in made]


def programmes_of(app: Flask, patient: int) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Programme).filter_by(patient_id=patient)).unique().all())


def test_the_only_patient_that_is_meant_is_chosen_and_a_tile_starts_at_once(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    match = clara.get("/staff/today/patients?patient=exam", headers=PART).text
    assert re.search(rf'value="{cast.patient}"[^>]*checked', match)
    sent = {"patient": "exam", "patient_id": cast.patient, "protocol": "low-back-six"}
    assert re.fullmatch(r"/staff/programmes/\d+", clara.post(START, data=sent).location)
    # Without scripts nothing is chosen yet, but only one can be meant.
    assert clara.post(START, data={"patient": "exam", "protocol": "low-back-six"}).status_code == 303
    assert programmes_of(app, cast.patient) == 2


def test_of_several_nobody_is_chosen_for_the_clinician(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    add(app, cast, "Ada Examiner")
    assert "checked" not in clara.get("/staff/today/patients?patient=exam", headers=PART).text
    asked = clara.post(START, data={"patient": "exam", "protocol": "low-back-six"})
    assert asked.status_code == 422
    assert "Please choose the patient." in asked.text
    assert "Ada Examiner" in asked.text


def test_a_choice_made_for_other_words_starts_nothing(app: Flask, cast: Cast) -> None:
    """The name was typed over, and the tile pressed before the new matches came."""
    clara = sign_in(app.test_client(), "Clara")
    bea, _ben = add(app, cast, "Bea Other", "Ben Other")
    sent = {"patient": "other", "patient_id": cast.patient, "protocol": "low-back-six"}
    assert clara.post(START, data=sent).status_code == 422
    assert programmes_of(app, cast.patient) == 0
    assert clara.post(START, data={**sent, "patient_id": bea}).status_code == 303


def test_nobody_is_meant_by_nothing(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    for sent in ({}, {"patient": "nobody"}, {"patient_id": cast.patient}, {"patient_id": cast.neighbours_patient}):
        assert clara.post(START, data={**sent, "protocol": "low-back-six"}).status_code == 422
    assert "/staff/patients/new?name=Zoe" in clara.get("/staff/today/patients?patient=Zoe", headers=PART).text
    assert clara.post(START, data={"patient": "ada", "protocol": "invented"}).status_code == 404


def test_enter_opens_the_only_record_and_shows_the_choice_otherwise(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert clara.get("/staff/today?patient=1+January+1957").location == f"/staff/patients/{cast.patient}"
    add(app, cast, "Ada Examiner")
    assert "Which patient?" in clara.get("/staff/today?patient=ada").text


def test_the_protocols_one_uses_most_come_first(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        ada = db.session.get_one(Patient, cast.patient)
        names = [slug for _key, slug, _name in today.protocols_by_use(clara, utc_now())]
        for slug, times in ((names[-1], 2), (names[-2], 1)):
            for _ in range(times):
                started_programme(clara, ada, slug)
        db.session.flush()
        used = [slug for _key, slug, _name in today.protocols_by_use(clara, utc_now())]
        assert used == [names[-1], names[-2], *names[:-2]]
        long_ago = utc_now() + timedelta(weeks=13)
        assert [slug for _key, slug, _name in today.protocols_by_use(clara, long_ago)] == names


def test_what_waits_is_said_with_its_action(app: Flask, issued: Issued) -> None:
    clara = sign_in(app.test_client(), "Clara")
    page = clara.get("/staff/today").text
    assert "Not printed or sent yet: Ada Example" in page
    assert page.count(f'action="/staff/handouts/{issued.id}/printings"') == 2  # in the list, and among what waits
    clara.post(f"/staff/handouts/{issued.id}/printings")
    assert "Not printed or sent yet" not in clara.get("/staff/today").text
    assert "Not printed or sent yet" not in sign_in(app.test_client(), "Colin").get("/staff/today").text


def test_needs_of_each_kind(app: Flask, cast: Cast, issued: Issued) -> None:
    with app.app_context():
        clara, edgar = (db.session.get_one(Account, key) for key in (cast.clinician, cast.editor))
        ada = db.session.get_one(Patient, cast.patient)
        now = utc_now()
        old, fresh = started_programme(clara, ada), started_programme(clara, ada)
        old.saved_at = now - timedelta(days=8)
        followed = db.session.get_one(Programme, issued.programme_id)
        followed.review_on = clara.clinic.today(now)
        due, waiting, mine = db.session.scalars(
            select(Exercise).filter_by(clinic_id=clara.clinic_id, state="published").order_by(Exercise.id).limit(3)
        )
        due.review_due = clara.clinic.today(now)
        waiting.proposed_state, waiting.written_by_id = "in_review", clara.id
        mine.proposed_state, mine.written_by_id = "in_review", edgar.id
        db.session.flush()

        found = today.needs(clara, now)
        assert [each.id for each in found.old_drafts] == [old.id]
        assert [each.id for each in found.reviews_due] == [followed.id]
        assert [each.id for each in found.not_printed] == [issued.id]
        assert (found.content_due, found.to_review) == ((), ())  # not a clinician's work
        theirs = today.needs(edgar, now)
        assert ([each.id for each in theirs.content_due], list(theirs.to_review)) == ([due.id], [waiting])
        assert not theirs.old_drafts
        assert {each.id for each in today.drafts(clara)} == {old.id, fresh.id}
        followed.ended = old.ended = fresh.ended = True
        db.session.flush()
        assert today.needs(clara, now).count == 0


def test_drafts_are_all_of_the_accounts_own(app: Flask, cast: Cast) -> None:
    """Also those of patients that are not among the newest fifty."""
    clara = sign_in(app.test_client(), "Clara")
    clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"})
    add(app, cast, *(f"Person {number}" for number in range(60)))
    page = clara.get("/staff/today").text
    assert "Ada Example" in page.partition('id="drafts-head"')[2]
    colleagues = sign_in(app.test_client(), "Colin").get("/staff/today").text
    assert "No drafts are waiting." in colleagues


@pytest.mark.parametrize("path", ["/staff/today", "/staff/patients"])
def test_more_patients_cost_no_more_questions(app: Flask, cast: Cast, path: str) -> None:
    client = sign_in(app.test_client(), "Clara")

    def fill(names: list[str]) -> int:
        for key in add(app, cast, *names):
            with app.app_context():
                clara = db.session.get_one(Account, cast.clinician)
                programme = started_programme(clara, db.session.get_one(Patient, key))
                if key % 2:
                    programme.saved_at -= timedelta(days=9)
                appointments.add(clara, programme.patient, clara.clinic.today(utc_now()), time(8, key % 60))
                db.session.commit()
        client.get(path)
        with counted(app) as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    few = fill(["Ann One", "Ben Two"])
    assert fill([f"Person {number}" for number in range(12)]) <= few
    assert few <= 40


def test_a_sheet_that_jammed_waits_again(app: Flask, cast: Cast, issued: Issued) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handout = db.session.get_one(Handout, issued.id)
        handouts.record_printing(clara, handout)
        db.session.flush()
        assert not today.needs(clara, utc_now()).not_printed
        (delivery,) = handout.deliveries
        print_desk.put_back(clara, delivery)
        db.session.flush()
        assert today.needs(clara, utc_now()).not_printed == [handout]


def test_a_record_can_be_made_with_the_words_that_were_typed(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert 'value="Zoe New"' in clara.get("/staff/patients/new?name=Zoe+New").text


def test_a_moment_of_today_is_a_time_and_an_earlier_one_a_day(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara, ada = db.session.get_one(Account, cast.clinician), db.session.get_one(Patient, cast.patient)
        started_programme(clara, ada).saved_at = datetime(2026, 1, 2, 12, tzinfo=UTC)
        started_programme(clara, ada)
        db.session.commit()
    page = sign_in(app.test_client(), "Clara").get("/staff/today").text
    assert "Nobody has saved it since 2 January." in page
    assert re.search(r"Low back: six exercises, saved \d+:\d\d<", page)


def test_open_shows_the_record_and_puts_no_name_and_no_token_into_an_address(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.post("/staff/today/programmes", data={"patient": "ada", "open": "record"})
    assert (answer.status_code, answer.location) == (303, f"/staff/patients/{cast.patient}")
    assert "formmethod" not in clara.get("/staff/today").text
    assert clara.post("/staff/today/programmes", data={"patient": "nobody", "open": "record"}).status_code == 422
