"""Where the builder asks a person: two people's edits of one dose, and what the patient's record speaks against."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_app.dosage import Range
from tests.cast import Cast, sign_in
from tests.drafts import has_sore_knees, held, names, programme_at, start
from tests.forms import form, get_part, send_part


@pytest.fixture
def six(app: Flask, cast: Cast) -> str:
    return start(app, cast, "low-back-six")


@pytest.fixture
def empty(app: Flask, cast: Cast) -> str:
    return start(app, cast, "")


def test_of_two_who_edit_each_keeps_what_only_they_changed(app: Flask, clara: FlaskClient, six: str) -> None:
    colin = sign_in(app.test_client(), "Colin")
    mine, his = form(clara, six), form(colin, six)
    send_part(clara, six, {**mine, "exercises-1-hold_min": "15"})
    answer = send_part(colin, six, {**his, "exercises-4-hold_min": "25"})
    assert answer.status_code == 200
    assert "Clara Clinician changed the dose of Knee to chest" in answer.text
    assert 'value="15"' in answer.text, "the other one's number is on the page now"
    assert held(app, six) == Range.of(15)
    assert held(app, six, "childs-pose") == Range.of(25, 30)


@pytest.mark.parametrize(("action", "whose"), [("answer", "mine"), ("answer", "theirs"), ("take_theirs", "mine")])
def test_of_two_who_change_the_same_one_picks(
    app: Flask, clara: FlaskClient, six: str, action: str, whose: str
) -> None:
    colin = sign_in(app.test_client(), "Colin")
    mine, his = form(clara, six), form(colin, six)
    send_part(clara, six, {**mine, "exercises-1-hold_min": "15"})
    sent = {**his, "exercises-1-hold_min": "25", "exercises-6-note": "A towel."}
    both = send_part(colin, six, sent)
    assert both.status_code == 409
    assert "Clara Clinician also changed this" in both.text
    assert "25 seconds" in both.text
    assert "15 seconds" in both.text
    assert held(app, six) == Range.of(15), "nothing is written before somebody chose"
    answered = {"action": action, "answered": "2", "answer-row-1-dose": whose}
    assert send_part(colin, six, {**sent, **answered}).status_code == 200
    assert held(app, six) == Range.of(25 if (action, whose) == ("answer", "mine") else 15)
    with app.app_context():
        assert programme_at(six).exercises[5].note == "A towel."


def test_an_answer_to_something_older_is_none(app: Flask, clara: FlaskClient, six: str) -> None:
    colin = sign_in(app.test_client(), "Colin")
    his = form(colin, six)
    send_part(clara, six, {**form(clara, six), "exercises-1-hold_min": "15"})
    send_part(clara, six, {**form(clara, six), "exercises-1-hold_min": "30"})
    answered = {"action": "answer", "answered": "2", "answer-row-1-dose": "mine"}
    answer = send_part(colin, six, {**his, "exercises-1-hold_min": "25", **answered})
    assert answer.status_code == 409
    assert "30 seconds" in answer.text
    assert held(app, six) == Range.of(30)


def test_a_clash_waits_for_a_reason(app: Flask, cast: Cast, clara: FlaskClient, six: str) -> None:
    has_sore_knees(app, cast)
    page = clara.get(six).text
    where = re.search(r'id="(clash-3-[a-z_]+)"', page)
    assert where
    assert f'href="#{where[1]}"' in page
    code = where[1].removeprefix("clash-3-")
    kept = {"keep": f"3:{code}", f"reason-3-{code}": ""}
    assert "Please say why this exercise is kept." in send_part(clara, six, {**form(clara, six), **kept}).text
    kept[f"reason-3-{code}"] = "Kneels on two pillows"
    answer = send_part(clara, six, {**form(clara, six), **kept})
    assert where[1] not in answer.text
    with app.app_context():
        assert programme_at(six).exercises[2].kept == {code: "Kneels on two pillows"}


def test_a_swap_leaves_the_place(app: Flask, cast: Cast, clara: FlaskClient, empty: str) -> None:
    has_sore_knees(app, cast)
    send_part(clara, empty, {**form(clara, empty), "action": "add", "line": "cat and cow"})
    offered = get_part(clara, empty, part="swaps", row=1).text
    other = re.search(r'name="swap" value="(1:\d+)"', offered)
    assert other, "nothing was offered"
    send_part(clara, empty, {**form(clara, empty), "swap": other[1]})
    assert len(names(app, empty)) == 1
    assert names(app, empty) != ["cat-cow"]
