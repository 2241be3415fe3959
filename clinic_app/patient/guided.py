"""The guided session: one exercise after the other, counted by the page from the edition's own numbers.

The server makes the plan, the page counts it. Without scripts the same page lists what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.dosage import BodyPart, HoldUnit, Side
from clinic_app.dosage.guide import plan, repetitions
from clinic_app.dosage.session import minutes
from clinic_app.models.diary import Done
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.patient.guided_words import PICTURE_SHOWS, WORDS, side_words
from clinic_app.rendering.content import Exercise, Picture
from clinic_app.services import patient_page
from clinic_app.services.patient_page import Row, Shown


@dataclass(frozen=True, slots=True)
class View:
    """An exercise as one side of the body does it: "left", "right", or "" where no side can be mistaken.

    `words` name that side: "Left leg", or "The picture shows the right leg." where the other one has no picture.
    """

    side: str
    words: str
    start: Picture
    end: Picture
    moving: str


@dataclass(frozen=True, slots=True)
class Guided:
    """One exercise of the session. `data` is what the page's script counts by."""

    row: Row
    data: dict[str, Any]
    views: tuple[View, ...]


@blueprint.get("/<public_id>/session")
def guided(public_id: str) -> ResponseReturnValue:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if not shown.is_current:
        return redirect(url_for("patient.today", public_id=public_id), 303)
    rows = to_do(shown)
    return render_template(
        "patient/guided.html",
        clinic=shown.clinic,
        shown=shown,
        public_id=public_id,
        has=current_app.view_functions,
        guided=[Guided(row, counted(row.exercise), views(row.exercise)) for row in rows],
        minutes=minutes([row.exercise.dosage for row in rows]),
        words=WORDS,
        plan_id=plan_id(public_id, shown, rows),
    )


def to_do(shown: Shown) -> tuple[Row, ...]:
    """The exercises of the present turn that are not ticked yet; when all are, the whole turn again."""
    due = tuple(row for row in shown.rows if row.due)
    left = tuple(row for row in due if row.done != Done.DONE)
    return left or due or shown.rows


def counted(exercise: Exercise) -> dict[str, Any]:
    """The plan of one exercise as JSON-ready data: each step is [kind, lower, upper, side, number, round, optional]."""
    dosage = exercise.dosage
    reps = repetitions(dosage)
    return {
        "slug": exercise.slug,
        "steps": [
            [step.kind, step.lower, step.upper, step.side, step.number, step.round, int(step.optional)]
            for step in plan(dosage)
        ],
        "reps": [reps.minimum, reps.maximum],
        "rounds": [dosage.sets.minimum, dosage.sets.maximum],
        "breaths": dosage.hold is not None and dosage.hold.unit is HoldUnit.BREATHS,
        "alternates": dosage.side is Side.ALTERNATE,
        "sides": side_words(BodyPart(exercise.body_part)),
    }


def views(exercise: Exercise) -> tuple[View, ...]:
    """The pictures of each side that is done; of one side only where no others were issued with the edition."""
    words = side_words(BodyPart(exercise.body_part))
    start, end = exercise.pictures[0], exercise.pictures[-1]
    if exercise.sides:
        return tuple(
            View(
                each.side,
                words[each.side],
                replace(start, file=each.files[0], alt=f"{start.alt} {words[each.side]}."),
                replace(end, file=each.files[-1], alt=f"{end.alt} {words[each.side]}."),
                each.moving,
            )
            for each in exercise.sides
        )
    # A picture in which the sides take turns would not be at the side that is counted.
    moving = "" if exercise.dosage.side is Side.ALTERNATE else exercise.moving
    said = PICTURE_SHOWS.format(side=words[end.side_shown].lower()) if end.side_shown else ""
    return (View(end.side_shown, said, start, end, moving),)


def plan_id(public_id: str, shown: Shown, rows: tuple[Row, ...]) -> str:
    """Names this list of exercises, this day and turn, so that a phone goes on only with the same session.

    A digest: the phone keeps no name of an exercise under it.
    """
    said = [public_id, shown.edition, shown.day.isoformat(), shown.turn, *(row.exercise.slug for row in rows)]
    return sha256("|".join(map(str, said)).encode()).hexdigest()[:16]
