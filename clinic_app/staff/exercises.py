from __future__ import annotations

from flask import Response, abort, render_template

from clinic_app.dosage import Side
from clinic_app.dosage.sentence import sentence
from clinic_app.illustration.scene import read_scene
from clinic_app.illustration.side import draw_frames
from clinic_app.models import Exercise
from clinic_app.services import catalogue, ours
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint


@blueprint.get("/exercises", endpoint="exercises")
def list_exercises() -> str:
    rows = [
        (exercise, sentence(exercise.usual, exercise.body_part))
        for exercise in catalogue.exercises(account().clinic_id)
    ]
    return render_template("staff/exercises/list.html", exercises=rows, picture_url=summaries.picture_url)


@blueprint.get("/exercises/<int:exercise_id>", endpoint="exercise")
def show_exercise(exercise_id: int) -> str:
    exercise = ours.fetch(Exercise, exercise_id, account())
    return render_template(
        "staff/exercises/show.html",
        exercise=exercise,
        entry=catalogue.entry_of(exercise),
        sentence=sentence(exercise.usual, exercise.body_part),
    )


@blueprint.get("/exercises/<int:exercise_id>/pictures/<letter>.svg")
def exercise_picture(exercise_id: int, letter: str) -> Response:
    exercise = ours.fetch(Exercise, exercise_id, account())
    drawn = exercise.drawn
    scenes = [read_scene(each.scene or {}, f"{exercise.slug} {each.letter}") for each in drawn]
    frames = dict(zip([each.letter for each in drawn], draw_frames(scenes, Side.NONE), strict=True))
    if letter not in frames:
        abort(404)
    return Response(frames[letter].svg, mimetype="image/svg+xml")
