"""A line typed into the add box: "bridge 2x10 h5" is an exercise to look for and a dosage in shorthand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.dosage import Dosage
from clinic_app.dosage.limits import Finding, Severity
from clinic_app.dosage.sentence import sentence
from clinic_app.dosage.shorthand import ShorthandError, parse
from clinic_app.models import Account, Exercise
from clinic_app.services import programmes

LONGEST_LINE = 200  # characters that are read
MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """`query` is what to search for, `dosage_text` the shorthand after it, or empty."""

    query: str
    dosage_text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What shorthand means for one exercise: a dosage and the sentence a patient reads, or an error in words.

    `findings` are the limits' doubts about a dosage that can be used.
    """

    dosage: Dosage | None
    sentence: str = ""
    error: str = ""
    findings: tuple[Finding, ...] = ()


def read_line(account: Account, text: str) -> Line:
    """Split a typed line where its dosage begins.

    The name ends before the first words that can be read as a dosage up to the end of the line, or else at the first
    word with a digit. A name of the catalogue that holds such words itself ("Figure 4") is never cut.
    """
    words = text[:LONGEST_LINE].split()[:MOST_WORDS]
    first = max(_named(account, words), 1)
    for at in range(first, len(words)):
        if _is_dosage(" ".join(words[at:])):
            begins = at
            while begins > first and _is_dosage(words[begins - 1]):
                begins -= 1  # a dose that contradicts what follows, as in "h5 h6": to be told, not searched for
            return Line(" ".join(words[:begins]), " ".join(words[begins:]))
    for at in range(first, len(words)):
        if any(letter.isdigit() for letter in words[at]):
            return Line(" ".join(words[:at]), " ".join(words[at:]))
    return Line(" ".join(words), "")


def read_dosage(exercise: Exercise, text: str) -> Reading:
    """What `text` means for this exercise; what it does not say is the exercise's usual dosage."""
    try:
        dosage = parse(text, usual=exercise.usual)
    except ShorthandError as error:
        return Reading(None, error=str(error))
    refused = programmes.refused(exercise, dosage)
    if refused:
        return Reading(None, error=refused[0])
    doubts = tuple(each for each in programmes.checked(exercise, dosage) if each.severity is not Severity.REFUSE)
    return Reading(dosage, sentence(dosage, exercise.body_part), findings=doubts)


def _named(account: Account, words: list[str]) -> int:
    """How many of the first words are the longest name of the catalogue that the line begins with."""
    openings = [" ".join(words[:count]).lower() for count in range(1, len(words) + 1)]
    query = select(Exercise.name).where(
        Exercise.clinic_id == account.clinic_id, func.lower(Exercise.name).in_(openings)
    )
    return max((len(name.split()) for name in db.session.scalars(query)), default=0)


def _is_dosage(text: str) -> bool:
    try:
        parse(text)
    except ShorthandError:
        return False
    return True
