"""Advice on content that loads but could be better for patients: hard words, long sentences, doses in prose, overdue.

`load_pack` refuses what is wrong; this only advises. The content that ships gets no advice at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from clinic_app.dosage import limits
from clinic_app.starter.pack import Pack
from clinic_app.starter.plain_words import PLAIN_WORDS, SIDE_WORD, START_PHRASES
from clinic_app.starter.readability import grade, sentences, words
from clinic_app.starter.schema import Exercise, Protocol, SafetyText, SorenessGuide, Text

LONGEST_SENTENCE = 15  # words
HARDEST_GRADE = 6.0  # Flesch-Kincaid; about a reading age of 11
MOST_STEPS = 5  # fit on half a page beside two pictures
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|several|a few)"
)
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|breaths?|times|time|repeats?|repetitions?|reps?|rounds?|sets?|days?)"
_DOSE = re.compile(rf"\b{_NUMBER}(?:\s+(?:to|or)\s+{_NUMBER})?[\s-]+{_UNIT}\b|\btwice\b|\bx\s?\d", re.IGNORECASE)
_JARGON = re.compile(r"\b(" + "|".join(map(re.escape, PLAIN_WORDS)) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Advice:
    """One line for an editor: the file, the field in it ("steps.2", counted from 1), and what to do."""

    file: str
    field: str
    message: str


_Fields = list[tuple[str, str]]


def check_pack(pack: Pack, today: date | None = None) -> tuple[Advice, ...]:
    """All advice for `pack`, sorted by kind of file; reviews are overdue as of `today` (by default the day in UTC)."""
    day = today or datetime.now(tz=UTC).date()
    found: list[Advice] = []
    for exercise in pack.exercises:
        found += check_exercise(exercise, day)
    for protocol in pack.protocols:
        found += _check_protocol(protocol, day)
    for advice in pack.safety:
        found += _check_safety(advice, day)
    for text in pack.texts:
        file = f"texts/{text.slug}.toml"
        fields = [("title", text.title), *_numbered("paragraphs", text.paragraphs)]
        found += [*_words(file, fields), *_grade(file, fields), *_overdue(file, text, day)]
    levels = [level.heading + " " + level.advice for level in pack.soreness.levels]
    file = f"texts/{pack.soreness.slug}.toml"
    found += [*_words(file, _numbered("levels", levels)), *_overdue(file, pack.soreness, day)]
    return tuple(found)


def check_exercise(exercise: Exercise, today: date) -> Iterator[Advice]:
    """Advice for one exercise."""
    file = f"exercises/{exercise.slug}.toml"
    fields = _patient_fields(exercise)
    yield from _words(file, fields)
    yield from _grade(file, [field for field in fields if field[0] != "name"])
    for field, text in fields:
        if side := SIDE_WORD.search(text):
            yield Advice(file, field, f'Says "{side[0]}". A programme chooses the side, so say "one" and "that".')
        if (dose := _DOSE.search(text)) and not field.startswith(("easier.", "harder.")):
            yield Advice(file, field, f'Says "{dose[0]}". Doses come from the dosage, never from prose.')
    yield from _steps(file, exercise)
    for number, picture in enumerate(exercise.pictures, start=1):
        if not picture.alt:
            yield Advice(file, f"pictures.{number}.alt", "Describe the posture for people who cannot see the picture.")
    for finding in limits.check(exercise.dosage, has_sides=exercise.has_sides, kind=exercise.kind.value):
        yield Advice(file, f"dosage.{finding.field}", finding.message)
    yield from _overdue(file, exercise, today)


def _patient_fields(exercise: Exercise) -> _Fields:
    """Everything a patient may read, by field; aliases, precautions and sources are for staff."""
    single = (
        ("name", exercise.name),
        ("both_sides_step", exercise.both_sides_step or ""),
        ("feel", exercise.feel),
        ("take_care", exercise.take_care),
        ("easier_tip", exercise.easier_tip),
        ("benefit", exercise.benefit),
        ("targets", exercise.targets),
    )
    return [
        *((field, text) for field, text in single if text),
        *_numbered("steps", exercise.steps),
        *_numbered("mistakes", exercise.mistakes),
        *((f"easier.{n}.rule", link.rule) for n, link in enumerate(exercise.easier, start=1)),
        *((f"harder.{n}.rule", link.rule) for n, link in enumerate(exercise.harder, start=1)),
        *((f"pictures.{n}.caption", picture.caption) for n, picture in enumerate(exercise.pictures, start=1)),
        *((f"pictures.{n}.alt", picture.alt) for n, picture in enumerate(exercise.pictures, start=1)),
    ]


def _check_protocol(protocol: Protocol, today: date) -> Iterator[Advice]:
    file = f"protocols/{protocol.slug}.toml"
    names = [(f"groups.{n}.patient_name", group.patient_name) for n, group in enumerate(protocol.groups, start=1)]
    yield from _words(file, [("name", protocol.name), *names])
    yield from _overdue(file, protocol, today)


def _check_safety(advice: SafetyText, today: date) -> Iterator[Advice]:
    file = f"safety/{advice.slug}.toml"
    rows = ("urgent", "stop", "specialist", "specialist_unnamed")
    # A row is read as one text: the bold action, then when.
    joined = [(row, f"{getattr(advice, row).action} {getattr(advice, row).when}") for row in rows]
    yield from _words(file, [("title", advice.title), *_numbered("emergency", advice.emergency), *joined])
    yield from _overdue(file, advice, today)


def _words(file: str, fields: Iterable[tuple[str, str]]) -> Iterator[Advice]:
    for field, text in fields:
        for sentence in sentences(text):
            if (length := len(words(sentence))) > LONGEST_SENTENCE:
                message = f"A sentence has {length} words. Try two sentences of {LONGEST_SENTENCE} words at most."
                yield Advice(file, field, message)
        for hard in dict.fromkeys(match.lower() for match in _JARGON.findall(text)):
            yield Advice(file, field, f'Say "{PLAIN_WORDS[hard]}" for "{hard}".')


def _grade(file: str, fields: Iterable[tuple[str, str]]) -> Iterator[Advice]:
    level = grade([text for _, text in fields])
    if level > HARDEST_GRADE:
        message = f"Reading grade {level:.1f}, aim for {HARDEST_GRADE:.0f} or less: shorter words, shorter sentences."
        yield Advice(file, "", message)


def _steps(file: str, exercise: Exercise) -> Iterator[Advice]:
    phrases = START_PHRASES[exercise.starting_position]
    if not any(phrase in exercise.steps[0].lower() for phrase in phrases):
        yield Advice(file, "steps.1", f'Say the start position first, for example "{phrases[0].strip()}".')
    if len(exercise.steps) > MOST_STEPS:
        yield Advice(file, "steps", f"Has {len(exercise.steps)} steps. Try {MOST_STEPS} at most.")
    said = [sentence.lower() for step in exercise.steps for sentence in sentences(step)]
    if exercise.dosage.hold and not any(sentence.startswith("hold") for sentence in said):
        yield Advice(file, "steps", 'The dosage has a hold, but no step says "Hold."')
    if not exercise.dosage.hold and "hold" in said:
        yield Advice(file, "steps", 'A step says "Hold.", but the dosage has no hold.')


def _overdue(
    file: str, entry: Exercise | Protocol | SafetyText | Text | SorenessGuide, today: date
) -> Iterator[Advice]:
    if entry.review.due < today:
        yield Advice(file, "review.due", f"The review was due on {entry.review.due:%-d %B %Y}. Review it again.")


def _numbered(field: str, texts: Iterable[str]) -> _Fields:
    return [(f"{field}.{number}", text) for number, text in enumerate(texts, start=1)]
