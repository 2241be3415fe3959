"""The search box as a page and as a part of one: patients, exercises, printed codes; one's own clinic only."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from clinic_app.database import db
from clinic_app.models import Account, Exercise, Handout, Patient, Programme
from clinic_app.services import addresses, search
from tests.cast import Cast, sign_in
from tests.issuing import Issued, started_programme

HTMX = {"HX-Request": "true"}


def ask(client: FlaskClient, q: str, **headers: str) -> str:
    answer = client.get("/staff/search", query_string={"q": q}, headers=headers)
    assert answer.status_code == 200
    return answer.text


def printed_code(app: Flask, programme_id: int) -> str:
    with app.app_context():
        return addresses.printed(db.session.get_one(Programme, programme_id)).code


def test_patients_and_exercises_under_their_headings(clara: FlaskClient, cast: Cast) -> None:
    people = ask(clara, "ada")
    assert f'href="/staff/patients/{cast.patient}"' in people
    assert "Patients</h2>" in people
    exercises = ask(clara, "brige")
    assert "Bridge</a>" in exercises
    assert "like “brige”" in exercises
    assert "Patients</h2>" not in exercises


def test_the_part_below_the_box_is_the_same_list(clara: FlaskClient) -> None:
    page, part = ask(clara, "bridge"), ask(clara, "bridge", **HTMX)
    assert "<html" in page
    assert "<html" not in part
    assert part.strip() in page


def test_too_short_nothing_found_and_more_than_fit(clara: FlaskClient) -> None:
    for q in ("", " ", "b"):
        assert "Type 2 letters or more" in ask(clara, q), q
    nothing = ask(clara, "<b>xylo")
    assert "Nothing found for “&lt;b&gt;xylo”" in nothing
    assert 'href="/staff/exercises?q=back"' in ask(clara, "back")
    ask(clara, "%_'\"\\ 🤸 \u202e" + "x" * 10_000)


def test_archived_exercises_are_left_out_and_drafts_say_so(app: Flask, cast: Cast, clara: FlaskClient) -> None:
    with app.app_context():
        account = db.session.get_one(Account, cast.clinician)
        for slug, state, name in (("bridge", "archived", "Okapi one"), ("clam", "draft", "Okapi two")):
            exercise = db.session.query(Exercise).filter_by(clinic_id=account.clinic_id, slug=slug).one()
            exercise.name, exercise.state = name, state
            search.index(exercise)
        db.session.commit()
    part = ask(clara, "okapi", **HTMX)
    assert "Okapi two" in part
    assert "Okapi one" not in part
    assert "Draft" in part


def test_a_printed_code_opens_its_handout(app: Flask, issued: Issued, clara: FlaskClient) -> None:
    code = printed_code(app, issued.programme_id)
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} ", code.replace("-", "–")):
        answer = clara.get("/staff/search", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (303, f"/staff/handouts/{issued.id}"), typed
    part = ask(clara, code, **HTMX)
    assert "Handouts</h2>" in part
    assert f'href="/staff/handouts/{issued.id}"' in part
    assert "Ada Example, edition 1" in part


def test_a_code_of_a_draft_opens_the_programme(app: Flask, cast: Cast, clara: FlaskClient) -> None:
    with app.app_context():
        account = db.session.get_one(Account, cast.clinician)
        programme = started_programme(account, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        number = programme.id
    answer = clara.get("/staff/search", query_string={"q": printed_code(app, number)})
    assert answer.location == f"/staff/programmes/{number}"


def test_the_clinic_next_door_finds_neither_code_nor_patient(app: Flask, cast: Cast, issued: Issued) -> None:
    nora = sign_in(app.test_client(), "Nora")
    for q in (printed_code(app, issued.programme_id), "ada", "H-014"):
        assert "Nothing found" in ask(nora, q), q
    with app.app_context():
        assert db.session.get_one(Handout, issued.id).clinic_id == db.session.get_one(Account, cast.clinician).clinic_id
