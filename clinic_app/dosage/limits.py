"""What is usual, what to warn about and what to refuse: the clinic's dosage table as data, and its check.

The figures are the dosage table of the clinical review (ACSM and AAOS where it names them). Rows marked [J] are not in
that table; they are a judgement that waits for the clinic's own sign-off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic_app.dosage import session
from clinic_app.dosage.grammar import WORDS
from clinic_app.dosage.statements import share
from clinic_app.dosage.value import Dosage, HoldUnit, LoadUnit, Mode, Range, Side

MAX_SESSION_SECONDS = 30 * 60
MAX_DAY_SECONDS = 60 * 60
MAX_WORDS = 30  # letters of a band's colour or maker


class Severity(StrEnum):
    REFUSE = "refuse"  # cannot be issued
    CONFIRM = "confirm"  # needs a second click that names the number
    WARN = "warn"  # is shown, stops nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for staff about one field ("hold"); "session" and "day" stand for the computed times."""

    field: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Whole numbers, both ends included. `key` is the field, with its unit where it has several."""

    key: str
    name: str
    unit: str  # as written after a number: "seconds"
    usual: tuple[int, int]
    warn: tuple[int, int]
    refuse: tuple[int, int]

    @property
    def field(self) -> str:
        return self.key.split(".")[0]

    def words(self, low: int, high: int) -> str:
        """ "3 to 5 seconds", "1 second"."""
        number = str(low) if low == high else f"{low} to {high}"
        unit = re.sub(r"^(second|breath|time|day|week)s", r"\1", self.unit) if low == high == 1 else self.unit
        return f"{number} {unit}".strip() if unit != "%" else f"{number}%"


LIMITS = (
    Limit("sets", "number of rounds", "", (1, 3), (1, 5), (1, 10)),
    Limit("reps", "number of times", "times", (3, 15), (1, 30), (1, 100)),  # of each side, where there are sides
    Limit("hold.seconds", "hold", "seconds", (2, 30), (0, 60), (0, 300)),
    Limit("hold.breaths", "hold", "breaths", (1, 8), (0, 10), (0, 20)),
    Limit("duration", "time to keep going", "seconds", (10, 600), (5, 1800), (1, 3600)),  # [J]
    Limit("move_time", "time of one move", "seconds", (2, 6), (1, 15), (0, 60)),
    Limit("rest", "rest between rounds", "seconds", (30, 90), (0, 180), (0, 600)),
    Limit("times_per_day", "frequency", "times a day", (1, 3), (1, 4), (1, 12)),
    Limit("days_per_week", "week", "days a week", (2, 7), (1, 7), (1, 7)),
    Limit("weeks", "course", "weeks", (4, 12), (1, 12), (1, 52)),
    Limit("effort.cr10", "effort", "out of 10", (2, 5), (0, 7), (0, 10)),
    Limit("effort.borg", "effort", "on the Borg scale", (11, 15), (6, 16), (6, 20)),  # usual and warn [J]
    Limit("pain_limit", "pain limit", "out of 10", (3, 5), (0, 5), (0, 10)),
    Limit("load.kg", "load", "kg", (0, 20), (0, 40), (0, 200)),
    Limit("load.percent", "load", "%", (40, 80), (0, 85), (1, 100)),  # [J]
    Limit("tempo", "tempo", "seconds in each part", (0, 5), (0, 6), (0, 10)),
)

# What each way of moving needs, and what it contradicts.
NEEDS = {
    Mode.REPS_WITH_HOLD: ("reps", "hold"),
    Mode.SUSTAINED: ("hold",),
    Mode.CONTINUOUS: ("reps",),
    Mode.TIMED: ("duration",),
}
CONTRADICTS = {
    Mode.REPS_WITH_HOLD: ("duration",),
    Mode.SUSTAINED: ("duration",),
    Mode.CONTINUOUS: ("hold", "duration"),
    Mode.TIMED: ("hold",),
}
MODE_NAMES = {
    Mode.REPS_WITH_HOLD: "a repeat with a hold",
    Mode.SUSTAINED: "a position that is held",
    Mode.CONTINUOUS: "a slow movement",
    Mode.TIMED: "a timed exercise",
}
FIELD_NAMES = {"reps": "number of times", "hold": "hold", "duration": "time to keep going"}


def check(dosage: Dosage, *, has_sides: bool, usual: Dosage | None = None, kind: str = "") -> tuple[Finding, ...]:
    """Everything to say about a dosage before it is issued, refusals first; empty when there is nothing to say.

    Args:
        has_sides: whether the exercise is done with one side of the body at a time.
        usual: the catalogue's usual dosage; more than twice its upper number asks for a second look.
        kind: the exercise's kind; "strength" is not meant for 7 days a week.

    Never raises, whatever the dosage holds.
    """
    found = [*_mode(dosage), *_sides(dosage, has_sides), *_load(dosage), *_tempo(dosage), *_amounts(dosage)]
    if usual is not None:
        found += _against(dosage, usual)
    found += _week(dosage, kind)
    if not any(finding.severity is Severity.REFUSE for finding in found):
        found += _times([dosage], "this exercise")
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def check_together(dosages: Sequence[Dosage]) -> tuple[Finding, ...]:
    """Warnings about the time of all exercises of a programme: more than 30 minutes a session, 60 minutes a day.

    Each one on its own is for `check`, and none of them may be refused by it.
    """
    return tuple(_times(dosages, "these exercises"))


def amounts(dosage: Dosage) -> dict[str, tuple[int, int]]:
    """The numbers that are set, by the key of their limit. Repetitions are counted for each side."""
    found: dict[str, tuple[int, int]] = {}

    def put(key: str, amount: Range | int | None) -> None:
        if isinstance(amount, Range):
            found[key] = (amount.minimum, amount.maximum)
        elif amount is not None:
            found[key] = (amount, amount)

    for name in ("sets", "duration", "move_time", "rest", "times_per_day", "days_per_week", "weeks", "pain_limit"):
        put(name, getattr(dosage, name))
    put("reps", share(dosage.reps) if dosage.reps and dosage.side is Side.ALTERNATE else dosage.reps)
    if dosage.hold:
        put(f"hold.{dosage.hold.unit}", dosage.hold.amount)
    if dosage.effort:
        put(f"effort.{dosage.effort.scale}", dosage.effort.amount)
    if dosage.load and dosage.load.unit in {LoadUnit.KILOGRAMS, LoadUnit.PERCENT}:
        put(f"load.{dosage.load.unit}", dosage.load.amount)
    if dosage.tempo:
        parts = (dosage.tempo.lower, dosage.tempo.pause_low, dosage.tempo.lift, dosage.tempo.pause_high)
        found["tempo"] = (min(parts), max(parts))
    return found


def _stated(dosage: Dosage, limit: Limit, amount: tuple[int, int]) -> str:
    """The number as the patient has it: "6 to 8 times each side" where both sides work, else "6 to 8 times"."""
    each = " each side" if limit.field == "reps" and dosage.side in {Side.EACH, Side.ALTERNATE} else ""
    return f"{limit.words(*amount)}{each}"


def _outside(amount: tuple[int, int], limit: tuple[int, int]) -> bool:
    return amount[0] < limit[0] or amount[1] > limit[1]


def _amounts(dosage: Dosage) -> Iterator[Finding]:
    found = amounts(dosage)
    for limit in LIMITS:
        amount = found.get(limit.key)
        if amount is None:
            continue
        said = f"The {limit.name} is {_stated(dosage, limit, amount)}"
        if _outside(amount, limit.refuse):
            message = f"{said}, but only {limit.words(*limit.refuse)} can be given."
            yield Finding(limit.field, Severity.REFUSE, message)
        elif _outside(amount, limit.warn):
            message = f"{said}, outside the common {limit.words(*limit.warn)}."
            yield Finding(limit.field, Severity.WARN, message)


def _mode(dosage: Dosage) -> Iterator[Finding]:
    name = MODE_NAMES[dosage.mode]
    for field in NEEDS[dosage.mode]:
        if getattr(dosage, field) is None:
            yield Finding(field, Severity.REFUSE, f"The {FIELD_NAMES[field]} is missing: {name} needs it.")
    for field in CONTRADICTS[dosage.mode]:
        if getattr(dosage, field) is not None:
            yield Finding(field, Severity.REFUSE, f"Take out the {FIELD_NAMES[field]}: {name} has none.")
    if "hold" in NEEDS[dosage.mode] and dosage.hold is not None and dosage.hold.amount.minimum == 0:
        unit = dosage.hold.unit
        yield Finding("hold", Severity.REFUSE, f"The hold starts at 0 {unit}, but {name} needs 1 or more.")
    if dosage.rest is not None and dosage.sets.maximum == 1:
        yield Finding("rest", Severity.WARN, f"There is 1 round, so the rest of {dosage.rest} seconds comes after it.")


def _sides(dosage: Dosage, has_sides: bool) -> Iterator[Finding]:
    if dosage.side is None or (has_sides and dosage.side is Side.NONE):
        message = "Choose the side: left, right, each, alternate or both together."
        yield Finding("side", Severity.REFUSE, message if has_sides else "Say that this exercise has no sides.")
    elif not has_sides and dosage.side is not Side.NONE:
        side = str(dosage.side).replace("_", " ")
        yield Finding("side", Severity.REFUSE, f"Take out the side ({side}): this exercise has none.")
    reps = dosage.reps
    if dosage.side is Side.ALTERNATE and reps is not None and (reps.minimum % 2 or reps.maximum % 2):
        odd = reps.minimum if reps.minimum % 2 else reps.maximum
        message = f"{odd} times cannot be shared by two sides, so choose an even total such as {odd + 1}."
        yield Finding("reps", Severity.REFUSE, message)


def _load(dosage: Dosage) -> Iterator[Finding]:
    load = dosage.load
    if load is None:
        return
    weighed = load.unit in {LoadUnit.KILOGRAMS, LoadUnit.PERCENT}
    if weighed and load.amount is None:
        yield Finding("load", Severity.REFUSE, f"The load needs a number, in {load.unit}.")
    if not weighed and load.amount is not None:
        yield Finding("load", Severity.REFUSE, f"Take out the number {load.amount}: this load has none.")
    if load.unit is LoadUnit.BAND and not load.colour:
        yield Finding("load", Severity.REFUSE, "Name the colour of the band.")
    if load.unit is not LoadUnit.BAND and (load.colour or load.brand):
        yield Finding("load", Severity.REFUSE, f"Take out {load.colour or load.brand!r}: only a band has a colour.")
    for text in (load.colour, load.brand):
        if text and (len(text) > MAX_WORDS or not re.fullmatch(WORDS, text)):
            message = f"Write the band's colour and maker in {MAX_WORDS} letters or fewer, without signs: {text!r}."
            yield Finding("load", Severity.REFUSE, message)


def _tempo(dosage: Dosage) -> Iterator[Finding]:
    if amounts(dosage).get("tempo") == (0, 0):
        yield Finding("tempo", Severity.REFUSE, "The tempo 0-0-0-0 says nothing, so fill it in or take it out.")
    if dosage.tempo is not None and dosage.move_time is not None:
        total = sum((dosage.tempo.lower, dosage.tempo.pause_low, dosage.tempo.lift, dosage.tempo.pause_high))
        if total != dosage.move_time:
            message = f"One move takes {dosage.move_time} seconds, but its tempo adds up to {total} seconds."
            yield Finding("tempo", Severity.WARN, message)


def _against(dosage: Dosage, usual: Dosage) -> Iterator[Finding]:
    mine, theirs = _in_seconds(amounts(dosage)), _in_seconds(amounts(usual))
    stated = amounts(dosage)
    for limit in LIMITS:
        if limit.key not in stated:
            continue
        key = limit.field if limit.field == "hold" else limit.key
        if key not in theirs or mine[key][1] <= 2 * theirs[key][1]:
            continue
        number = stated[limit.key][1]
        # A nought too many is the commonest slip; it is named only where the number without it would be at home here.
        slip = mine[key][1] // 10
        at_home = theirs[key][0] <= 2 * slip and slip <= 2 * theirs[key][1]
        doubt = f", not {number // 10}" if number % 10 == 0 and at_home else ""
        words = next(row for row in LIMITS if row.field == limit.field and row.key in amounts(usual))
        message = (
            f"{_stated(dosage, limit, (number, number))}{doubt}? "
            f"The usual {limit.name} here is {_stated(usual, words, amounts(usual)[words.key])}."
        )
        yield Finding(limit.field, Severity.CONFIRM, message)


def _in_seconds(found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """With every hold under the key "hold" in seconds, so that breaths can be held against seconds."""
    each = {f"hold.{HoldUnit.SECONDS}": 1, f"hold.{HoldUnit.BREATHS}": session.SECONDS_PER_BREATH}
    seconds = [(low * each[key], high * each[key]) for key, (low, high) in found.items() if key in each]
    return {**found, "hold": seconds[0]} if seconds else found


def _week(dosage: Dosage, kind: str) -> Iterator[Finding]:
    if kind == "strength" and dosage.days_per_week.maximum == 7:
        message = "Strength work on 7 days a week leaves no day of rest; 2 to 3 days a week is usual."
        yield Finding("days_per_week", Severity.WARN, message)


def _times(dosages: Sequence[Dosage], what: str) -> Iterator[Finding]:
    longest = [session.seconds(dosage).maximum for dosage in dosages]
    once = sum(longest)
    day = sum(each * dosage.times_per_day.maximum for each, dosage in zip(longest, dosages, strict=True))
    if once > MAX_SESSION_SECONDS:
        message = f"One session of {what} takes {_minutes(once)} minutes, more than {_minutes(MAX_SESSION_SECONDS)}."
        yield Finding("session", Severity.WARN, message)
    if day > MAX_DAY_SECONDS:
        message = f"Doing {what} takes {_minutes(day)} minutes a day, more than {_minutes(MAX_DAY_SECONDS)}."
        yield Finding("day", Severity.WARN, message)


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)
