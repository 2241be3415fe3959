"""What changed between two dosages of the same exercise, in words for the patient."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from clinic_app.dosage.grammar import Language, as_language
from clinic_app.dosage.statements import time_unit
from clinic_app.dosage.value import BodyPart, Dosage, Load, LoadUnit, Range, Side, Tempo


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed field: `now` "hold 20 seconds", `was` "10", `told` "hold is now 20 seconds (was 10)".

    `was` leaves its unit out where it is the unit of `now`.
    """

    field: str
    now: str
    was: str
    told: str


@dataclass(frozen=True, slots=True)
class _Fact:
    number: str  # "" where the words are not a number and a unit
    unit: str
    words: str


def differences(
    was: Dosage, now: Dosage, body_part: BodyPart = BodyPart.SIDE, language: str | Language = "en"
) -> tuple[Difference, ...]:
    """The changed fields in the order of `Dosage`; empty when both say the same.

    Raises:
        ValueError: if the language is not shipped.
    """
    spoken = as_language(language)
    found = []
    for name in (field.name for field in fields(Dosage)):
        before, after = (_fact(name, dosage, body_part, spoken) for dosage in (was, now))
        if before != after:
            same_unit = before.number and after.number and before.unit == after.unit
            old = before.number if same_unit else before.words
            found.append(
                Difference(
                    field=name,
                    now=spoken.say(f"change.now.{name}.now", value=after.words),
                    was=old,
                    told=spoken.say(f"change.now.{name}.told", value=after.words, was=old),
                )
            )
    return tuple(found)


def _fact(name: str, dosage: Dosage, body_part: BodyPart, spoken: Language) -> _Fact:
    value = getattr(dosage, name)
    if name == "side":
        words = _side(dosage.side, body_part, spoken)
    elif name == "mode":
        words = spoken.say(f"change.mode.{value}")
    elif value is None:
        words = spoken.say("change.none")
    elif isinstance(value, Load):
        words = _load(value, spoken)
    elif isinstance(value, Tempo):
        words = spoken.say("change.tempo", **{part.name: str(getattr(value, part.name)) for part in fields(value)})
    else:
        return _counted(name, dosage, value, body_part, spoken)
    return _Fact("", "", words)


def _counted(name: str, dosage: Dosage, value: Any, body_part: BodyPart, spoken: Language) -> _Fact:
    unit, amount = "", Range.of(value) if isinstance(value, int) else value
    match name:
        case "effort" | "pain_limit":
            unit, amount = (str(value.scale), value.amount) if name == "effort" else ("pain", amount)
            return _Fact(spoken.number(amount), unit, spoken.say(f"change.{unit}", amount=amount))
        case "sets":
            return _Fact(spoken.number(amount), unit, spoken.number(amount))
        case "times_per_day" | "days_per_week" | "weeks":
            # "twice a day" and "every day" are words, so the old value is given in full.
            return _Fact("", unit, spoken.say(f"counted.{name}", n=amount))
        case "hold":
            unit, amount = str(value.unit), value.amount
        case "reps":
            unit = _repeat_unit(dosage.side, body_part)
        case _:  # duration, move_time, rest
            unit, amount = time_unit(amount)
    return _Fact(
        spoken.number(amount),
        unit,
        spoken.say("change.amount", amount=amount, unit=spoken.say(f"band.unit.{unit}", n=amount)),
    )


def _repeat_unit(side: Side | None, body_part: BodyPart) -> str:
    return {Side.EACH: f"each.{body_part}", Side.ALTERNATE: "times_in_all"}.get(side or Side.NONE, "times")


def _side(side: Side | None, body_part: BodyPart, spoken: Language) -> str:
    match side:
        case None:
            return spoken.say("change.side_open")
        case Side.NONE:
            return spoken.say("change.side_none")
        case Side.EACH:
            return spoken.say(f"change.each.{body_part}")
        case Side.ALTERNATE:
            return spoken.say(f"band.detail.change.{body_part}")
        case _:
            return spoken.say(f"band.detail.{side}.{body_part}")


def _load(load: Load, spoken: Language) -> str:
    if load.unit is LoadUnit.BODYWEIGHT:
        return spoken.say("change.bodyweight")
    if load.unit is LoadUnit.BAND:
        if not load.colour:
            return spoken.say("change.band_open")
        if load.brand:
            return spoken.say("change.band_brand", colour=load.colour, brand=load.brand)
        return spoken.say("change.band", colour=load.colour)
    return spoken.say("change.none" if load.amount is None else f"change.{load.unit}", amount=str(load.amount))
