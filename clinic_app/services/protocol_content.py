"""What a protocol says: as a value that can be compared, checked and shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.sentence import sentence
from clinic_app.errors import Gap
from clinic_app.models import Account, Exercise, PatientText, Programme, Protocol, SafetyAdvice
from clinic_app.services.patient_words import FLOOR, PROGRESS, SORENESS
from clinic_app.services.programmes import MOST_EXERCISES
from clinic_app.services.protocol_doses import refused

LONGEST_NAME = 80  # letters; a programme's title has no more
MOST_WEEKS = 52
USUAL_WEEKS = 4  # until the review, where nothing says otherwise


WORDS = {
    "name": "Name",
    "patient_title": "Title the patient reads",
    "review_weeks": "Review after, in weeks",
    "not_better_weeks": "Not better after, in weeks",
    "safety": "Safety advice",
    "why": "Why these help",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a protocol. `group` is the heading over it and its neighbours; "" is none."""

    exercise: Exercise
    group: str
    dosage: Dosage


@dataclass(frozen=True, slots=True)
class Content:
    """What a protocol says. `safety` and `why` are slugs; the weeks count from the day of issue."""

    name: str
    patient_title: str
    safety: str
    why: str
    review_weeks: int
    not_better_weeks: int
    lines: tuple[Line, ...] = ()


def content_of(protocol: Protocol) -> Content:
    return Content(
        name=protocol.name,
        patient_title=protocol.patient_title,
        safety=protocol.safety,
        why=protocol.why,
        review_weeks=protocol.review_weeks,
        not_better_weeks=protocol.not_better_weeks,
        lines=tuple(Line(each.exercise, each.group, each.dosage) for each in protocol.exercises),
    )


def from_programme(programme: Programme, today: date) -> tuple[Content, tuple[str, ...]]:
    """What a programme would be as a protocol, and a sentence on each dose that could not be taken over.

    What belongs to the patient stays behind: notes, and the side that was chosen. "Left" becomes "each side", because
    the number of times is said for one side in both.
    """
    sentences = []
    lines = []
    for row in programme.exercises:
        dosage = _for_everybody(row.exercise, row.dosage)
        if dosage.side != row.dosage.side:
            was = row.dosage.side or "No side"
            sentences.append(f"{row.exercise.name}: {was} was chosen for this patient. Here it says {dosage.side}.")
        lines.append(Line(row.exercise, row.group, dosage))
    weeks = (programme.review_on - today).days // 7 if programme.review_on else USUAL_WEEKS
    content = Content(
        name=programme.title[:LONGEST_NAME],
        patient_title=programme.title[:LONGEST_NAME],
        safety=programme.safety,
        why=programme.why,
        review_weeks=min(max(weeks, 1), MOST_WEEKS),
        not_better_weeks=programme.not_better_weeks,
        lines=tuple(lines),
    )
    return content, tuple(sentences)


def gaps(account: Account, content: Content) -> tuple[Gap, ...]:
    """Everything that keeps a protocol from being published, each with the field where it is put right."""
    return tuple(_gaps(account, content))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions say differently, each in words; "" where one of them lacks it."""

    what: str
    yours: str
    theirs: str


def differences(yours: Content, theirs: Content) -> tuple[Difference, ...]:
    """What two versions of a protocol say differently, in the order of the page."""
    found = [
        Difference(words, str(getattr(yours, name)), str(getattr(theirs, name)))
        for name, words in WORDS.items()
        if getattr(yours, name) != getattr(theirs, name)
    ]
    mine, other = (_said(content) for content in (yours, theirs))
    found += [
        Difference(name, mine.get(name, ""), other.get(name, ""))
        for name in {**mine, **other}
        if mine.get(name) != other.get(name)
    ]
    order = [", ".join(line.exercise.name for line in content.lines) for content in (yours, theirs)]
    if sorted(mine) == sorted(other) and order[0] != order[1]:
        found.append(Difference("Order", *order))
    return tuple(found)


def safety_choices(account: Account) -> list[tuple[str, str]]:
    """The clinic's safety advice as pairs of slug and name."""
    query = select(SafetyAdvice.slug, SafetyAdvice.name).where(SafetyAdvice.clinic_id == account.clinic_id).distinct()
    return sorted((slug, name.replace("-", " ").capitalize()) for slug, name in db.session.execute(query))


def why_choices(account: Account) -> list[tuple[str, str]]:
    """The clinic's texts on why exercises help, as pairs of slug and title."""
    query = select(PatientText).where(
        PatientText.clinic_id == account.clinic_id, PatientText.slug.not_in((FLOOR, PROGRESS, SORENESS))
    )
    return sorted((text.slug, str(text.content.get("title", text.slug))) for text in db.session.scalars(query))


def _said(content: Content) -> dict[str, str]:
    """Each exercise by name: its heading and its dose as the patient reads it."""
    return {
        line.exercise.name: f"{f'{line.group}: ' if line.group else ''}{sentence(line.dosage, line.exercise.body_part)}"
        for line in content.lines
    }


def _gaps(account: Account, content: Content) -> Iterator[Gap]:
    if not content.name.strip():
        yield Gap("It has no name.", "name")
    if not content.patient_title.strip():
        yield Gap("It has no title for patients.", "patient_title")
    if not content.lines:
        yield Gap("It has no exercises.", "find")
    if len(content.lines) > MOST_EXERCISES:
        yield Gap(f"{len(content.lines)} exercises are too many: at most {MOST_EXERCISES}.", "find")
    for index, line in enumerate(content.lines):
        name, where = line.exercise.name, f"lines-{index}-dose"
        if not line.exercise.is_published:
            yield Gap(f"{name} is not published. Remove it or choose another.", where)
        for why in refused(line.exercise, line.dosage):
            yield Gap(f"{name}: {why}", where)
    if content.safety not in dict(safety_choices(account)):
        yield Gap("Choose a safety advice.", "safety")
    if content.why not in dict(why_choices(account)):
        yield Gap("Choose the text that says why the exercises help.", "why")


def _for_everybody(exercise: Exercise, dosage: Dosage) -> Dosage:
    if not exercise.has_sides:
        return replace(dosage, side=Side.NONE)
    return replace(dosage, side=Side.EACH) if dosage.side in {Side.LEFT, Side.RIGHT, Side.NONE, None} else dosage
