"""The pose editor: who may draw, what a page without scripts can do, and that nothing drawn is lost."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import event

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services import exercise_history
from tests.cast import Cast, sign_in
from tests.exercise_form import begun, fields, number_of, send


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


def address(number: int) -> str:
    return f"/staff/exercises/{number}/poses"


def form_of(html: str) -> dict[str, Any]:
    return fields(html, "pose-form")


def pose_of(data: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data[f"pictures-{number}-scene"][0])
    return found


def pictures(app: Flask, number: int) -> list[dict[str, Any]]:
    with app.app_context():
        found: list[dict[str, Any]] = exercise_history.content_now(db.session.get_one(Exercise, number))["pictures"]
        return found


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((80, 60), 60).convert("RGB").save(out, "JPEG")
    out.seek(0)
    return out


def test_a_joint_is_changed_shown_and_saved_without_scripts(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    before = pictures(app, number)
    name = "number-pelvis.height"
    shown = edgar.post(address(number), data={**data, name: "9.5", "action": "show"})
    assert shown.status_code == 200, shown.text
    changed = form_of(shown.text)
    assert pose_of(changed, 0)["pelvis"]["height"] == 9.5
    assert pictures(app, number) == before
    saved = edgar.post(address(number), data={**changed, "action": "save"})
    assert saved.status_code == 303, saved.text
    assert pictures(app, number)[0]["scene"]["pelvis"]["height"] == 9.5
    assert pictures(app, number)[1]["scene"] == before[1]["scene"]


def test_a_wrong_number_is_one_sentence_with_joint_value_and_range(app: Flask, edgar: FlaskClient) -> None:
    number = number_of(app, "Bird-dog")
    data = form_of(edgar.get(f"{address(number)}?picture=B").text)
    assert data["at"] == ["1"]
    typed = {"number-near_knee": "170", "number-near_ankle": "soft", "number-near_hip": "-12"}
    answer = edgar.post(address(number), data={**data, **typed, "pictures-1-caption": "Typed.", "action": "save"})
    assert answer.status_code == 422
    assert "Near knee, bend at 170 degrees is outside 0 to 160." in answer.text
    assert "Near ankle, point: “soft” is not a number." in answer.text
    kept = form_of(answer.text)
    assert (kept["number-near_knee"], kept["number-near_hip"]) == (["170"], ["-12"])
    assert kept["pictures-1-caption"] == ["Typed."]
    with app.app_context():
        assert exercise_history.newest(db.session.get_one(Exercise, number)) == 1


BROKEN = {
    "{": "Picture A: the pose cannot be read.",
    "[" * 4000: "Picture A: the pose cannot be read.",
    "[]": "Picture A: the pose cannot be read.",
    "x" * 9000: "Picture A: the pose is too long.",
    '{"schema": 1}': "Picture A: ",
}


def test_a_broken_pose_is_refused_and_named(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    for scene, sentence in BROKEN.items():
        for button in ({"action": "save"}, {"do": "copy"}):
            answer = edgar.post(address(number), data={**data, "pictures-0-scene": scene, **button})
            assert answer.status_code == 422
            assert sentence in answer.text
    assert len(pictures(app, number)) == 2


def test_buttons_change_the_picture_without_scripts(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)

    def press(data: dict[str, Any], do: str, **typed: str) -> dict[str, Any]:
        answer = edgar.post(address(number), data={**data, **typed, "do": do})
        assert answer.status_code == 200, answer.text
        return form_of(answer.text)

    data = form_of(edgar.get(address(number)).text)
    data = press(data, "picture:1")
    assert data["at"] == ["1"]
    assert "number-near_knee" not in data
    data = press(data, "lift:near_foot")
    assert "near_foot" not in pose_of(data, 1)["contacts"]
    assert "number-near_knee" in data
    data = press(data, "plant", part="near_foot", on="mat")
    assert "near_foot" in pose_of(data, 1)["contacts"]
    data = press(data, "remove:arrow") if "arrow" in pose_of(data, 1)["marks"] else data
    data = press(data, "add:arrow")
    assert len(pose_of(data, 1)["marks"]["arrow"]) == 4
    data = press(data, "add", what="ball")
    assert "ball" in [each["kind"] for each in pose_of(data, 1)["props"]]
    data = press(data, "copy")
    assert data["at"] == ["2"]
    assert pose_of(data, 2) == pose_of(data, 1)
    data = press(data, "remove:picture")
    assert "pictures-2-scene" not in data or not data["pictures-2-scene"][0]
    saved = edgar.post(address(number), data={**data, "action": "save"})
    assert saved.status_code == 303
    assert [each["letter"] for each in pictures(app, number)] == ["A", "B"]


def test_another_exercise_is_the_beginning(app: Flask, edgar: FlaskClient) -> None:
    answer = edgar.post(
        "/staff/exercises",
        data={"name": "Wall angel", "kind": "mobility", "starting_position": "standing", "body_part": ""},
    )
    number = int(answer.location.rpartition("/")[2])
    data = form_of(edgar.get(address(number)).text)
    assert [pose_of(data, each)["view"] for each in (0, 1)] == ["side", "side"]
    assert [data[f"pictures-{each}-caption"] for each in (0, 1)] == [["Start"], ["Move and hold"]]
    unknown = edgar.post(address(number), data={**data, "start_from": "Nothing like it", "do": "start"})
    assert unknown.status_code == 422
    assert "There is no exercise called “Nothing like it”." in unknown.text
    begun_from = edgar.post(address(number), data={**data, "start_from": "Bird-dog", "do": "start"})
    data = form_of(begun_from.text)
    theirs = pictures(app, number_of(app, "Bird-dog"))
    assert pose_of(data, 1)["joints"] == theirs[1]["scene"]["joints"]
    assert edgar.post(address(number), data={**data, "action": "save"}).status_code == 303
    mine = pictures(app, number)
    assert [each["scene"]["joints"] for each in mine] == [each["scene"]["joints"] for each in theirs]
    there = edgar.get("/staff/poses/start", query_string={"name": "bird-dog"})
    assert [each["caption"] for each in there.get_json()["pictures"]] == [each["caption"] for each in theirs]
    assert edgar.get("/staff/poses/start", query_string={"name": "Nobody"}).status_code == 404


def test_somebody_else_saved_meanwhile_and_neither_is_lost(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    maya = sign_in(app.test_client(), "Maya")
    data = form_of(edgar.get(address(number)).text)
    hers = form_of(maya.get(address(number)).text)
    assert maya.post(address(number), data={**hers, "number-pelvis.height": "9", "action": "save"}).status_code == 303
    mine = {**data, "number-pelvis.height": "10", "pictures-0-caption": "Mine."}
    late = edgar.post(address(number), data={**mine, "action": "save"})
    assert late.status_code == 409
    assert "Maya Manager saved revision 2 while you were drawing." in late.text
    kept = form_of(late.text)
    assert pose_of(kept, 0)["pelvis"]["height"] == 10
    assert pictures(app, number)[0]["scene"]["pelvis"]["height"] == 9
    assert edgar.post(address(number), data={**kept, "action": "save_mine"}).status_code == 303
    assert pictures(app, number)[0]["caption"] == "Mine."
    with app.app_context():
        exercise = db.session.get_one(Exercise, number)
        assert exercise_history.content_at(exercise, 2)["pictures"][0]["scene"]["pelvis"]["height"] == 9


def test_a_description_follows_the_pose_until_somebody_writes_one(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    emptied = {**data, "pictures-0-alt": "", "pictures-1-alt": "Written by hand."}
    assert edgar.post(address(number), data={**emptied, "action": "save"}).status_code == 303
    first, second = pictures(app, number)
    assert first["alt"].startswith("Lying on your back")
    assert second["alt"] == "Written by hand."


def test_pictures_that_do_not_belong_together_are_not_saved(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    pose = pose_of(data, 0)
    pose["frame"]["x"] += 4
    drawn = {name: value for name, value in data.items() if not name.startswith(("number-", "choice-"))}
    answer = edgar.post(address(number), data={**drawn, "pictures-0-scene": json.dumps(pose), "action": "save"})
    assert answer.status_code == 422
    assert "must have the same frame" in answer.text


def test_a_photo_stays_beside_the_drawing(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    shown = fields(edgar.get(f"/staff/exercises/{number}").text)
    answer = send(edgar, number, shown, **{"pictures-1-photo": (photo(), "b.jpg"), "pictures-1-side": "left"})
    assert answer.status_code == 303, answer.text
    name = pictures(app, number)[1]["photo"]
    page = edgar.get(address(number)).text
    assert "This picture shows a photo." in page
    data = {**form_of(page), "number-pelvis.height": "9.2", "action": "save"}
    assert edgar.post(address(number), data=data).status_code == 303
    second = pictures(app, number)[1]
    assert second["photo"] == name
    assert second["scene"]


def test_the_preview_draws_a_change_and_asks_no_tables(app: Flask, edgar: FlaskClient) -> None:
    scene = pictures(app, number_of(app, "Bird-dog"))[1]["scene"]
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    change = {"do": "set", "name": "near_knee", "value": 30}
    answer = edgar.post("/staff/poses/preview", json={"scene": scene, "change": change, "fields": True})
    event.remove(engine, "before_cursor_execute", note)
    said = answer.get_json()
    assert answer.status_code == 200
    assert said["scene"]["joints"]["near_knee"] == 30
    assert said["svg"].startswith("<svg")
    assert said["values"]["near_knee"] == 30
    assert {"near_hip", "pelvis"} <= {each["name"] for each in said["handles"]}
    assert 'name="number-near_knee"' in said["fields"]
    assert said["alt"]
    asked = [each for each in statements if "FROM" in each]
    assert all("account" in each for each in asked), asked  # who is signed in, and nothing else
    assert len(asked) <= 1


def test_a_preview_of_nonsense_is_one_sentence(edgar: FlaskClient) -> None:
    nonsense: list[tuple[Any, int]] = [
        ("nothing", 400),
        ([], 400),
        ({}, 422),
        ({"scene": 7}, 422),
        ({"scene": {"schema": 1}}, 422),
        ({"scene": {"<script>": 1}}, 422),
        ({"scene": {"pad": "x" * 30_000}}, 413),
    ]
    for sent, status in nonsense:
        answer = edgar.post("/staff/poses/preview", json=sent)
        assert answer.status_code == status, sent
        assert answer.get_json()["wrong"].endswith("."), sent
        assert answer.mimetype == "application/json"


def test_the_pictures_move(app: Flask, edgar: FlaskClient) -> None:
    scenes = [each["scene"] for each in pictures(app, number_of(app, "Bridge"))]
    timing = {"out": 2, "hold": 5, "back": 2, "pause": 1}
    answer = edgar.post("/staff/poses/moving", json={"scenes": scenes, "timing": timing})
    assert answer.status_code == 200
    assert "animate" in answer.get_json()["svg"]
    wrongs: list[dict[str, Any]] = [{"scenes": []}, {"scenes": scenes * 3, "timing": timing}, {"scenes": scenes}]
    for wrong in wrongs:
        assert edgar.post("/staff/poses/moving", json=wrong).status_code == 400
    too_long = {**timing, "hold": 10_000}
    assert edgar.post("/staff/poses/moving", json={"scenes": scenes, "timing": too_long}).status_code == 422


def test_an_archived_exercise_is_not_drawn(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    edgar.post(f"/staff/exercises/{number}", data={**form_of_exercise(edgar, number), "action": "archive"})
    answer = edgar.post(address(number), data={**data, "number-pelvis.height": "9.9", "action": "save"})
    assert answer.status_code == 422
    assert "This exercise is archived." in answer.text


def form_of_exercise(client: FlaskClient, number: int) -> dict[str, Any]:
    return fields(client.get(f"/staff/exercises/{number}").text)
