"""What a dosage says, before any language: a row of statements, and the dosage that a row of statements means.

A statement is the key of a phrase and its values, for example `("sentence.hold.seconds", {"n": Range(20, 20)})`.
`sentence.py` puts them into words and `reading.py` gets them back from words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from clinic_app.dosage.grammar import Value
from clinic_app.dosage.value import (
    BodyPart,
    Dosage,
    Effort,
    EffortScale,
    Hold,
    HoldUnit,
    Load,
    LoadUnit,
    Mode,
    Range,
    Side,
    Tempo,
)

Statement = tuple[str, dict[str, Value]]

ONCE = Range(1, 1)
TEMPO_PARTS = ("lower", "pause_low", "lift", "pause_high")
# From 2 minutes on, whole minutes are easier to follow than seconds.
MINUTES_FROM = 120


def in_minutes(seconds: Range) -> Range | None:
    """The same time in minutes, if both ends are whole minutes and it is long enough to say so."""
    if seconds.minimum < MINUTES_FROM or seconds.minimum % 60 or seconds.maximum % 60:
        return None
    return Range(seconds.minimum // 60, seconds.maximum // 60)


def time_unit(seconds: Range) -> tuple[str, Range]:
    """`("minutes", 10)` or `("seconds", 90)`."""
    minutes = in_minutes(seconds)
    return ("seconds", seconds) if minutes is None else ("minutes", minutes)


def share(total: Range) -> Range:
    """How often each side moves, of an alternating total."""
    return Range(total.minimum // 2, total.maximum // 2)


def statements(dosage: Dosage, body_part: BodyPart) -> tuple[Statement, ...]:
    """Every field that is set, in the order in which a patient needs it."""
    return (
        *_movement(dosage),
        *_repeating(dosage, body_part),
        *_rounds(dosage),
        *_intensity(dosage),
        _how_often(dosage),
    )


def _movement(dosage: Dosage) -> Iterator[Statement]:
    if dosage.mode is Mode.CONTINUOUS:
        yield "sentence.slowly", {}
    if dosage.duration is not None:
        unit, amount = time_unit(dosage.duration)
        yield f"sentence.go.{unit}", {"n": amount}
    if dosage.hold is not None:
        verb = "stay" if dosage.mode is Mode.SUSTAINED else "hold"
        yield f"sentence.{verb}.{dosage.hold.unit}", {"n": dosage.hold.amount}
    if dosage.move_time is not None:
        yield "sentence.move_time", {"n": Range.of(dosage.move_time)}
    if dosage.tempo is not None:
        for part in TEMPO_PARTS:
            if seconds := getattr(dosage.tempo, part):
                yield f"sentence.tempo.{part}", {"n": Range.of(seconds)}


def _repeating(dosage: Dosage, body_part: BodyPart) -> Iterator[Statement]:
    side, reps = dosage.side, dosage.reps
    if side is Side.ALTERNATE:
        if reps is not None:
            yield "sentence.repeat.alternate", {"n": reps}
        yield f"sentence.change.{body_part}", {}
        if reps is not None:
            yield f"sentence.share.{body_part}", {"n": share(reps)}
    elif side is None or side is Side.NONE:
        if reps is not None:
            yield "sentence.repeat.none", {"n": reps}
        if side is None:
            yield "sentence.side_open", {}
    elif reps is not None:
        yield f"sentence.repeat.{side}.{body_part}", {"n": reps}
    else:
        yield f"sentence.where.{side}.{body_part}", {}


def _rounds(dosage: Dosage) -> Iterator[Statement]:
    if dosage.sets != ONCE:
        yield "sentence.rounds", {"n": dosage.sets}
    if dosage.rest is not None:
        unit, amount = time_unit(Range.of(dosage.rest))
        yield f"sentence.rest.{'between' if dosage.sets.maximum > 1 else 'after'}.{unit}", {"n": amount}


def _intensity(dosage: Dosage) -> Iterator[Statement]:
    load = dosage.load
    if load is not None and load.unit is LoadUnit.BODYWEIGHT:
        yield "sentence.load.bodyweight", {}
    elif load is not None and load.unit is LoadUnit.BAND:
        if not load.colour:
            yield "sentence.load.band_open", {}
        elif load.brand:
            yield "sentence.load.band_brand", {"colour": load.colour, "brand": load.brand}
        else:
            yield "sentence.load.band", {"colour": load.colour}
    elif load is not None and load.amount is not None:
        yield f"sentence.load.{load.unit}", {"n": Range.of(load.amount)}
    if dosage.effort is not None:
        yield f"sentence.effort.{dosage.effort.scale}", {"n": dosage.effort.amount}
    if dosage.pain_limit is not None:
        yield "sentence.pain", {"n": Range.of(dosage.pain_limit)}


def _how_often(dosage: Dosage) -> Statement:
    values: dict[str, Value] = {"times_per_day": dosage.times_per_day, "days_per_week": dosage.days_per_week}
    if dosage.weeks is None:
        return "sentence.how_often.always", values
    values["weeks"] = dosage.weeks
    # With a range in it one sentence would be too long to follow (15 words).
    single = dosage.times_per_day.is_single and dosage.days_per_week.is_single and dosage.weeks.is_single
    return f"sentence.how_often.{'weeks' if single else 'weeks_apart'}", values


def meaning(heard: list[Statement]) -> tuple[Dosage, BodyPart]:
    """The dosage that the statements mean; the body part is SIDE where no statement names one.

    Raises:
        ValueError: if no statement or more than one says how to move.
    """
    modes = {mode for key, _ in heard if (mode := _mode(key))}
    if len(modes) != 1:
        raise ValueError("The words must say exactly one of: hold, stay, move slowly, keep going.")
    dosage, body_part = Dosage(mode=modes.pop()), BodyPart.SIDE
    for key, values in heard:
        words = key.split(".")[1:]
        dosage = replace(dosage, **_fields(dosage, words, values))
        if words[0] in {"repeat", "where", "change", "share"} and words[-1] in {part.value for part in BodyPart}:
            body_part = BodyPart(words[-1])
    return dosage, body_part


def _mode(key: str) -> Mode | None:
    openings = {"hold": Mode.REPS_WITH_HOLD, "stay": Mode.SUSTAINED, "slowly": Mode.CONTINUOUS, "go": Mode.TIMED}
    return openings.get(key.split(".")[1])


def _fields(dosage: Dosage, words: list[str], values: dict[str, Value]) -> dict[str, Any]:
    """The fields that one statement sets. The mode is known from all of them; a share is checked by saying it again."""
    amount = values.get("n")
    number = amount if isinstance(amount, Range) else ONCE
    scale = 60 if words[-1] == "minutes" else 1
    seconds = Range(number.minimum * scale, number.maximum * scale)
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "hold": lambda: {"hold": Hold(number, HoldUnit(words[1]))},
        "stay": lambda: {"hold": Hold(number, HoldUnit(words[1]))},
        "go": lambda: {"duration": seconds},
        "move_time": lambda: {"move_time": number.minimum},
        "tempo": lambda: {"tempo": replace(dosage.tempo or Tempo(0, 0, 0, 0), **{words[1]: number.minimum})},
        "repeat": lambda: {"reps": number, "side": Side(words[1])},
        "where": lambda: {"side": Side(words[1])},
        "change": lambda: {"side": Side.ALTERNATE},
        "side_open": lambda: {"side": None},
        "rounds": lambda: {"sets": number},
        "rest": lambda: {"rest": seconds.minimum},
        "load": lambda: {"load": _load(words[1], number, values)},
        "effort": lambda: {"effort": Effort(EffortScale(words[1]), number)},
        "pain": lambda: {"pain_limit": number.minimum},
        "how_often": lambda: dict(values),
    }
    return makers[words[0]]() if words[0] in makers else {}


def _load(unit: str, number: Range, values: dict[str, Value]) -> Load:
    if unit == "bodyweight":
        return Load(LoadUnit.BODYWEIGHT)
    if unit.startswith("band"):
        return Load(LoadUnit.BAND, colour=str(values.get("colour", "")), brand=str(values.get("brand", "")))
    return Load(LoadUnit(unit), number.minimum)
