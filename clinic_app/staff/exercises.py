"""The catalogue: finding exercises, reading them, and beginning new ones."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db
from clinic_app.dosage import Side
from clinic_app.errors import Conflict, NotAllowed, NotPrintable, NotReady, RenderFailed
from clinic_app.models import Exercise
from clinic_app.services import exercise_content, exercise_history, exercises, figures, ours, photos, printing, search
from clinic_app.services.exercise_card import card
from clinic_app.services.exercise_entry import content_of, is_shown
from clinic_app.services.exercise_start import blank, copy_of
from clinic_app.staff import exercise_page
from clinic_app.staff.blueprint import account, blueprint, for_catalogue_keepers
from clinic_app.staff.forms.exercise import StartForm
from clinic_app.staff.handouts import pdf_response
from clinic_app.starter.lists import Kind, StartingPosition
from clinic_app.web.fragments import is_fragment

MOST_NAMES = 12


@blueprint.get("/exercises", endpoint="exercises")
def list_exercises() -> str:
    template = "staff/exercises/rows.html" if is_fragment() else "staff/exercises/list.html"
    return render_template(template, **exercise_page.listed())


@blueprint.get("/exercises/names")
def exercise_names() -> ResponseReturnValue:
    """Names that begin like what is typed, as the choices of a field on an open page."""
    text = next(iter(request.args.values()), "").strip()
    if not is_fragment():
        return redirect(url_for("staff.exercises", q=text), 303)
    found = search.exercises(account(), text, limit=MOST_NAMES).rows if text else []
    return render_template("staff/exercises/names.html", names=[each.name for each in found])


@blueprint.get("/exercises/new")
@for_catalogue_keepers
def new_exercise() -> str:
    source = _source(request.args.get("copy_of", 0, type=int))
    form = StartForm(formdata=None, data={"copy_of": source.id, "name": f"{source.name}, copy"} if source else {})
    return render_template("staff/exercises/new.html", form=form, source=source)


@blueprint.post("/exercises")
@for_catalogue_keepers
def create_exercise() -> ResponseReturnValue:
    form = StartForm()
    source = _source(form.copy_of.data or 0)
    if source is not None:
        del form.kind, form.starting_position, form.body_part
    if not form.validate_on_submit():
        return render_template("staff/exercises/new.html", form=form, source=source), 422
    name = form.name.data or ""
    earlier = _just_made(name)
    if earlier is not None:
        return redirect(url_for("staff.exercise", exercise_id=earlier.id), 303)
    if source is not None:
        content, what = copy_of(exercise_history.content_now(source), name), f"Copied from {source.name}"
    else:
        kind, position = Kind(form.kind.data), StartingPosition(form.starting_position.data)
        content = blank(account(), name, kind, position, form.body_part.data, exercise_page.today())
        what = "Written"
    try:
        exercise = exercises.create(account(), content, what)
        db.session.commit()
    except NotAllowed as error:
        form.name.errors = (str(error),)
        return render_template("staff/exercises/new.html", form=form, source=source), 422
    except IntegrityError as error:
        # At the same moment somebody began one of the same name, or a second click did.
        db.session.rollback()
        earlier = _just_made(name)
        if earlier is None:
            raise Conflict(f"Somebody else has just begun an exercise called “{name}”.") from error
        return redirect(url_for("staff.exercise", exercise_id=earlier.id), 303)
    flash(f"{exercise.name} was begun. It is a draft, so nobody is given it yet.", "success")
    return redirect(url_for("staff.exercise", exercise_id=exercise.id), 303)


@blueprint.get("/exercises/<int:exercise_id>", endpoint="exercise")
def show_exercise(exercise_id: int) -> str:
    exercise = ours.fetch(Exercise, exercise_id, account())
    if account().keeps_catalogue:
        content = exercise_history.content_now(exercise)
        form = exercise_page.first_form(exercise, content)
        return render_template(
            "staff/exercises/edit.html",
            **exercise_page.page(exercise, form, content),
            came_back=False,
            opened="",
            line=None,
        )
    content = content_of(exercise)
    return render_template(
        "staff/exercises/show.html",
        **exercise_page.listed(exercise),
        exercise=exercise,
        entry=content,
        due=exercise.review_due,
        state_words=exercise_page.state_words(exercise),
        live=search.live_programmes([exercise.id]).get(exercise.id, 0),
        sentence=exercise_page.patient_reads(content),
    )


@blueprint.get("/exercises/<int:exercise_id>/card.pdf")
def exercise_card(exercise_id: int) -> ResponseReturnValue:
    """The exercise as a patient would hold it, as its newest revision says for those who write it."""
    exercise = ours.fetch(Exercise, exercise_id, account())
    content = exercise_history.content_now(exercise) if account().keeps_catalogue else content_of(exercise)
    slug = exercise.slug
    try:
        pages = card(account(), exercise, content, exercise_page.today())
    except NotReady as error:
        gap = error.gaps[0].what if error.gaps else ""
        flash(f"The card can be shown when nothing is missing. First: {gap}", "warning")
    except (NotPrintable, RenderFailed) as error:
        flash(f"The card could not be made: {error}", "error")
    else:
        return pdf_response(printing.store().get(pages.pdf), f"card-{slug}.pdf", pages.pdf)
    return redirect(url_for("staff.exercise", exercise_id=exercise_id), 303)


@blueprint.get("/exercises/<int:exercise_id>/pictures/<letter>")
def exercise_picture(exercise_id: int, letter: str) -> Response:
    """A picture as it is used, or with `revision` as that revision has it."""
    exercise = ours.fetch(Exercise, exercise_id, account())
    number = request.args.get("revision", 0, type=int)
    content = exercise_history.content_at(exercise, number) if number else content_of(exercise)
    there = [each for each in content["pictures"] if is_shown(each)]
    letters = [each["letter"] for each in there]
    if letter not in letters:
        abort(404)
    sources = [photos.source(each["scene"], each["photo"], each["photo_type"], each["photo_side"]) for each in there]
    look = figures.look_for(account().clinic.branding, None, exercise.slug)
    file, _side = exercise_content.shown(exercise.slug, sources, Side.NONE, look)[letters.index(letter)]
    return Response(file.data, mimetype=file.media_type)


def _source(exercise_id: int) -> Exercise | None:
    return ours.fetch(Exercise, exercise_id, account()) if exercise_id else None


def _just_made(name: str) -> Exercise | None:
    """What the first of two clicks made: this person's own new draft of that name, as it was begun."""
    found = exercises.with_name(account().clinic_id, name)
    if found is None or found.written_by_id != account().id or exercise_history.newest(found) != 1:
        return None
    return found if exercise_history.revisions(found) else None
