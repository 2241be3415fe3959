"""The protocol editor: buttons keep what was typed, wrong doses are said beside the field, one press saves once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from tinyhtml5 import parse

from clinic_app.database import db
from clinic_app.models import Exercise, Protocol
from tests.cast import Cast, sign_in
from tests.double_click import answers_to_both
from tests.issuing import Issued
from tests.pages import HTML

PART = {"HX-Request": "true"}


def numbers(app: Flask, *slugs: str) -> list[str]:
    with app.app_context():
        found = {each.slug: each.id for each in db.session.scalars(select(Exercise).order_by(Exercise.id.desc()))}
    return [str(found[slug]) for slug in slugs]


def form(page: str) -> dict[str, str]:
    """The editor's form as the browser would send it."""
    values = {}
    main = next(each for each in parse(page).iter(f"{HTML}form") if each.get("id") == "protocol")
    for each in main.iter():
        name = each.get("name")
        if not name or name == "csrf_token" or each.tag == f"{HTML}button":
            continue
        if each.tag == f"{HTML}select":
            options = list(each.iter(f"{HTML}option"))
            chosen = [option for option in options if option.get("selected") is not None] or options
            values[name] = chosen[0].get("value") or ""
        elif each.get("type") != "checkbox" or each.get("checked") is not None:
            values[name] = each.get("value") or ""
    return values


def cursor(page: str) -> list[str]:
    """The ids of the elements that the cursor goes to."""
    return [each.get("id") or "" for each in parse(page).iter() if each.get("autofocus") is not None]


def stored(app: Flask, name: str = "Mornings") -> list[Protocol]:
    with app.app_context():
        found = list(db.session.scalars(select(Protocol).filter_by(name=name)))
        assert all(line.exercise.slug for each in found for line in each.exercises)
        return found


def begun(app: Flask, client: FlaskClient, *slugs: str) -> dict[str, str]:
    """A new protocol with these exercises, as typed and not saved."""
    typed = {**form(client.get("/staff/protocols/new").text), "name": "Mornings", "patient_title": "Start the day"}
    for key in numbers(app, *slugs):
        typed = form(client.post("/staff/protocols", data={**typed, "add": key}).text)
    return typed


@pytest.fixture
def saved(app: Flask, clara: FlaskClient) -> str:
    """The address of a draft with two exercises."""
    data = {**begun(app, clara, "bridge", "knee-to-chest"), "action": "save"}
    answer = clara.post("/staff/protocols", data=data)
    assert answer.status_code == 303
    return answer.location


def test_from_scratch_to_published(app: Flask, clara: FlaskClient, cast: Cast) -> None:
    typed = begun(app, clara, "bridge", "knee-to-chest")
    assert typed["lines-1-dose"] == "1x3 h20 each 2/day daily 6wk"
    assert stored(app) == []  # the buttons store nothing
    typed |= {"lines-0-heading": "Get stronger", "lines-1-dose": "x5", "action": "publish"}
    answer = clara.post("/staff/protocols", data=typed)
    assert answer.status_code == 303
    (protocol,) = stored(app)
    assert (protocol.state, protocol.patient_title) == ("published", "Start the day")
    assert [(line.exercise.slug, line.group) for line in protocol.exercises] == [
        ("bridge", "Get stronger"),
        ("knee-to-chest", "Get stronger"),
    ]
    reps = protocol.exercises[1].dosage.reps
    assert reps
    assert (reps.minimum, str(protocol.exercises[1].dosage.side)) == (5, "each")
    started = clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": protocol.slug})
    assert started.status_code == 303


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("lines-1-dose", "3x5 left", "A protocol says each side or alternate"),
        ("lines-1-dose", "banana", "is not understood"),
        ("lines-1-dose", "50/day", "50 times a day, but only 1 to 12"),
        ("name", "", "Please give the protocol a name."),
        ("name", "Left knee", "the side is chosen for each patient"),
        ("review_weeks", "soon", "is not a whole number"),
        ("review_weeks", "0", "from 1 to 52"),
        ("not_better_weeks", "", "from 1 to 52"),
        ("lines-0-heading", "a\u202eb", "U+202E"),
    ],
)
def test_a_wrong_value_is_said_and_nothing_typed_is_lost(
    app: Flask, clara: FlaskClient, field: str, typed: str, sentence: str
) -> None:
    data = {**begun(app, clara, "bridge", "knee-to-chest"), "lines-0-dose": "x12", field: typed, "action": "save"}
    answer = clara.post("/staff/protocols", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    again = form(answer.text)
    assert again["lines-0-dose"] == "x12"
    assert {name: again[name] for name in data if name in again and name != field} == {
        name: value for name, value in data.items() if name in again and name != field
    }
    if field != "lines-0-heading":
        assert again[field] == typed
    assert stored(app) == []


def test_rows_move_go_and_come_back_with_what_was_typed(app: Flask, clara: FlaskClient) -> None:
    typed = begun(app, clara, "bridge", "knee-to-chest", "cat-cow") | {"lines-0-heading": "First", "lines-1-dose": "x7"}
    moved = form(clara.post("/staff/protocols", data={**typed, "move": "1:up"}).text)
    assert (moved["lines-0-dose"], moved["lines-0-heading"]) == ("x7", "First")
    key = moved["lines-0-exercise_id"]
    assert cursor(clara.post("/staff/protocols", data={**typed, "move": "1:up"}).text) == [f"down-{key}"]
    assert cursor(clara.post("/staff/protocols", data={**typed, "remove": "1"}).text) == [f"back-{key}"]
    part = clara.post("/staff/protocols", data={**moved, "remove": "0"}, headers=PART)
    assert "Removed: Knee to chest" in part.text
    assert "<h1" not in part.text
    removed = form(f"<form id=protocol>{part.text}</form>")
    assert (removed["lines-0-removed"], removed["lines-1-heading"]) == ("1", "First")
    back = form(clara.post("/staff/protocols", data={**typed, **removed, "put_back": "0"}).text)
    assert (back["lines-0-removed"], back["lines-0-dose"]) == ("", "x7")
    without = {**typed, **removed, "action": "save"}
    clara.post("/staff/protocols", data=without)
    assert [line.exercise.slug for line in stored(app)[0].exercises] == ["bridge", "cat-cow"]


def test_the_search_box_adds_with_enter_and_without_script(app: Flask, clara: FlaskClient) -> None:
    typed = begun(app, clara) | {"find": "bridge"}
    shown = clara.post("/staff/protocols", data={**typed, "action": "enter"})
    assert "Add<span" in shown.text
    added = clara.post("/staff/protocols", data={**form(shown.text), "action": "enter"})
    assert form(added.text)["lines-0-exercise_id"] in numbers(app, "bridge")
    twice = clara.post("/staff/protocols", data={**form(added.text), "add": numbers(app, "bridge")[0]})
    assert "is in already" in twice.text
    part = clara.get("/staff/protocols/found", query_string={"find": "cat"}, headers=PART)
    assert "Cat" in part.text
    with app.app_context():
        for clam in db.session.scalars(select(Exercise).filter_by(slug="clam")):
            clam.state = "draft"
        db.session.commit()
    assert "No published exercise is found" in clara.get("/staff/protocols/found?find=clam", headers=PART).text


def test_the_reading_of_a_dose_as_one_types(app: Flask, clara: FlaskClient) -> None:
    address = f"/staff/protocols/reading?exercise_id={numbers(app, 'knee-to-chest')[0]}"
    assert "can mean rounds or times" in clara.get(f"{address}&lines-3-dose=4x h5", headers=PART).text
    assert "Do this 4 times on each leg" in clara.get(f"{address}&lines-0-dose=x4", headers=PART).text
    assert clara.get(f"{address}&lines-0-dose=x4").status_code == 404
    nora = sign_in(app.test_client(), "Nora")
    with app.app_context():
        harbours = db.session.scalars(select(Exercise).order_by(Exercise.id)).first()
        assert harbours
    assert nora.get(f"/staff/protocols/reading?exercise_id={harbours.id}&x-dose=x4", headers=PART).status_code == 404


def test_a_second_press_saves_once(app: Flask, clara: FlaskClient) -> None:
    data = {**begun(app, clara, "bridge"), "action": "save"}
    answers = answers_to_both(app, clara, "/staff/protocols", data)
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    assert len(stored(app)) == 1


def test_of_two_who_change_it_the_second_sees_both_and_keeps_hers(app: Flask, clara: FlaskClient, saved: str) -> None:
    colin = sign_in(app.test_client(), "Colin")
    mine, his = form(clara.get(saved).text), form(colin.get(saved).text)
    assert clara.post(saved, data={**mine, "lines-0-dose": "x11", "action": "save"}).status_code == 303
    answer = colin.post(saved, data={**his, "name": "Evenings", "lines-0-dose": "x13", "action": "save"})
    assert answer.status_code == 409
    for words in ("Somebody else saved this protocol", "11 times", "13 times", "Evenings", "Mornings"):
        assert words in answer.text
    assert stored(app)[0].version == 2
    again = form(answer.text)
    assert (again["name"], again["lines-0-dose"]) == ("Evenings", "x13")
    assert colin.post(saved, data={**again, "action": "save"}).status_code == 303
    assert len(stored(app, "Evenings")) == 1


def test_a_published_one_stays_complete(app: Flask, clara: FlaskClient, saved: str) -> None:
    assert clara.post(f"{saved}/state", data={"state": "published"}).status_code == 303
    data = form(clara.get(saved).text)
    answer = clara.post(saved, data={**data, "lines-0-removed": "1", "lines-1-removed": "1", "action": "save"})
    assert answer.status_code == 422
    assert "It has no exercises." in answer.text
    assert "Removed: Bridge" in answer.text
    assert len(stored(app)[0].exercises) == 2
    clara.post(f"{saved}/state", data={"state": "draft"})
    assert stored(app)[0].state == "draft"
    assert clara.post(f"{saved}/state", data={"state": "deleted"}).status_code == 404


def test_what_is_not_complete_is_saved_and_not_published(app: Flask, clara: FlaskClient) -> None:
    data = {**begun(app, clara, "bridge"), "patient_title": "", "action": "publish"}
    page = clara.post("/staff/protocols", data=data, follow_redirects=True).text
    assert "Saved. It is not published: 1 thing is missing, named below." in page
    assert 'href="#patient_title"' in page
    assert stored(app)[0].state == "draft"


def test_a_protected_one_is_shown_and_copied(app: Flask, clara: FlaskClient) -> None:
    listed = clara.get("/staff/protocols?q=six").text
    address = re.search(r'href="(/staff/protocols/\d+)"', listed)
    assert address
    page = clara.get(address[1]).text
    assert "Make my own copy" in page
    assert "Save and publish" not in page
    assert clara.post(address[1], data={"name": "Mine"}).status_code == 409
    assert clara.post(f"{address[1]}/state", data={"state": "archived"}).status_code == 409
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key
    copies = [clara.post(f"{address[1]}/copies", data={"key": key[1]}).location for _ in range(2)]
    assert copies[0] == copies[1]
    assert "This is your own copy" in clara.get(copies[0]).text
    edgar = sign_in(app.test_client(), "Edgar")
    assert form(edgar.get(address[1]).text)["is_protected"] == "y"


def test_protected_meanwhile_what_was_typed_becomes_ones_own_copy(app: Flask, clara: FlaskClient, saved: str) -> None:
    typed = {**form(clara.get(saved).text), "lines-0-dose": "x12", "action": "save"}
    edgar = sign_in(app.test_client(), "Edgar")
    edgar.post(saved, data={**form(edgar.get(saved).text), "action": "save", "is_protected": "y"})
    answer = clara.post(saved, data=typed)
    assert answer.status_code == 409
    assert "Saving makes your own copy" in answer.text
    again = form(answer.text)
    assert again["lines-0-dose"] == "x12"
    assert clara.post("/staff/protocols", data={**again, "action": "save"}).status_code == 303
    assert len(stored(app)) == 2


def test_going_back_and_saving_something_else_loses_nothing(app: Flask, clara: FlaskClient) -> None:
    typed = {**begun(app, clara, "bridge"), "action": "save"}
    answers = [clara.post("/staff/protocols", data=data).location for data in (typed, {**typed, "lines-0-dose": "x12"})]
    assert answers[0] != answers[1]
    assert len(stored(app)) == 2


def test_only_those_who_keep_the_catalogue_protect(app: Flask, clara: FlaskClient, saved: str) -> None:
    data = {**form(clara.get(saved).text), "action": "save", "is_protected": "y"}
    assert clara.post(saved, data=data).status_code == 303
    assert not stored(app)[0].is_protected
    edgar = sign_in(app.test_client(), "Edgar")
    assert (
        edgar.post(saved, data={**form(edgar.get(saved).text), "action": "save", "is_protected": "y"}).status_code
        == 303
    )
    assert stored(app)[0].is_protected


def test_from_a_programme(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    programme = issued.programme_id
    page = clara.get(f"/staff/protocols/new?programme={programme}")
    typed = form(page.text)
    assert typed["name"] == "Low back: six exercises"
    assert clara.post("/staff/protocols", data={**typed, "name": "Mornings", "action": "publish"}).status_code == 303
    assert len(stored(app)[0].exercises) == 6
    nora = sign_in(app.test_client(), "Nora")
    assert nora.get(f"/staff/protocols/new?programme={programme}").status_code == 404


def test_the_list_is_searched_and_empty_it_leads_on(app: Flask, clara: FlaskClient, saved: str) -> None:
    page = clara.get("/staff/protocols").text
    assert "Made by Clara Clinician" in page
    assert "Came with the service" in page
    assert "used 0 times" in page
    part = clara.get("/staff/protocols?q=morn", headers=PART).text
    assert "Mornings" in part
    assert "Low back" not in part
    assert "No protocol is called so" in clara.get("/staff/protocols?q=nothing").text
    clara.post(f"{saved}/state", data={"state": "archived"})
    assert "Mornings" not in clara.get("/staff/protocols").text
    assert "Mornings" in clara.get("/staff/protocols?archived=1").text
