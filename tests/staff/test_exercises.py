"""The catalogue's pages: found, read, written, signed; what is typed is kept, and what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from tinyhtml5 import parse
from werkzeug.test import TestResponse

from clinic_app.database import db
from clinic_app.models import Account, Exercise, ExerciseRevision
from clinic_app.services import exercise_history
from tests.builder import exercise
from tests.cast import Cast, sign_in
from tests.exercise_form import begun, fields, number_of, send
from tests.pages import HTML


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


def test_sending_what_was_shown_changes_nothing(app: Flask, edgar: FlaskClient) -> None:
    """For every exercise of the starter pack: else a signer would become its last writer."""
    with app.app_context():
        numbers = db.session.scalars(select(Exercise.id).order_by(Exercise.id).limit(41)).all()
    for number in numbers:
        answer = send(edgar, number, fields(edgar.get(f"/staff/exercises/{number}").text), action="save")
        assert answer.status_code == 303, (number, answer.text)
    with app.app_context():
        assert db.session.scalars(select(ExerciseRevision)).all() == []


def test_clinicians_read_and_do_not_write(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    number = number_of(app)
    page = clara.get(f"/staff/exercises/{number}").text
    assert "What the patient reads" in page
    assert "exercise-form" not in page
    for path in ("", "/advice", "/revisions/1"):
        assert clara.post(f"/staff/exercises/{number}{path}", data={"name": "Mine"}).status_code == 403
    assert clara.post("/staff/exercises", data={"name": "Mine"}).status_code == 403
    assert clara.get("/staff/exercises/new").status_code == 403


def test_from_nothing_to_a_draft(app: Flask, edgar: FlaskClient) -> None:
    start = {"name": "Wall sit", "kind": "strength", "starting_position": "standing", "body_part": ""}
    answer = edgar.post("/staff/exercises", data=start)
    assert edgar.post("/staff/exercises", data=start).location == answer.location  # a second click
    page = edgar.get(answer.location).text
    assert "Wall sit" in page
    assert "Draft, revision 1" in page
    number = int(answer.location.rpartition("/")[2])
    typed = {"steps-0": "Stand with your back against a wall.", "dose-reps_min": "10", "feel": "Your thighs."}
    assert send(edgar, number, fields(page), **typed).status_code == 303
    page = edgar.get(answer.location).text
    assert fields(page)["steps-0"] == ["Stand with your back against a wall."]
    assert "10 times" in page
    refused = send(edgar, number, fields(page), action="submit")
    assert refused.status_code == 422
    assert "Write at least 3 steps." in refused.text
    assert 'href="#pictures-add"' in refused.text


def test_the_way_to_publication(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    assert send(edgar, number, shown, feel="Your bottom.", action="submit").status_code == 303
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    refused = send(edgar, number, shown, action="publish")
    assert refused.status_code == 422
    assert "somebody else signs it: Maya Manager" in refused.text
    maya = sign_in(app.test_client(), "Maya")
    page = maya.get(f"/staff/exercises/{number}").text
    assert "In review, revision 2" in page
    back = send(maya, number, fields(page), action="send_back")
    assert back.status_code == 422
    assert "Please say what should be changed." in back.text
    assert send(maya, number, fields(page), action="publish").status_code == 303
    assert send(maya, number, fields(page), action="publish").status_code == 303  # a second click
    page = maya.get(f"/staff/exercises/{number}").text
    assert "Published, revision 3" in page
    assert "Reviewed by Maya Manager." in page


def test_a_published_exercise_stays_as_it_is_until_the_next_is_signed(app: Flask, edgar: FlaskClient) -> None:
    number = number_of(app)
    page = edgar.get(f"/staff/exercises/{number}").text
    assert "Published, awaiting your clinic&#39;s review" in page
    assert "Patients keep what they were given." in page
    assert send(edgar, number, fields(page), feel="Your bottom.").status_code == 303
    page = edgar.get(f"/staff/exercises/{number}").text
    assert "Published, revision 1; revision 2 is a draft" in page
    assert fields(page)["feel"] == ["Your bottom."]
    clara = sign_in(app.test_client(), "Clara")
    assert "Your bottom." not in clara.get(f"/staff/exercises/{number}").text


def test_of_two_who_edit_both_are_shown_and_nothing_is_lost(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    maya = sign_in(app.test_client(), "Maya")
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    assert send(maya, number, shown, feel="What Maya wrote.").status_code == 303
    stale = send(edgar, number, shown, feel="What Edgar wrote.", action="save")
    assert stale.status_code == 409
    assert "What Maya wrote." in stale.text
    assert "What Edgar wrote." in stale.text
    with app.app_context():
        assert db.session.get_one(Exercise, number).details["feel"] == "What Maya wrote."
    tree = parse(stale.text)
    again = next(each for each in tree.iter(f"{HTML}form") if each.get("action", "").endswith(f"/{number}"))
    data: dict[str, list[str]] = {}
    for each in again.iter(f"{HTML}input"):
        data.setdefault(each.get("name") or "", []).append(each.get("value") or "")
    assert send(edgar, number, data, action="save").status_code == 303
    with app.app_context():
        exercise = db.session.get_one(Exercise, number)
        assert exercise.details["feel"] == "What Edgar wrote."
        assert [each.number for each in exercise_history.revisions(exercise)] == [3, 2, 1]


def at_once(app: Flask, clients: list[FlaskClient], send_it: Callable[[FlaskClient, int], TestResponse]) -> list[int]:
    """The status codes of what all clients send at the same moment."""
    gate = Barrier(len(clients))
    codes: list[int] = []

    def go(number: int) -> None:
        cookie = clients[number].get_cookie("session")
        assert cookie
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        gate.wait()
        codes.append(send_it(client, number).status_code)

    threads = [Thread(target=go, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(codes)


def test_of_two_who_save_at_the_same_moment_one_is_asked(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    maya = sign_in(app.test_client(), "Maya")
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    typed = ("What Edgar wrote.", "What Maya wrote.")
    codes = at_once(app, [edgar, maya], lambda client, n: send(client, number, shown, feel=typed[n], action="save"))
    assert codes == [303, 409]
    with app.app_context():
        assert exercise_history.newest(db.session.get_one(Exercise, number)) == 2


def test_two_clicks_at_the_same_moment_begin_one_draft(app: Flask, edgar: FlaskClient) -> None:
    start = {"name": "Wall sit", "kind": "strength", "starting_position": "standing", "body_part": ""}
    codes = at_once(app, [edgar, edgar], lambda client, _n: client.post("/staff/exercises", data=start))
    assert codes == [303, 303]
    with app.app_context():
        assert len(db.session.scalars(select(Exercise).filter_by(name="Wall sit")).all()) == 1


def test_the_card_is_made_as_a_patient_would_hold_it(app: Flask, edgar: FlaskClient) -> None:
    answer = edgar.get(f"/staff/exercises/{number_of(app)}/card.pdf")
    assert answer.data.startswith(b"%PDF-")
    number = number_of(app)
    assert send(edgar, number, fields(edgar.get(f"/staff/exercises/{number}").text), feel="New.").status_code == 303
    assert edgar.get(f"/staff/exercises/{number}/card.pdf").data.startswith(b"%PDF-")
    start = {"name": "Wall sit", "kind": "strength", "starting_position": "standing", "body_part": ""}
    made = edgar.post("/staff/exercises", data=start).location
    assert edgar.get(f"{made}/card.pdf").location == made


def test_an_older_revision_is_read_and_used_again(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    send(edgar, number, shown, feel="Something else.")
    assert "Something else." in edgar.get(f"/staff/exercises/{number}/revisions/1").text
    answer = edgar.post(f"/staff/exercises/{number}/revisions/1", data={"revision": "2"})
    assert answer.status_code == 303
    assert edgar.post(f"/staff/exercises/{number}/revisions/2", data={"revision": "2"}).status_code == 409
    assert fields(edgar.get(f"/staff/exercises/{number}").text)["feel"] == shown["feel"]


def test_archived_and_back(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    assert send(edgar, number, shown, action="archive").status_code == 303
    page = edgar.get(f"/staff/exercises/{number}").text
    assert "Bring back as a draft" in page
    assert send(edgar, number, shown, feel="Too late.").status_code == 422
    assert edgar.post(f"/staff/exercises/{number}", data={"action": "reopen"}).status_code == 303
    assert "Draft, revision 1" in edgar.get(f"/staff/exercises/{number}").text


def test_the_list_is_searched_and_filtered(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    with app.app_context():
        exercise(db.session.get_one(Account, cast.clinician).clinic_id, "heel-raises", published=False)
        db.session.commit()
    page = clara.get("/staff/exercises?q=brige").text
    assert "spelt nearly like that" in page
    assert ">Bridge<" in page
    part = clara.get("/staff/exercises?position=standing&state=draft", headers={"HX-Request": "true"}).text
    assert "Heel raises" in part
    assert ">Bridge<" not in part
    assert "<h1" not in part
    assert "No exercise is found" in clara.get("/staff/exercises?q=xyzzy&offset=-5&kind=nonsense").text
    assert "Bridge" in clara.get("/staff/exercises/names?easier-0-name=brid", headers={"HX-Request": "true"}).text
