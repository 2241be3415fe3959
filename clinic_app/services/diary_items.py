"""Reading what a phone or a form sent for the diary: checked values, or one sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic_app.errors import ServiceError
from clinic_app.models.diary import Done
from clinic_app.plain_text import tidy, visible

MOST_REPS = 500
MOST_PAIN = 10
MOST_TURNS = 12
MOST_DIGITS = 10
LONGEST_NOTE = 2000
OLDEST = timedelta(days=14)
NEVER = date(1970, 1, 1)
TAKEN_BACK = ""  # a tick that was taken back stays as a row, so that an older tick that comes late does not return
ANSWERS = {*Done, TAKEN_BACK}

Item = Mapping[str, object]


class Refused(ServiceError):
    """One item cannot be kept; the sentence says why, for the patient."""


@dataclass(frozen=True, slots=True)
class Tick:
    """`values` are the columns to write: those that were not sent keep what is stored."""

    day: date
    exercise: str
    turn: int
    written_at: datetime
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    written_at: datetime
    values: dict[str, object]


def tick(item: object, now: datetime) -> Tick:
    """Raises Refused."""
    sent = _mapping(item)
    done = sent.get("done")
    if not isinstance(done, str) or done not in ANSWERS:
        raise Refused("Please choose done, partly or not today.")
    exercise = sent.get("exercise")
    if not isinstance(exercise, str):
        raise Refused("The exercise is missing.")
    values: dict[str, object] = {"done": done}
    if "reps" in sent:
        values["reps"] = _number(sent["reps"], MOST_REPS, f"Times must be a number from 0 to {MOST_REPS}.")
    if done in {TAKEN_BACK, Done.NOT_TODAY}:
        values["reps"] = None
    turn = _number(sent.get("turn", 1), MOST_TURNS, f"An exercise can be done 1 to {MOST_TURNS} times a day here.")
    if not turn:
        raise Refused("The time of the day is counted from 1.")
    return Tick(_day(sent), exercise, turn, _written_at(sent, now), values)


def day(item: object, now: datetime) -> Day:
    """Raises Refused."""
    sent = _mapping(item)
    values: dict[str, object] = {}
    for name in ("pain_before", "pain_after"):
        if name in sent:
            values[name] = _number(sent[name], MOST_PAIN, f"Pain must be a number from 0 to {MOST_PAIN}.")
    if "worse" in sent:
        if not isinstance(sent["worse"], bool):
            raise Refused("Worse must be yes or no.")
        values["worse"] = sent["worse"]
    if "note" in sent:
        values["note"] = _note(sent["note"])
    return Day(_day(sent), _written_at(sent, now), values)


def _mapping(item: object) -> Item:
    if not isinstance(item, Mapping):
        raise Refused("This entry could not be read.")
    return item


def _day(sent: Item) -> date:
    given = sent.get("day")
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        raise Refused("The day could not be read.") from None


def _written_at(sent: Item, now: datetime) -> datetime:
    """When it was written, never later than `now`: a clock that runs ahead would win over all corrections."""
    given = sent.get("written_at", now)
    try:
        found = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
        if found.tzinfo is None or found.date() < NEVER:
            raise ValueError
        return min(found.astimezone(now.tzinfo), now)
    except (ValueError, OverflowError):
        raise Refused("The time it was written could not be read.") from None


def _number(given: object, most: int, wrong: str) -> int | None:
    """A whole number from 0 to `most`; None and "" are no answer."""
    if given is None or given == "":
        return None
    if isinstance(given, str) and given.strip().isascii() and given.strip().isdigit() and len(given) < MOST_DIGITS:
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
        raise Refused(wrong)
    return given


def _note(given: object) -> str:
    if not isinstance(given, str):
        raise Refused("The note could not be read.")
    note = visible(tidy(given))
    if len(note) > LONGEST_NOTE:
        raise Refused(f"The note is longer than {LONGEST_NOTE:,} characters. Please make it shorter.")
    return note
