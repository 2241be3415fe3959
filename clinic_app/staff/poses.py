"""Drawing an exercise: moving the joints of its pictures, and saving them as data with its next revision."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.illustration.draw import draw
from clinic_app.illustration.handles import handles
from clinic_app.illustration.joint_words import in_words
from clinic_app.illustration.pose_changes import apply
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.scene_numbers import to_data
from clinic_app.models import Exercise
from clinic_app.services import exercise_history, exercises, ours
from clinic_app.services.exercise_entry import Content
from clinic_app.services.exercise_history import content_now, newest
from clinic_app.staff import pose_page, pose_reading
from clinic_app.staff.blueprint import account, blueprint, for_catalogue_keepers
from clinic_app.staff.forms.poses import PosesForm
from clinic_app.staff.pose_reading import LETTERS

LARGEST = 16_000  # bytes of a change; a pose has at most 6000 characters
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
        pose_page.pressed(form, found, request.form)
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

    Takes JSON: `scene`, `change` (see `pose_changes`), and `fields` if the page wants its fields anew.
    """
    if (request.content_length or 0) > LARGEST:
        return jsonify(wrong="The pose is too long."), 413
    sent: Any = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("scene"), dict):
        return jsonify(wrong="This is not a pose."), 400
    try:
        change = sent.get("change") or {"do": "show"}
        moved = apply(read_scene(sent["scene"], "pose"), change if isinstance(change, dict) else {})
    except ValueError as problem:
        return jsonify(wrong=in_words(str(problem))), 422
    answer = _drawn(moved.scene) | {"said": moved.said}
    if sent.get("fields"):
        answer["fields"] = render_template("staff/poses/fields.html", **pose_page.fields(moved.scene))
    return jsonify(answer)


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


def _drawn(scene: Scene) -> dict[str, Any]:
    return {
        "scene": to_data(scene),
        "svg": draw(scene),
        "handles": [
            {"name": each.name, "label": each.label, "x": each.x, "y": each.y, "changes": each.changes}
            for each in handles(scene)
        ],
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
