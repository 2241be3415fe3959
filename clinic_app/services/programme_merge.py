"""Three-way merge of a programme: what one person saved and what another one typed, both from the same version.

A dose is one decision: hold, repetitions and side of one exercise are merged together or not at all, because a dose
made of two people's halves was decided by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clinic_app.dosage import BodyPart
from clinic_app.dosage.codec import from_data
from clinic_app.dosage.sentence import sentence
from clinic_app.errors import Conflict
from clinic_app.models import Account, Exercise, ProgrammeRevision

Flat = dict[str, Any]  # field key -> JSON-ready value
Names = Mapping[int, Exercise]  # by id
MINE, THEIRS = "mine", "theirs"
FIELDS = {"title": "title", "review_on": "next review", "dose": "dose", "note": "note"}


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One field that two people changed differently, as words. `key` names it in `answers`: "row-5-dose", "title"."""

    key: str
    name: str  # the exercise; empty for the programme itself
    field: str  # "dose"
    mine: str
    theirs: str
    who: str
    at: datetime


class RowConflict(Conflict):
    """Two people changed the same fields; each line waits for an answer. `version` is the one they were shown."""

    def __init__(self, lines: tuple[ConflictLine, ...], version: int) -> None:
        super().__init__("Somebody else changed the same thing while you were editing this programme. Choose one.")
        self.lines = lines
        self.version = version


def flat(said: Mapping[str, Any]) -> Flat:
    """Revision content as one value for each field that is merged by itself.

    A dose goes with its exercise: "5 times" of one exercise says nothing about the one it was swapped for.
    """
    found: Flat = {"title": said["title"], "review_on": said["review_on"]}
    for row in said["rows"]:
        found[f"row-{row['id']}-dose"] = {"exercise": row["exercise"], "dosage": row["dosage"]}
        found[f"row-{row['id']}-note"] = {"exercise": row["exercise"], "note": row["note"]}
        found[f"row-{row['id']}-removed"] = row["removed"]
    shown = [row for row in said["rows"] if not row["removed"]]
    found["order"] = [row["id"] for row in sorted(shown, key=lambda row: (row["position"], row["id"]))]
    return found


def merge(
    mine: Flat,
    revisions: Sequence[ProgrammeRevision],
    account: Account,
    answers: Mapping[str, str],
    exercises: Names,
) -> Flat:
    """The fields of `mine` that are to be written: those that changed since `revisions[0]`, where both began.

    The same person's later save wins over their own earlier one: an answer that was lost on the way is sent again.

    Raises:
        RowConflict: with every field that somebody else changed to something else and `answers` does not settle.
    """
    said = [flat(each.content) for each in revisions]
    base, theirs = said[0], said[-1]
    wanted, asked = {}, []
    for key, value in mine.items():
        before, now = base.get(key), theirs.get(key)
        if value in (before, now):
            continue
        revision = _changed_by(revisions, said, key)
        others = now != before and revision is not None and revision.account_id != account.id
        if not others or revision is None:
            # A row that is gone, or holds another exercise by now, is never written to unasked.
            if now is not None and _exercise(now) == _exercise(value):
                wanted[key] = value
                continue
            revision = revision or revisions[-1]
        if answers.get(key) == MINE:
            wanted[key] = value
        elif answers.get(key) != THEIRS:
            asked.append(_line(key, value, now, revision, exercises))
    if asked:
        raise RowConflict(tuple(asked), revisions[-1].version)
    return wanted


def told(revisions: Sequence[ProgrammeRevision], account: Account, exercises: Names) -> tuple[str, ...]:
    """What other people changed since `revisions[0]`, one sentence each: "Colin Colleague removed Bridge."."""
    said = [flat(each.content) for each in revisions]
    base, now = said[0], said[-1]
    found = []
    for key in dict.fromkeys((*now, *base)):
        if base.get(key) == now.get(key):
            continue
        revision = _changed_by(revisions, said, key)
        if revision is None or revision.account_id == account.id:
            continue
        found += [f"{revision.account.name} {words}." for words in _did(key, base, now, exercises)]
    return tuple(dict.fromkeys(found))


def _did(key: str, base: Flat, now: Flat, exercises: Names) -> Iterator[str]:
    before, after = base.get(key), now.get(key)
    if key == "title":
        yield f"changed the title to “{after}”"
    elif key == "review_on":
        yield f"changed the next review to {_day(after)}"
    elif key == "order":
        stayed = [row for row in before or () if row in (after or ())]
        if stayed != [row for row in after or () if row in stayed]:
            yield "changed the order"
    elif key.endswith("-dose"):
        yield from _dose_did(before, after, exercises)
    elif key.endswith("-note"):
        if before and after and _exercise(before) == _exercise(after):
            yield f"changed the note at {_name(after, exercises)}"
    elif before is not None and after is not None:
        dose = now[key.removesuffix("removed") + "dose"]
        yield f"{'removed' if after else 'put back'} {_name(dose, exercises)}"


def _dose_did(before: Any, after: Any, exercises: Names) -> Iterator[str]:
    if before is None:
        yield f"added {_name(after, exercises)}"
    elif after is None:
        yield f"took out {_name(before, exercises)}"
    elif _exercise(before) != _exercise(after):
        yield f"swapped {_name(before, exercises)} for {_name(after, exercises)}"
    else:
        yield f"changed the dose of {_name(after, exercises)}: {_words(after, exercises).rstrip('.')}"


def _line(key: str, mine: Any, theirs: Any, revision: ProgrammeRevision, exercises: Names) -> ConflictLine:
    field = FIELDS[key if key in FIELDS else key.rpartition("-")[2]]
    return ConflictLine(
        key=key,
        name="" if key in FIELDS else _name(mine, exercises),
        field=field,
        mine=_shown(key, mine, mine, exercises),
        theirs=_shown(key, theirs, mine, exercises),
        who=revision.account.name,
        at=revision.at,
    )


def _shown(key: str, value: Any, mine: Any, exercises: Names) -> str:
    if key == "title":
        return str(value)
    if key == "review_on":
        return _day(value)
    if value is None:
        return "taken out of the programme"
    words = _words(value, exercises) if key.endswith("-dose") else str(value["note"] or "no note")
    swapped = _exercise(value) != _exercise(mine)
    return f"{_name(value, exercises)}: {words}" if swapped else words


def _words(dose: Any, exercises: Names) -> str:
    exercise = exercises.get(dose["exercise"])
    try:
        return sentence(from_data(dose["dosage"]), exercise.body_part if exercise else BodyPart.SIDE)
    except ValueError:  # not complete yet
        return "a dose that is not complete"


def _name(value: Any, exercises: Names) -> str:
    exercise = exercises.get(value["exercise"])
    return exercise.name if exercise else "an exercise"


def _exercise(value: Any) -> int | None:
    return value["exercise"] if isinstance(value, dict) else None


def _day(value: str | None) -> str:
    if value is None:
        return "no date"
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


def _changed_by(revisions: Sequence[ProgrammeRevision], said: Sequence[Flat], key: str) -> ProgrammeRevision | None:
    """The last revision that gave this field another value."""
    changes = [at for at in range(1, len(said)) if said[at].get(key) != said[at - 1].get(key)]
    return revisions[changes[-1]] if changes else None
