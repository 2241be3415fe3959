"""Exercises in motion, for the pages of the staff."""

from __future__ import annotations

import gzip

from flask import Response, abort, request

from clinic_app.dosage import Side
from clinic_app.models import Exercise
from clinic_app.services import exercise_history, figures, moving_pictures, ours
from clinic_app.services.exercise_content import SVG
from clinic_app.services.exercise_entry import content_of
from clinic_app.staff.blueprint import account, blueprint

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
    return answer(moving_pictures.moving_picture(exercise.slug, content, SIDES[side], look))


def answer(svg: str) -> Response:
    """The document as a browser wants it: a tenth of its size for all that can unpack it."""
    data = svg.encode()
    response = Response(mimetype=SVG)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        data = gzip.compress(data, mtime=0)
        response.content_encoding = "gzip"
    response.data = data
    return response
