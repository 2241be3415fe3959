"""The editor's fields: what is wrong is said, what was typed stays, lines move, photos come and go."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from tinyhtml5 import parse

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services import exercise_history
from tests.cast import Cast, sign_in
from tests.exercise_form import begun, fields, number_of, send
from tests.pages import HTML


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please write the name."),
        ("name", "Cat and cow", "already an exercise called “Cat and cow”"),
        ("feel", "A\u202eB", "direction-changing character"),
        ("steps-1", "word " * 61, "characters; at most 300 fit"),
        ("dose-reps_min", "soon", "“soon” is not a whole number."),
        ("dose-reps_max", "1", "runs backwards"),
        ("dose-times_per_day_min", "", "Please give a number."),
        ("easier-0-name", "Nothing like it", "There is no exercise called “Nothing like it”."),
        ("easier-0-name", "Bridge on a step", "An exercise cannot lead to itself."),
        ("precautions-0-text", "", "Say in words what staff should know."),
        ("kind", "dancing", "Not a valid choice"),
    ],
)
def test_a_wrong_field_is_said_and_everything_typed_is_kept(
    app: Flask, edgar: FlaskClient, field: str, typed: str, sentence: str
) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    answer = send(edgar, number, shown, **{"take_care": "Keep this.", field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields(answer.text)["take_care"] == ["Keep this."]
    with app.app_context():
        assert exercise_history.newest(db.session.get_one(Exercise, number)) == 1


def test_lines_are_added_moved_and_removed_without_saving(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    steps = [shown[f"steps-{n}"][0] for n in range(3)]
    moved = fields(send(edgar, number, shown, do="steps:down:0", feel="typed", **{"dose-reps_min": "soon"}).text)
    assert [moved[f"steps-{n}"][0] for n in range(3)] == [steps[1], steps[0], steps[2]]
    assert (moved["feel"], moved["dose-reps_min"]) == (["typed"], ["soon"])
    removed = fields(send(edgar, number, shown, do="steps:remove:1").text)
    assert [removed[f"steps-{n}"][0] for n in range(2)] == [steps[0], steps[2]]
    added = send(edgar, number, shown, do="precautions:add")
    rows = [name for name in fields(added.text) if name.startswith("precautions-") and name.endswith("-text")]
    assert len(rows) == len([name for name in shown if name.startswith("precautions-") and name.endswith("-text")]) + 1
    part = edgar.post(f"/staff/exercises/{number}", data={**shown, "do": "steps:add"}, headers={"HX-Request": "true"})
    assert part.text.strip().startswith('<div class="edit-list" id="list-steps">')
    assert send(edgar, number, shown, do="feel:up:99").status_code == 200
    with app.app_context():
        assert exercise_history.newest(db.session.get_one(Exercise, number)) == 1


def test_shorthand_fills_the_numbers(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    filled = fields(send(edgar, number, shown, do="dose:read", **{"dose-shorthand": "3x10-12 h5 2/day 2kg"}).text)
    assert (filled["dose-sets_min"], filled["dose-reps_max"], filled["dose-hold_min"]) == (["3"], ["12"], ["5"])
    assert send(edgar, number, filled).status_code == 303
    with app.app_context():
        usual = db.session.get_one(Exercise, number).usual
        assert usual.load is not None
        assert usual.load.amount == 2
    wrong = send(edgar, number, shown, do="dose:read", **{"dose-shorthand": "lots"})
    assert "is not understood" in wrong.text


def test_advice_stands_in_the_box_of_its_field(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    answer = edgar.post(
        f"/staff/exercises/{number}/advice",
        data={**shown, "steps-1": "Engage your core.", "steps-0": "Begin."},
        headers={"HX-Request": "true"},
    )
    boxes = {
        each.get("id"): " ".join("".join(each.itertext()).split())
        for each in parse(answer.text).iter(f"{HTML}div")
        if (each.get("id") or "").startswith("advice-")
    }
    assert boxes["advice-steps-1"] == 'Say "Tighten your tummy" for "Engage your core".'
    assert "start position" in boxes["advice-steps-0"]
    assert boxes["advice-feel"] == ""
    with app.app_context():
        assert exercise_history.newest(db.session.get_one(Exercise, number)) == 1


def photo(kind: str = "JPEG") -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((80, 60), 60).convert("RGB").save(out, kind)
    out.seek(0)
    return out


def test_a_photo_is_kept_shown_and_taken_away(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    page = f"/staff/exercises/{number}"
    shown = fields(edgar.get(page).text)
    wrong = send(edgar, number, shown, name="", **{"pictures-1-photo": (photo(), "b.jpg"), "pictures-1-alt": "Kept."})
    assert wrong.status_code == 422
    kept = fields(wrong.text)
    assert kept["pictures-1-alt"] == ["Kept."]
    assert kept["pictures-1-kept"][0]
    assert send(edgar, number, kept, name="Bridge on a step").status_code == 303
    assert edgar.get(f"{page}/pictures/B").mimetype == "image/jpeg"
    assert edgar.get(f"{page}/pictures/A").mimetype == "image/svg+xml"
    shown = fields(edgar.get(page).text)
    assert send(edgar, number, shown, **{"pictures-1-drop_photo": "y"}).status_code == 303
    assert edgar.get(f"{page}/pictures/B").mimetype == "image/svg+xml"
    assert edgar.get(f"{page}/pictures/B?revision=2").mimetype == "image/jpeg"


def test_a_photo_needs_words_and_its_side(app: Flask, edgar: FlaskClient) -> None:
    number = number_of(app, "Knee to chest")
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    answer = send(edgar, number, shown, **{"pictures-1-photo": (photo(), "b.jpg")})
    assert answer.status_code == 422
    assert "Choose which side of the body the photo shows." in answer.text
    answer = send(edgar, number, shown, **{"pictures-1-photo": (photo("PNG"), "b.jpg"), "pictures-1-alt": ""})
    assert "Describe the photo for people who cannot see it." in answer.text
    letter = (io.BytesIO(b"Dear clinic"), "b.jpg")
    answer = send(edgar, number, shown, feel="Typed.", **{"pictures-1-photo": letter, "pictures-1-side": "left"})
    assert answer.status_code == 422
    assert "could not be read as a picture" in answer.text
    assert fields(answer.text)["feel"] == ["Typed."]
    stolen = send(edgar, number, shown, **{"pictures-1-kept": "not sealed", "pictures-1-side": "left"})
    assert stolen.status_code == 422


def test_a_drawing_is_never_without_words(app: Flask, edgar: FlaskClient) -> None:
    """What is emptied is made anew from the pose; what is typed stays as it is typed."""
    number = number_of(app)
    page = f"/staff/exercises/{number}"
    for typed, kept in (
        ("", "Lying on your back, hips lifted, knees bent, feet flat."),
        ("My own words.", "My own words."),
    ):
        assert send(edgar, number, fields(edgar.get(page).text), **{"pictures-1-alt": typed}).status_code == 303
        assert fields(edgar.get(page).text)["pictures-1-alt"][0].startswith(kept)
