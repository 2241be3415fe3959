"""Exercises in motion, for the pages of the staff."""

from __future__ import annotations

from flask import Response, abort, request

from clinic_app.dosage import Side
from clinic_app.models import Exercise
from clinic_app.services import exercise_history, figures, moving_pictures, ours
from clinic_app.services.exercise_entry import content_of
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.web import picture_files

SIDES = {"": None, "left": Side.LEFT, "right": Side.RIGHT}


@blueprint.get("/exercises/<int:exercise_id>/moving.svg")
def moving_picture(exercise_id: int) -> Response:
    """The exercise in motion as it is used, or with `revision` as that revision has it; `side` is left or right."""
    exercise = ours.fetch(Exercise, exercise_id, account())
    number = request.args.get("revision", 0, type=int)
    content = exercise_history.content_at(exercise, number) if number else content_of(exercise)
    side = request.args.get("side", "")
    if side not in SIDES or not moving_pictures.can_move(content):
        abort(404)
    look = figures.look_for(account().clinic.branding, None, exercise.slug)
    drawing = moving_pictures.moving_picture(exercise.slug, content, SIDES[side], look)
    return picture_files.answer(drawing.encode())
