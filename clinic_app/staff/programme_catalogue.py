"""The builder's catalogue column: what the add box finds and how it reads a dose; exercises to swap for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, render_template, request

from clinic_app.dosage import HoldUnit, Range, Side
from clinic_app.models import Account, Exercise, Programme
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import favourites, programme_clashes, search, typed_lines
from clinic_app.services.precautions import KNEELING
from clinic_app.staff import builder, summaries
from clinic_app.staff.blueprint import account
from clinic_app.starter.lists import BodyRegion, StartingPosition

MOST_FOUND = 8
NO_KNEELING, FAVOURITES = "no_kneeling", "favourites"
REGIONS = {BodyRegion.LOW_BACK: "Low back", BodyRegion.HIP: "Hip", BodyRegion.KNEE: "Knee", BodyRegion.NECK: "Neck"}
POSITIONS = {StartingPosition.SITTING: "Chair", StartingPosition.STANDING: "Standing"}
CHIPS = {
    **{str(code): words for code, words in REGIONS.items()},
    NO_KNEELING: "No kneeling",
    **{str(code): words for code, words in POSITIONS.items()},
    FAVOURITES: "Favourites",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the typed line means. `reading` is the dose in words for the exercise `reading_of`; `problem` why not."""

    text: str = ""
    name: str = ""
    rows: Sequence[Exercise] = ()
    total: int = 0
    forgiven: bool = False
    asked: bool = False  # whether anything was typed or chosen
    reading: str = ""
    reading_of: str = ""
    problem: str = ""


def found_part(programme: Programme) -> str:
    """The results below the add box for `line` and the filters `only`."""
    found = find(account(), request.args.get("line", ""), request.args.getlist("only"))
    used = {row.exercise_id for row in programme.exercises}
    return render_template("staff/programmes/_found.html", found=found, in_programme=used, **words())


def swaps_part(programme: Programme) -> str:
    """Exercises that may stand in for the prescribed exercise `row`."""
    row = next((each for each in programme.exercises if each.id == request.args.get("row", 0, int)), None)
    if row is None:
        abort(404)
    others = programme_clashes.alternatives(programme, row)
    return render_template("staff/programmes/_swaps.html", row=row, alternatives=others, **words())


def find(who: Account, text: str, only: Sequence[str], limit: int = MOST_FOUND) -> Found:
    """What a line such as "bridge 2x10 h5" finds among the published exercises, best first."""
    text = " ".join(text.split())[: typed_lines.LONGEST_LINE]
    if not text and not only:
        return Found()
    line = typed_lines.read_line(who, text)
    result = search.exercises(who, line.query, _filters(only), limit=limit)
    builder.load_pictures([each.id for each in result.rows])
    found = Found(text, line.query, result.rows, result.total, result.forgiven, asked=True)
    if not line.dosage_text or not result.rows:
        return found
    read = typed_lines.read_dosage(result.rows[0], line.dosage_text)
    doubts = " ".join(each.message for each in read.findings)
    return replace(
        found,
        reading=f"{read.sentence} {doubts}".strip(),
        reading_of=result.rows[0].name,
        problem=read.error,
    )


def column(who: Account, programme: Programme) -> dict[str, Any]:
    """What the catalogue column of the whole page shows."""
    only = request.values.getlist("only")
    used = favourites.most_used(who)
    builder.load_pictures([each.id for each in used])
    return {
        "found": find(who, request.args.get("find", ""), only),
        "most_used": used,
        "favourites": favourites.favourites(who),
        "chips": [{"value": code, "words": said, "on": code in only} for code, said in CHIPS.items()],
        **words(),
    }


def words() -> dict[str, Any]:
    return {"picture_url": summaries.picture_url, "usual_words": usual_words}


def usual_words(exercise: Exercise) -> str:
    """The usual dosage in short, for a list: "3 to 5 s, 10 to 15 times"."""
    usual = exercise.usual
    parts = []
    if usual.hold:
        parts.append(f"{_span(usual.hold.amount)} {'s' if usual.hold.unit is HoldUnit.SECONDS else 'breaths'}")
    if usual.duration:
        parts.append(f"{_span(usual.duration)} s")
    if usual.reps:
        each = {Side.EACH: f" each {exercise.body_part}", Side.ALTERNATE: ", alternate"}.get(
            usual.side or Side.NONE, ""
        )
        parts.append(f"{_span(usual.reps)} times{each}")
    return ", ".join(parts)


def _span(amount: Range) -> str:
    return str(amount.minimum) if amount.is_single else f"{amount.minimum} to {amount.maximum}"


def _filters(only: Sequence[str]) -> search.Filters:
    positions = [each for each in POSITIONS if each in only]
    if not positions and NO_KNEELING in only:
        positions = sorted(set(StartingPosition) - KNEELING)
    # The database compares codes as text.
    return search.Filters(
        regions=tuple(str(each) for each in REGIONS if each in only),
        positions=tuple(map(str, positions)),
        states=(str(ExerciseState.PUBLISHED),),
        favourites=FAVOURITES in only,
    )
