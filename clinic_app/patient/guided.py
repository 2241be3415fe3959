"""The guided session: one exercise after the other, counted by the page from the edition's own numbers.

The server makes the plan, the page counts it. Without scripts the same page lists what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from clinic_app.patient.guided_words import WORDS, side_words
from clinic_app.rendering.content import Exercise
from clinic_app.services import patient_page
from clinic_app.services.patient_page import Row, Shown


@dataclass(frozen=True, slots=True)
class Guided:
    """One exercise of the session. `data` is what the page's script counts by."""

    row: Row
    data: dict[str, Any]
    minutes: int


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
        guided=[Guided(row, counted(row.exercise), minutes([row.exercise.dosage])) for row in rows],
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
        "picture_side": exercise.pictures[-1].side_shown,
    }


def plan_id(public_id: str, shown: Shown, rows: tuple[Row, ...]) -> str:
    """Names this list of exercises, this day and turn, so that a phone goes on only with the same session.

    A digest: the phone keeps no name of an exercise under it.
    """
    said = [public_id, shown.edition, shown.day.isoformat(), shown.turn, *(row.exercise.slug for row in rows)]
    return sha256("|".join(map(str, said)).encode()).hexdigest()[:16]
