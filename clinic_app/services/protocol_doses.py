"""The dose of an exercise in a protocol: written as shorthand in one field, read back, and held against the limits."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.limits import Severity
from clinic_app.dosage.sentence import sentence
from clinic_app.dosage.shorthand import CLEARED, ShorthandError, parse, write
from clinic_app.models import Exercise
from clinic_app.services.programmes import checked

ONE_SIDE = "A protocol says each side or alternate. Left or right is chosen for each patient."
NO_SIDE = "Add each, alt or both: this exercise is done with two sides."
LONGEST = 120  # letters


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line of shorthand means: the patient's sentence, or why it cannot be given. `advice` stops nothing."""

    dosage: Dosage | None
    sentence: str
    wrong: tuple[str, ...]
    advice: tuple[str, ...]


def read(exercise: Exercise, text: str, before: Dosage | None = None) -> Reading:
    """The reading of `text`; what it does not say comes from the usual dosage. An untouched text means `before`."""
    if before is not None and text.strip() == shorthand(exercise, before):
        dosage = before
    else:
        try:
            dosage = parse(text[:LONGEST], usual=exercise.usual)
        except ShorthandError as error:
            return Reading(None, "", (str(error),), ())
    wrong = refused(exercise, dosage)
    if wrong:
        return Reading(dosage, "", wrong, ())
    advice = tuple(each.message for each in checked(exercise, dosage))
    return Reading(dosage, sentence(dosage, exercise.body_part), (), advice)


def shorthand(exercise: Exercise, dosage: Dosage) -> str:
    """The dosage as shorthand for this exercise: what is usual and left out here is said to be left out ("no rest")."""
    text = write(dosage)
    gone = [word for word, name in CLEARED.items() if _is_gone(name, exercise.usual, dosage)]
    text = " ".join([text, *(f"no {word}" for word in gone)])
    for more in ("", " 1 round", " noside", " 1 round noside"):
        if _means(f"{text}{more}", exercise, dosage):
            return f"{text}{more}"
    return text


def refused(exercise: Exercise, dosage: Dosage) -> tuple[str, ...]:
    """Why a protocol cannot hold this dosage of the exercise; empty when it can."""
    if dosage.side in {Side.LEFT, Side.RIGHT}:
        return (ONE_SIDE,)
    if exercise.has_sides and dosage.side in {None, Side.NONE}:
        return (NO_SIDE,)
    return tuple(each.message for each in checked(exercise, dosage) if each.severity is Severity.REFUSE)


def _is_gone(name: str, usual: Dosage, dosage: Dosage) -> bool:
    return getattr(usual, name) is not None and getattr(dosage, name) is None


def _means(text: str, exercise: Exercise, dosage: Dosage) -> bool:
    try:
        return parse(text, usual=exercise.usual) == dosage
    except ShorthandError:
        return False
