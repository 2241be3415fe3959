"""Saving an exercise and moving it on. Every button sends the whole form, so nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.errors import Conflict, Gap, NotAllowed, NotReady
from clinic_app.models import Exercise
from clinic_app.services import exercise_history, exercises, ours
from clinic_app.services.exercise_entry import Content
from clinic_app.services.exercise_history import content_now, newest
from clinic_app.staff import exercise_lists, exercise_page, exercise_reading
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.exercise import ExerciseForm
from clinic_app.web.fragments import is_fragment

DONE = {
    "save": "Saved as revision {}.",
    "submit": "Sent to review.",
    "publish": "Published. New handouts use it from now on.",
    "send_back": "Sent back to its writer.",
    "archive": "Archived. Handouts that were given keep it.",
    "reopen": "Back as a draft.",
}


@blueprint.post("/exercises/<int:exercise_id>")
def save_exercise(exercise_id: int) -> ResponseReturnValue:
    """Save, and what the button `action` says besides; `do` only adds, removes or moves a line of a list."""
    exercise = _kept(exercise_id)
    action = request.form.get("action", "save")
    if action == "reopen":
        exercises.reopen(account(), exercise)
        return _done(exercise, action)
    sent, refused = exercise_reading.with_uploads(request.form, request.files)
    if "do" in request.form:
        return _with_line(exercise, sent, request.form["do"], refused)
    form = ExerciseForm(formdata=sent)
    content = _read(exercise, form, refused)
    if content is None:
        return _page(exercise, form), 422
    try:
        changed = exercises.save(account(), exercise, content, form.revision.data or 0)
    except Conflict:
        return _conflict(exercise_id, content, sent)
    except NotAllowed as error:
        form.name.errors = (str(error),)
        return _page(exercise, form), 422
    # What was typed stays saved, also when the step after it is refused.
    revision = newest(exercise) if changed else form.revision.data or 0
    db.session.commit()
    return _after_saving(exercise, action, revision, form, changed=changed)


@blueprint.post("/exercises/<int:exercise_id>/advice")
def exercise_advice(exercise_id: int) -> ResponseReturnValue:
    """The advice for what is typed now, as parts for the open page. Nothing is saved."""
    exercise = _kept(exercise_id)
    form = ExerciseForm()
    form.validate()
    content = exercise_reading.read(form, exercise, _base(exercise, form))
    if content is None:
        return "", 204
    typed = {**content_now(exercise), **content}
    if not content.get("body_part"):
        typed.pop("body_part", None)
    return render_template(
        "staff/exercises/advice.html", form=form, **exercise_page.advised(exercise, typed), exercise=exercise
    )


@blueprint.get("/exercises/<int:exercise_id>/revisions/<int:number>")
def exercise_revision(exercise_id: int, number: int) -> str:
    exercise = ours.fetch(Exercise, exercise_id, account())
    content = exercise_history.content_at(exercise, number)
    now = content_now(exercise)
    stored = {each.number: each for each in exercise_history.revisions(exercise)}
    return render_template(
        "staff/exercises/revision.html",
        exercise=exercise,
        number=number,
        revision=stored.get(number),
        newest=newest(exercise),
        lines=exercise_page.differences(content, now),
        content=content,
        sentence=exercise_page.patient_reads(content),
    )


@blueprint.post("/exercises/<int:exercise_id>/revisions/<int:number>")
def use_exercise_revision(exercise_id: int, number: int) -> ResponseReturnValue:
    exercise = _kept(exercise_id)
    seen = request.form.get("revision", 0, type=int)
    if exercises.use_again(account(), exercise, number, seen):
        flash(f"Revision {number} is used again, as revision {newest(exercise)}.", "success")
    db.session.commit()
    return redirect(url_for("staff.exercise", exercise_id=exercise.id), 303)


def _kept(exercise_id: int) -> Exercise:
    """The exercise for somebody who may write it. Another clinic's number is not found, whoever asks."""
    exercise = ours.fetch(Exercise, exercise_id, account(), lock=True)
    if not account().keeps_catalogue:
        abort(403)
    return exercise


def _after_saving(
    exercise: Exercise, action: str, revision: int, form: ExerciseForm, *, changed: bool
) -> ResponseReturnValue:
    try:
        _move_on(exercise, action, revision, form)
    except NotAllowed as error:
        db.session.rollback()
        fresh = exercise_page.first_form(exercise, content_now(exercise))
        if action == "send_back":
            fresh.reason.errors = (str(error),)
        else:
            fresh.form_errors.append(str(error))
        return _page(exercise, fresh), 422
    except NotReady as error:
        db.session.rollback()
        return _page(exercise, None, error.gaps), 422
    if action == "save" and not changed:
        flash("Nothing has changed since the last save.", "info")
        return redirect(_address(exercise), 303)
    return _done(exercise, action)


def _move_on(exercise: Exercise, action: str, revision: int, form: ExerciseForm) -> None:
    if action == "submit":
        exercises.submit(account(), exercise, revision, exercise_page.today())
    elif action == "publish":
        exercises.publish(account(), exercise, revision, exercise_page.today(), form.review_due.data)
    elif action == "send_back":
        exercises.send_back(account(), exercise, revision, form.reason.data or "")
    elif action == "archive":
        exercises.archive(account(), exercise, revision)


def _done(exercise: Exercise, action: str) -> ResponseReturnValue:
    db.session.commit()
    flash(DONE.get(action, DONE["save"]).format(newest(exercise)), "success")
    return redirect(_address(exercise), 303)


def _address(exercise: Exercise) -> str:
    """The exercise's page, with the list beside it as it was."""
    kept: dict[str, Any] = request.args.to_dict(flat=False)
    return url_for("staff.exercise", exercise_id=exercise.id, **kept)


def _base(exercise: Exercise, form: ExerciseForm) -> Content:
    """The revision that the form began with; its drawings and photos are those that the form speaks of."""
    number = form.base.data or 0
    return exercise_history.content_at(exercise, number) if 1 <= number <= newest(exercise) else content_now(exercise)


def _read(exercise: Exercise, form: ExerciseForm, refused: dict[int, str]) -> Content | None:
    valid = form.validate_on_submit()
    content = exercise_reading.read(form, exercise, _base(exercise, form))
    for number, message in refused.items():
        form.pictures[number].form.photo.errors = (message,)
    return content if valid and not refused else None


def _with_line(exercise: Exercise, sent: exercise_lists.Sent, button: str, refused: dict[int, str]) -> str:
    """The form with a line more, a line less, or one moved. Nothing is saved."""
    sent, name, line = exercise_lists.pressed(sent, button)
    form = ExerciseForm(formdata=sent)
    if button == "dose:read":
        name = "dose"
        exercise_reading.fill_dose(form)
    for number, message in refused.items():
        form.pictures[number].form.photo.errors = (message,)
    if is_fragment() and name:
        pressed = button.split(":")[1]
        return render_template(
            "staff/exercises/list_part.html",
            form=form,
            name=name,
            line=line,
            pressed=pressed,
            exercise=exercise,
            advice={},
        )
    return _page(exercise, form, opened=name, line=line)


def _page(
    exercise: Exercise,
    form: ExerciseForm | None,
    gaps: tuple[Gap, ...] = (),
    *,
    opened: str = "",
    line: int | None = None,
) -> str:
    content = content_now(exercise)
    came_back = form is not None
    shown = form or exercise_page.first_form(exercise, content)
    context = exercise_page.page(exercise, shown, content, gaps)
    return render_template("staff/exercises/edit.html", **context, came_back=came_back, opened=opened, line=line)


def _conflict(exercise_id: int, content: Content, sent: exercise_lists.Sent) -> ResponseReturnValue:
    db.session.rollback()
    exercise = ours.fetch(Exercise, exercise_id, account())
    theirs = content_now(exercise)
    mine = {name: value for name, value in theirs.items() if name not in exercises.OPTIONAL} | content
    return render_template(
        "staff/exercises/conflict.html",
        exercise=exercise,
        last=next(iter(exercise_history.revisions(exercise)), None),
        newest=newest(exercise),
        lines=exercise_page.differences(mine, theirs),
        sent=[(key, value) for key, value in sent.items(multi=True) if key not in {"csrf_token", "revision", "action"}],
    ), 409
