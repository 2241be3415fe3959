"""The patient's own page: today's exercises, and where everything else is."""

from __future__ import annotations

import re

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import patient_page, print_layouts

DIARY = "patient.diary"  # the endpoint that takes a tick
NUMBERS = re.compile(r"(\d+(?: to \d+)?)( ?)")


@blueprint.app_template_filter()
def large_numbers(words: str) -> Markup:
    """The words with every number, or "3 to 5", in large type: what a patient looks for. Its unit stays beside it."""
    parts = iter(NUMBERS.split(words))
    found = Markup("") + next(parts)
    for number, blank, rest in zip(parts, parts, parts, strict=True):
        found += Markup('<b class="n">{}</b>{}{}').format(number, blank and "\N{NO-BREAK SPACE}", rest)
    return found


@blueprint.get("/<public_id>/today")
def today(public_id: str) -> ResponseReturnValue:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if not shown.is_current:
        return state_page(public_id, shown)
    return render_template(
        "patient/today.html",
        clinic=shown.clinic,
        shown=shown,
        public_id=public_id,
        other_layouts=print_layouts.others(shown.handout) if shown.handout else (),
        has=current_app.view_functions,
        ticking=DIARY in current_app.view_functions,
    )


def state_page(public_id: str, shown: patient_page.Shown) -> str:
    """What stands in the place of exercises that are not to be done: why, and whom to call."""
    return render_template("patient/state.html", clinic=shown.clinic, shown=shown, public_id=public_id)
