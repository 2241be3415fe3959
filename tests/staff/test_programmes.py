"""The editor: what is typed is kept, what is wrong is said beside the field, and one Issue makes one edition."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Hold, Range, Side
from clinic_app.models import AuditEvent, Delivery, Handout, PrescribedExercise, Programme
from tests.cast import Cast, sign_in
from tests.forms import fields, form


@pytest.fixture
def editor(clara: FlaskClient, cast: Cast) -> str:
    """The address of the editor of Ada's new programme."""
    answer = clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"})
    assert answer.status_code == 303
    return answer.location


def saved(app: Flask, url: str) -> Programme:
    with app.app_context():
        programme = db.session.get_one(Programme, int(url.rsplit("/", 1)[1]))
        assert programme.rows
        db.session.expunge_all()
        return programme


def test_a_protocol_brings_its_six_exercises(clara: FlaskClient, editor: str) -> None:
    page = clara.get(editor).text
    for name in ("Knee to chest", "Pelvic tilt", "Child&#39;s pose", "Bird-dog", "Bridge"):
        assert name in page
    assert "Hold for 20 seconds." in page


def test_a_changed_dose_is_saved_and_read_back(app: Flask, clara: FlaskClient, editor: str) -> None:
    answer = clara.post(
        editor, data={**form(clara, editor), "exercises-1-hold_min": "15", "exercises-1-note": "Towel."}
    )
    assert answer.status_code == 303
    row = saved(app, editor).rows[0]
    assert row.dosage.hold
    assert row.dosage.hold.amount == Range.of(15)
    assert row.note == "Towel."
    assert "Hold for 15 seconds." in clara.get(editor).text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("exercises-1-hold_min", "soon", "is not a whole number"),
        ("exercises-1-hold_min", "", "please give a number"),
        ("exercises-1-hold_min", "9999", "9999"),
        ("exercises-2-hold_max", "2", "3 to 2 runs backwards"),
        ("exercises-1-note", "x" * 61, "61 characters without a space"),
        ("exercises-1-note", "a\u202eb", "U+202E"),
        ("title", "", "Please give the programme a title."),
        ("exercises-1-times_per_day_min", "50", "50"),
    ],
)
def test_a_wrong_value_is_said_and_nothing_typed_is_lost(
    app: Flask, clara: FlaskClient, editor: str, field: str, typed: str, sentence: str
) -> None:
    sent = {**form(clara, editor), "exercises-6-note": "Please keep me", field: typed}
    answer = clara.post(editor, data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Please keep me" in answer.text
    assert saved(app, editor).version == 1


def test_an_absurd_number_asks_again_naming_it(app: Flask, clara: FlaskClient, editor: str) -> None:
    sent = {**form(clara, editor), "exercises-2-hold_min": "50", "exercises-2-hold_max": ""}
    asked = clara.post(editor, data=sent)
    assert asked.status_code == 422
    assert "50 seconds" in asked.text
    assert clara.post(editor, data={**sent, "exercises-2-confirm": "y"}).status_code == 422  # it was not asked this
    answered = {**sent, **fields(asked.text), "exercises-2-confirm": "y"}
    again = clara.post(editor, data=answered)
    assert again.status_code == 303
    hold = saved(app, editor).rows[1].dosage.hold
    assert hold
    assert hold.amount == Range.of(50)


def test_a_tick_stands_for_one_number_only(app: Flask, clara: FlaskClient, editor: str) -> None:
    unusual = {"exercises-2-hold_min": "50", "exercises-2-hold_max": ""}
    asked = clara.post(editor, data={**form(clara, editor), **unusual})
    assert clara.post(editor, data={**fields(asked.text), "exercises-2-confirm": "y"}).status_code == 303
    ticked = form(clara, editor)
    assert ticked["exercises-2-confirm"] == "y"
    assert clara.post(editor, data={**ticked, "title": "Renamed"}).status_code == 303
    again = clara.post(editor, data={**form(clara, editor), "exercises-2-hold_min": "40"})
    assert again.status_code == 422
    assert "40 seconds" in again.text


def test_rows_move_go_and_come_back(app: Flask, clara: FlaskClient, editor: str) -> None:
    def names() -> list[str]:
        return [row.exercise.slug for row in _rows(app, editor)]

    clara.post(editor, data={**form(clara, editor), "move": "2:up"})
    assert names()[:2] == ["pelvic-tilt", "knee-to-chest"]
    clara.post(editor, data={**form(clara, editor), "remove": "6"})
    assert "bridge" not in names()
    removed = re.search(r'name="put_back" value="(\d+)"', clara.get(editor).text)
    assert removed
    clara.post(editor, data={**form(clara, editor), "put_back": removed[1]})
    assert names()[-1] == "bridge"


def _rows(app: Flask, url: str) -> list[PrescribedExercise]:
    with app.app_context():
        programme = db.session.get_one(Programme, int(url.rsplit("/", 1)[1]))
        rows = list(programme.exercises)
        assert all(row.exercise.slug for row in rows)
        return rows


def test_a_button_also_saves_what_was_typed(app: Flask, clara: FlaskClient, editor: str) -> None:
    clara.post(editor, data={**form(clara, editor), "exercises-1-hold_min": "12", "move": "1:down"})
    holds = {row.exercise.slug: row.dosage.hold for row in _rows(app, editor)}
    assert holds["knee-to-chest"] == Hold(Range.of(12))


def test_issue_saves_makes_one_edition_and_shows_the_pages(app: Flask, clara: FlaskClient, editor: str) -> None:
    answer = clara.post(
        f"{editor}/handouts",
        data={**form(clara, editor), "exercises-1-side": "left", "exercises-1-reps_min": "4", "then": "print"},
    )
    assert answer.status_code == 303
    pdf = clara.get(answer.location)
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    with app.app_context():
        handout = db.session.scalars(select(Handout)).unique().one()
        assert '"side":"left"' in handout.snapshot
        assert db.session.scalars(select(Delivery)).one().account_id == handout.account_id
    assert clara.get(answer.location).data == pdf.data


def test_a_double_click_makes_one_edition(app: Flask, clara: FlaskClient, editor: str) -> None:
    """Both requests at once, and both carry a change, as two clicks of one button do."""
    sent = {**form(clara, editor), "exercises-1-hold_min": "15", "then": "stay"}
    cookie = clara.get_cookie("session")
    assert cookie
    gate = Barrier(2)
    answers: list[tuple[int, str]] = []

    def click() -> None:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        gate.wait()
        answer = client.post(f"{editor}/handouts", data=sent)
        answers.append((answer.status_code, answer.location))

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    with app.app_context():
        assert db.session.scalars(select(Handout)).unique().one().edition == 1
        assert len(db.session.scalars(select(AuditEvent).filter_by(action="handout.issue")).all()) == 1


def test_what_is_missing_is_a_link_and_nothing_is_issued(app: Flask, clara: FlaskClient, editor: str) -> None:
    sent = {name: value for name, value in form(clara, editor).items() if name != "exercises-1-side"}
    answer = clara.post(f"{editor}/handouts", data=sent, follow_redirects=True)
    assert "1 thing is missing" in answer.text
    assert "Nothing was issued" in answer.text
    assert 'href="#exercises-1-side"' in answer.text
    assert 'id="exercises-1-side"' in answer.text
    with app.app_context():
        assert db.session.scalars(select(Handout)).first() is None
    assert saved(app, editor).rows[0].dosage.side is None


def test_of_two_who_edit_the_second_sees_both(app: Flask, clara: FlaskClient, editor: str) -> None:
    colin = sign_in(app.test_client(), "Colin")
    mine, his = form(clara, editor), form(colin, editor)
    assert clara.post(editor, data={**mine, "exercises-1-hold_min": "15"}).status_code == 303
    answer = colin.post(editor, data={**his, "exercises-1-hold_min": "25"})
    assert answer.status_code == 409
    assert "25 seconds" in answer.text
    assert "15 seconds" in answer.text
    hold = saved(app, editor).rows[0].dosage.hold
    assert hold
    assert hold.amount == Range.of(15)


def test_a_row_of_another_programme_is_ignored(app: Flask, clara: FlaskClient, editor: str, cast: Cast) -> None:
    other = clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"}).location
    theirs = saved(app, other).rows[0].id
    clara.post(editor, data={**form(clara, editor), "exercises-1-row_id": str(theirs), "exercises-1-hold_min": "7"})
    hold = saved(app, other).rows[0].dosage.hold
    assert hold
    assert hold.amount == Range.of(20)


def test_no_programme_for_the_neighbours_patient(app: Flask, clara: FlaskClient, cast: Cast) -> None:
    answer = clara.post("/staff/programmes", data={"patient_id": cast.neighbours_patient, "protocol": "low-back-six"})
    assert answer.status_code == 404


def test_the_draft_is_marked_on_every_page(clara: FlaskClient, editor: str) -> None:
    document = pypdfium2.PdfDocument(clara.get(f"{editor}/draft.pdf").data)
    for page in document:
        assert "Draft, not issued" in page.get_textpage().get_text_range()


def test_alternate_counts_the_total(app: Flask, clara: FlaskClient, editor: str) -> None:
    sent = {**form(clara, editor), "exercises-1-side": str(Side.ALTERNATE)}
    answer = clara.post(editor, data=sent)
    assert answer.status_code == 422
    assert "3" in answer.text
