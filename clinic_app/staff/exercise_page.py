"""What the catalogue's pages show: the list at the left, and the exercise that is written at the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.dosage import BodyPart
from clinic_app.dosage.codec import from_data
from clinic_app.dosage.sentence import sentence
from clinic_app.errors import Gap
from clinic_app.models import Exercise
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import exercise_advice, exercises, favourites, search
from clinic_app.services.exercise_entry import is_shown
from clinic_app.services.exercise_history import content_now, events, in_use, newest, state_now
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account
from clinic_app.staff.exercise_reading import shown
from clinic_app.staff.forms.exercise import ExerciseForm, words
from clinic_app.starter.lists import BodyRegion, Equipment, Kind, ReviewStatus, StartingPosition
from clinic_app.web.filters import position_words

PAGE = 50  # rows of the list
STATES = {
    ExerciseState.DRAFT: "Draft",
    ExerciseState.IN_REVIEW: "In review",
    ExerciseState.PUBLISHED: "Published",
    ExerciseState.ARCHIVED: "Archived",
}
# Name in the address -> what a person calls it, and its choices.
FILTERS: dict[str, tuple[str, dict[str, str]]] = {
    "region": ("Region", {each: words(each) for each in BodyRegion}),
    "position": ("Position", {each: position_words(each).capitalize() for each in StartingPosition}),
    "kind": ("Kind", {each: words(each) for each in Kind}),
    "equipment": ("Equipment", {each: words(each) for each in Equipment}),
    "state": ("State", {str(state): label for state, label in STATES.items()}),
}


def today() -> date:
    return account().clinic.today(utc_now())


def listed(selected: Exercise | None = None) -> dict[str, Any]:
    """The list as the address asks for it; `selected` is the exercise beside it."""
    args = request.args
    chosen = {name: [each for each in args.getlist(name) if each in options] for name, (_, options) in FILTERS.items()}
    filters = search.Filters(
        regions=tuple(chosen["region"]),
        kinds=tuple(chosen["kind"]),
        positions=tuple(chosen["position"]),
        equipment=tuple(chosen["equipment"]),
        states=tuple(chosen["state"]),
        favourites=args.get("favourites") == "1",
        review_due=args.get("review_due") == "1",
    )
    text = args.get("q", "").strip()[: search.MOST_LETTERS]
    offset = max(args.get("offset", 0, type=int), 0)
    found = search.exercises(account(), text, filters, limit=PAGE, offset=min(offset, 1_000_000))
    kept: dict[str, Any] = {name: values for name, values in chosen.items() if values}
    kept |= {name: "1" for name in ("favourites", "review_due") if args.get(name) == "1"}
    kept |= {"q": text} if text else {}
    mine = favourites.favourites(account())
    return {
        "q": text,
        "filters": [(name, label, options, chosen[name]) for name, (label, options) in FILTERS.items()],
        "only_favourites": filters.favourites,
        "only_due": filters.review_due,
        "rows": [(row, summaries.picture_url(row), badge(row, today()), row.id in mine) for row in found.rows],
        "total": found.total,
        "forgiven": found.forgiven,
        "kept": kept,
        "before": max(offset - PAGE, 0) if offset else None,
        "after": offset + PAGE if offset + PAGE < found.total else None,
        "selected": selected.id if selected else request.args.get("selected", 0, type=int),
    }


def badge(exercise: Exercise, day: date) -> tuple[str, str]:
    """The look and the words of an exercise's state in the list."""
    if ExerciseState.IN_REVIEW in {exercise.proposed_state, exercise.state}:
        return "review", "In review"
    if exercise.is_published and exercise.review_due is not None and exercise.review_due <= day:
        return "review", "Review due"
    return str(exercise.state), STATES[ExerciseState(exercise.state)]


def first_form(exercise: Exercise, content: Mapping[str, Any]) -> ExerciseForm:
    data = shown(content, names_of(exercise, content))
    due = date.fromisoformat(content["review"]["due"])
    in_two_years = today() + exercises.USUAL_REVIEW
    data |= {"revision": newest(exercise), "review_due": max(in_two_years, due)}
    return ExerciseForm(formdata=None, data=data)


def names_of(exercise: Exercise, content: Mapping[str, Any]) -> dict[str, str]:
    slugs = [each["slug"] for name in ("easier", "harder") for each in content[name]]
    query = select(Exercise.slug, Exercise.name).where(
        Exercise.clinic_id == exercise.clinic_id, Exercise.slug.in_(slugs)
    )
    return {slug: name for slug, name in db.session.execute(query)} if slugs else {}  # noqa: C416 - rows, not pairs


def by_place(lines: Iterable[exercise_advice.Line]) -> dict[str, list[exercise_advice.Line]]:
    found = defaultdict(list)
    for line in lines:
        found[line.where].append(line)
    return dict(found)


def advised(exercise: Exercise, content: Mapping[str, Any]) -> dict[str, Any]:
    """The advice under each field, the list before publishing and the patient's sentence, for what is typed now."""
    day = today()
    lines = exercise_advice.advice(content, day)
    return {
        "advice": by_place(lines),
        "checks": exercise_advice.checks(content, day, lines, signed=exercises.is_signed(exercise)),
        "sentence": patient_reads(content),
    }


def patient_reads(content: Mapping[str, Any]) -> str:
    """The dosage as the patient reads it, or "" while numbers are missing."""
    part = content.get("body_part")
    try:
        return sentence(from_data(content["dosage"]), BodyPart(part) if part else BodyPart.SIDE)
    except ValueError:
        return ""


def page(
    exercise: Exercise, form: ExerciseForm, typed: Mapping[str, Any], gaps: tuple[Gap, ...] = ()
) -> dict[str, Any]:
    """Everything of `staff/exercises/edit.html`. `typed` is what the form says as far as it can be read."""
    saved = content_now(exercise)
    state, number = state_now(exercise), newest(exercise)
    last_writer = exercise.written_by_id == account().id
    return {
        **listed(exercise),
        **advised(exercise, typed),
        "exercise": exercise,
        "form": form,
        "revision": number,
        "state": state,
        "state_words": state_words(exercise),
        "in_use": in_use(exercise),
        "live": search.live_programmes([exercise.id]).get(exercise.id, 0),
        "reason": saved.get("state_reason", "") if state == ExerciseState.DRAFT else "",
        "reviewed": saved["review"],
        "due": date.fromisoformat(saved["review"]["due"]),
        "signed": exercises.is_signed(exercise),
        "others": [each.name for each in exercises.other_signers(account())] if last_writer else [],
        "pictures": [each for each in saved["pictures"] if is_shown(each)],
        "gaps": gaps,
        "history": events(exercise),
    }


def state_words(exercise: Exercise) -> str:
    """Where the exercise stands: "Published, revision 4. Revision 6 is in review"."""
    number = newest(exercise)
    words_now = STATES[ExerciseState(exercise.state)]
    if not exercise.is_published:
        return f"{words_now}, revision {number}"
    if exercise.proposed is None:
        waits = exercise.details["review"]["status"] != ReviewStatus.REVIEWED
        return "Published, awaiting your clinic's review" if waits else f"Published, revision {number}"
    next_one = "in review" if exercise.proposed_state == ExerciseState.IN_REVIEW else "a draft"
    return f"Published, revision {in_use(exercise)}; revision {number} is {next_one}"


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between two contents, field by field in words: name, mine, theirs."""
    ignored = {"state", "state_reason", "review", "slug", "written_on"}
    names = [name for name in {**theirs, **mine} if name not in ignored]
    pairs = [(words(name), in_words(name, mine), in_words(name, theirs)) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]


def in_words(name: str, content: Mapping[str, Any]) -> str:
    """One field of a content as text."""
    value = content.get(name)
    if name == "dosage":
        return patient_reads(content) or "not complete"
    if name == "pictures":
        said = [f"{each['letter']} {each['caption']}: {each['alt']}" for each in value or ()]
        seen = [each.get("photo") or "drawing" for each in value or ()]
        return "\n".join(
            f"{text} ({'photo ' + what[:6] if what != 'drawing' else what})"
            for text, what in zip(said, seen, strict=True)
        )
    if isinstance(value, Mapping):
        return ", ".join(str(each) for each in value.values())
    if isinstance(value, list):
        return "\n".join(
            ": ".join(str(part) for part in each.values()) if isinstance(each, Mapping) else str(each) for each in value
        )
    return str(value or "")
