"""The one search box: patients, exercises, and the code that a handout was printed with."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.models import Programme
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import patients, printed_codes, search
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.web.fragments import is_fragment

FEWEST_LETTERS = 2
MOST_SHOWN = 6  # of each kind; the lists of patients and exercises show the rest
NOTHING = search.Found([], 0, forgiven=False)
STATES = (ExerciseState.PUBLISHED, ExerciseState.IN_REVIEW, ExerciseState.DRAFT)


@blueprint.get("/search", endpoint="search")
def find() -> ResponseReturnValue:
    """What `q` finds. A whole page, or the list alone below the box that stays open."""
    text = request.args.get("q", "").strip()[: search.MOST_LETTERS]
    programme = printed_codes.programme(account(), text)
    if programme is not None and not is_fragment():
        return redirect(_address(programme), 303)
    asked = len(text) >= FEWEST_LETTERS
    people = patients.find(account(), text, MOST_SHOWN + 1) if asked else []
    found = search.exercises(account(), text, search.Filters(states=STATES), limit=MOST_SHOWN) if asked else NOTHING
    template = "staff/search/results.html" if is_fragment() else "staff/search/show.html"
    return render_template(
        template,
        q=text,
        asked=asked,
        fewest=FEWEST_LETTERS,
        most=MOST_SHOWN,
        patients=people[:MOST_SHOWN],
        more_patients=len(people) > MOST_SHOWN,
        exercises=found.rows,
        total=found.total,
        forgiven=found.forgiven,
        handout=programme,
        handout_url=_address(programme) if programme else "",
        handout_words=_words(programme) if programme else "",
    )


def _address(programme: Programme) -> str:
    latest = programme.latest
    if latest is None:
        return url_for("staff.edit_programme", programme_id=programme.id)
    return url_for("staff.handout", handout_id=latest.id)


def _words(programme: Programme) -> str:
    latest = programme.latest
    return summaries.handout_words(latest) if latest else summaries.draft_words(programme)
