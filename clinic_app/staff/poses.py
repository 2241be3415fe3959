"""Drawing an exercise: moving the joints of its pictures, and saving them as data with its next revision."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.illustration.handles import below_floor, handles, outside
from clinic_app.illustration.joint_words import in_words
from clinic_app.illustration.moving import moving
from clinic_app.illustration.pose_changes import apply, moves_most
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.scene_numbers import to_data
from clinic_app.illustration.timing import Timing
from clinic_app.models import Exercise
from clinic_app.services import exercise_history, exercises, ours
from clinic_app.services.exercise_entry import Content
from clinic_app.services.exercise_history import content_now, newest
from clinic_app.staff import pose_buttons, pose_page, pose_reading
from clinic_app.staff.blueprint import account, blueprint, for_catalogue_keepers
from clinic_app.staff.forms.poses import PosesForm
from clinic_app.staff.pose_reading import LETTERS

LARGEST = 28_000  # bytes of a change: a pose has at most 6000 characters, and an exercise 4 of them
LONGEST = 120  # seconds of one way or one hold
SHOW = {"do": "show"}
MOVED = "Drawn"


@blueprint.get("/exercises/<int:exercise_id>/poses", endpoint="poses")
@for_catalogue_keepers
def show_poses(exercise_id: int) -> str:
    """The pictures of the newest revision, ready to be moved; a new exercise begins with an upright figure."""
    exercise = ours.fetch(Exercise, exercise_id, account())
    form = pose_page.first_form(exercise, content_now(exercise), request.args.get("picture", ""))
    return _page(exercise, form, pose_reading.read(form, {}))


@blueprint.post("/exercises/<int:exercise_id>/poses")
@for_catalogue_keepers
def save_poses(exercise_id: int) -> ResponseReturnValue:
    """`action` saves; `do` changes what is drawn and saves nothing, for a page without scripts."""
    exercise = ours.fetch(Exercise, exercise_id, account(), lock=True)
    form = PosesForm()
    valid = form.validate_on_submit()
    found = pose_reading.read(form, request.form)
    if "do" in request.form and found.is_right:
        pose_buttons.pressed(form, found, request.form)
        return _page(exercise, form, found), 422 if found.faults else 200
    if not valid or not found.is_right:
        return _page(exercise, form, found), 422
    action = request.form.get("action", "show")
    if action == "show":
        return _page(exercise, form, found)
    return _save(exercise, form, found, mine=action == "save_mine")


@blueprint.post("/poses/preview")
@for_catalogue_keepers
def preview_pose() -> ResponseReturnValue:
    """A pose after one change, as it is drawn, and where its handles are then. Asks the database for nothing.

    Takes JSON: `scene`, `change` (see `pose_changes`), `slug` of the exercise (it decides who is drawn), `before` (the
    scene of the picture before, for an arrow that follows the way from there), and `fields` if the page wants its
    fields anew.
    """
    sent = _sent()
    if not isinstance(sent, dict):
        return sent
    change = sent.get("change")
    change = dict(change) if isinstance(change, dict) else SHOW
    try:
        scene = _scene(sent.get("scene"))
        before = [_scene(sent["before"])] if sent.get("before") else []
        if before and change.get("what") == "follow":
            change["part"] = moves_most(before[0], scene)
        moved = apply(scene, change)
        row = [*before, moved.scene]
        drawn = pose_page.drawings(row, _slug(sent))[-1]
    except ValueError as problem:
        return jsonify(wrong=in_words(str(problem))), 422
    said = moved.said or pose_page.follow_problem(row) or below_floor(moved.scene) or outside(moved.scene)
    answer = _seen(moved.scene) | {"svg": drawn, "said": said}
    if sent.get("fields"):
        answer["fields"] = render_template("staff/poses/fields.html", **pose_page.fields(moved.scene))
    return jsonify(answer)


@blueprint.post("/poses/moving")
@for_catalogue_keepers
def moving_poses() -> ResponseReturnValue:
    """The pictures as they move on screen. Takes JSON: `scenes`, `slug`, and `timing` in seconds as on the page."""
    sent = _sent()
    if not isinstance(sent, dict):
        return sent
    scenes, timing = sent.get("scenes"), sent.get("timing")
    if not isinstance(scenes, list) or not 1 <= len(scenes) <= len(LETTERS) or not isinstance(timing, dict):
        return jsonify(wrong="These are not the pictures of an exercise."), 400
    try:
        svg = moving([_scene(each) for each in scenes], _timing(timing), pose_page.figure(_slug(sent)))
    except ValueError as problem:
        return jsonify(wrong=in_words(str(problem))), 422
    return jsonify(svg=svg)


@blueprint.get("/poses/start")
@for_catalogue_keepers
def poses_to_start_from() -> ResponseReturnValue:
    """The drawn pictures of the clinic's exercise with that name, to begin another drawing with."""
    name = request.args.get("name", "").strip()
    found = exercises.with_name(account().clinic_id, name)
    pictures = pose_page.drawn_pictures(found) if found else []
    if not pictures:
        return jsonify(wrong=pose_page.nothing_to_start_from(name, there=found is not None)), 404
    return jsonify(pictures=pictures)


def _sent() -> dict[str, Any] | ResponseReturnValue:
    """The JSON of the request, or the answer that refuses it."""
    if (request.content_length or 0) > LARGEST:
        return jsonify(wrong="The pose is too long."), 413
    sent: Any = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else (jsonify(wrong="This is not a pose."), 400)


def _scene(data: Any) -> Scene:
    if not isinstance(data, dict):
        raise ValueError("This is not a pose.")
    return read_scene(data, "pose")


def _slug(sent: dict[str, Any]) -> str:
    slug = sent.get("slug")
    return slug if isinstance(slug, str) else ""


def _timing(data: dict[str, Any]) -> Timing:
    seconds = {name: data.get(name, 0.0) for name in ("out", "hold", "back", "pause")}
    if not all(isinstance(each, (int, float)) and 0 <= each <= LONGEST for each in seconds.values()):
        raise ValueError(f"A movement takes 0 to {LONGEST} seconds.")
    return Timing(**{name: float(each) for name, each in seconds.items()}, alternates=data.get("alternates") is True)


def _seen(scene: Scene) -> dict[str, Any]:
    """What the open page needs to know about a pose beside its picture."""
    return {
        "scene": to_data(scene),
        "handles": [asdict(each) for each in handles(scene)],
        "values": {each.name: each.value for each in pose_reading.fields_of(scene)[0]},
        "alt": pose_reading.alt_of(scene),
    }


def _page(exercise: Exercise, form: PosesForm, found: pose_reading.Read, **more: Any) -> str:
    context = pose_page.page(exercise, form, found, request.form)
    return render_template("staff/poses/edit.html", **context, **more)


def _save(exercise: Exercise, form: PosesForm, found: pose_reading.Read, *, mine: bool) -> ResponseReturnValue:
    exercise_id = exercise.id
    scenes = [scene for scene in found.scenes if scene is not None]
    if problem := pose_reading.together(scenes):
        found.faults.append(problem)
        return _page(exercise, form, found), 422
    number = form.base.data or 0
    base = exercise_history.content_at(exercise, number) if 1 <= number <= newest(exercise) else content_now(exercise)
    content: Content = content_now(exercise) | {"pictures": pose_page.pictures(form, found.scenes, base)}
    seen = newest(exercise) if mine else form.revision.data or 0
    try:
        changed = exercises.save(account(), exercise, content, seen, MOVED)
    except Conflict:
        db.session.rollback()
        theirs = ours.fetch(Exercise, exercise_id, account())
        return _page(theirs, form, found, theirs=pose_page.theirs(theirs)), 409
    except NotAllowed as error:
        db.session.rollback()
        found.faults.append(str(error))
        return _page(ours.fetch(Exercise, exercise_id, account()), form, found), 422
    db.session.commit()
    if changed:
        flash(f"Saved as revision {newest(exercise)}.", "success")
    else:
        flash("Nothing has changed since the last save.", "info")
    return redirect(url_for("staff.poses", exercise_id=exercise.id, picture=LETTERS[form.at.data or 0]), 303)
