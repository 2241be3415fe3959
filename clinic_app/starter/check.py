"""Advice on content that loads but could be better for patients: hard words, long sentences, doses in prose, overdue.

`load_pack` refuses what is wrong; this only advises. The content that ships gets no advice at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from clinic_app.dosage import Dosage, limits
from clinic_app.starter.pack import Pack
from clinic_app.starter.plain_words import PLAIN_WORDS, SIDE_WORD, START_PHRASES
from clinic_app.starter.readability import grade, sentences, words
from clinic_app.starter.schema import Exercise, Protocol, SafetyText, SorenessGuide, Text

LONGEST_SENTENCE = 15  # words
FAR_TOO_LONG = 20  # words; such a sentence is not published
HARDEST_GRADE = 6.0  # Flesch-Kincaid; about a reading age of 11
MOST_STEPS = 5  # fit on half a page beside two pictures
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|several|a few)"
)
_SPELT = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_SPELT |= {"eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20}
_SPELT |= {"thirty": 30, "forty": 40, "sixty": 60}
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|breaths?|times|time|repeats?|repetitions?|reps?|rounds?|sets?|days?)"
_DOSE = re.compile(rf"\b{_NUMBER}(?:\s+(?:to|or)\s+{_NUMBER})?[\s-]+{_UNIT}\b|\btwice\b|\bx\s?\d", re.IGNORECASE)
# Two hard words with little between them are put right together: "Engage your core".
_JARGON_WORD = r"(?:" + "|".join(map(re.escape, sorted(PLAIN_WORDS, key=len, reverse=True))) + r")"
_JARGON = re.compile(rf"\b{_JARGON_WORD}(?: (?:your |the |both )?{_JARGON_WORD})*\b", re.IGNORECASE)
_HARD_WORD = re.compile(rf"\b{_JARGON_WORD}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Advice:
    """One line for an editor: the file, the field in it ("steps.2", counted from 1), and what to do.

    `hard`: a patient could be misled, so an exercise is not published before it is put right.
    """

    file: str
    field: str
    message: str
    hard: bool = False


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
    """Advice for one exercise, which may be an unfinished draft."""
    file = f"exercises/{exercise.slug}.toml"
    fields = patient_fields(exercise)
    yield from _words(file, fields)
    yield from _grade(file, [field for field in fields if field[0] != "name"])
    for field, text in fields:
        if side := SIDE_WORD.search(text):
            message = f'Says "{side[0]}". A programme chooses the side, so say "one" and "that".'
            yield Advice(file, field, message, hard=True)
        if (dose := _DOSE.search(text)) and not field.startswith(("easier.", "harder.")):
            yield _dose(file, field, dose[0], exercise.dosage)
    yield from _steps(file, exercise)
    for number, picture in enumerate(exercise.pictures, start=1):
        if not picture.alt:
            message = "Describe the posture for people who cannot see the picture."
            yield Advice(file, f"pictures.{number}.alt", message, hard=True)
    for finding in limits.check(exercise.dosage, has_sides=exercise.has_sides, kind=exercise.kind.value):
        yield Advice(file, f"dosage.{finding.field}", finding.message)
    yield from _overdue(file, exercise, today)


def patient_fields(exercise: Exercise) -> _Fields:
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
                yield Advice(file, field, message, hard=length > FAR_TOO_LONG)
        for hard in dict.fromkeys(match[0] for match in _JARGON.finditer(text)):
            yield Advice(file, field, f'Say "{plain_words(hard)}" for "{hard}".')


def plain_words(text: str) -> str:
    """`text` with a plain word for each hard one; a capital at its beginning stays."""
    said = _HARD_WORD.sub(lambda match: PLAIN_WORDS[match[0].lower()], text)
    return said[:1].upper() + said[1:] if text[:1].isupper() else said


def _dose(file: str, field: str, said: str, dosage: Dosage) -> Advice:
    """A number in prose: a reminder, or a fault if the usual dosage has another number."""
    message = f'Says "{said}". Doses come from the dosage, never from prose.'
    numbers = {int(number) for number in re.findall(r"\d+", said)}
    numbers |= {_SPELT[word] for word in re.findall("[a-z]+", said.lower()) if word in _SPELT}
    stated = {number for amount in limits.amounts(dosage).values() for number in range(amount[0], amount[1] + 1)}
    if numbers <= stated:
        return Advice(file, field, message)
    return Advice(file, field, f"{message} The usual dose has another number.", hard=True)


def _grade(file: str, fields: Iterable[tuple[str, str]]) -> Iterator[Advice]:
    level = grade([text for _, text in fields])
    if level > HARDEST_GRADE:
        message = f"Reading grade {level:.1f}, aim for {HARDEST_GRADE:.0f} or less: shorter words, shorter sentences."
        yield Advice(file, "", message)


def _steps(file: str, exercise: Exercise) -> Iterator[Advice]:
    phrases = START_PHRASES[exercise.starting_position]
    if exercise.steps and not any(phrase in exercise.steps[0].lower() for phrase in phrases):
        message = f'Say the start position first, for example "{phrases[0].strip()}".'
        yield Advice(file, "steps.1", message, hard=True)
    if len(exercise.steps) > MOST_STEPS:
        yield Advice(file, "steps", f"Has {len(exercise.steps)} steps. Try {MOST_STEPS} at most.")
    said = [sentence.lower() for step in exercise.steps for sentence in sentences(step)]
    if exercise.dosage.hold and not any(sentence.startswith("hold") for sentence in said):
        yield Advice(file, "steps", 'The dosage has a hold, but no step says "Hold."')
    if not exercise.dosage.hold and any(
        re.match(r"hold(?: it| there| this)?(?:$| for| the position)", each) for each in said
    ):
        yield Advice(file, "steps", 'A step says "Hold.", but the dosage has no hold.', hard=True)


def _overdue(
    file: str, entry: Exercise | Protocol | SafetyText | Text | SorenessGuide, today: date
) -> Iterator[Advice]:
    if entry.review.due < today:
        yield Advice(file, "review.due", f"The review was due on {entry.review.due:%-d %B %Y}. Review it again.")


def _numbered(field: str, texts: Iterable[str]) -> _Fields:
    return [(f"{field}.{number}", text) for number, text in enumerate(texts, start=1)]
