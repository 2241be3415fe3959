"""The first look: is everything there that a handout must say, and can every letter and picture of it be printed?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from clinic_app.dosage.band import cells
from clinic_app.rendering import fonts, pictures
from clinic_app.rendering.content import Exercise, Handout
from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.job import File, Job

LONGEST_WORD = 60  # characters; a longer one cannot be set on a line, and thousands take seconds to break
COLOUR = re.compile("#[0-9A-Fa-f]{6}")  # it goes into the style sheet, where anything else could be a rule
FEWEST_PICTURES = 2  # start and end
BLANKS = frozenset(" \n\t\u00a0\u2003")


def check_content(job: Job) -> None:
    """Raises NotPrintable with every defect of the content."""
    refuse((*_missing(job.handout), *_letters(job), *_files(job)))


def called(number: int, exercise: Exercise) -> str:
    """ "Exercise 2, Pelvic tilt": how a reason names an exercise."""
    return f"Exercise {number}, {exercise.name}" if exercise.name.strip() else f"Exercise {number}"


def _missing(handout: Handout) -> Iterator[str]:
    needed = {
        "The title": handout.title,
        "The language": handout.language,
        "The clinic's name": handout.clinic.name,
        "The clinic's phone": handout.clinic.phone,
        "The clinician's name": handout.clinician.name,
    }
    yield from (f"{field} is missing." for field, text in needed.items() if not text.strip())
    patient = handout.patient
    if not patient.name.strip() and (patient.name or patient.born or patient.reference):
        yield "The patient's name is missing."
    if not COLOUR.fullmatch(handout.clinic.colour):
        yield "The clinic's colour is not written as # and six digits."
    if not handout.exercises:
        yield "The handout has no exercises."
    if handout.floor is None and any(exercise.on_floor for exercise in handout.exercises):
        yield "An exercise is on the floor, but the words for getting down and up are missing."
    for number, exercise in enumerate(handout.exercises, start=1):
        yield from _missing_in(called(number, exercise), exercise, handout.language)
    yield from _missing_safety(handout)


def _missing_in(name: str, exercise: Exercise, language: str) -> Iterator[str]:
    if not exercise.name.strip():
        yield f"{name} has no name."
    if not any(step.strip() for step in exercise.steps):
        yield f"{name} has no steps."
    if exercise.dosage.side is None:
        yield f"{name}: choose a side."
    elif not _has_dose(exercise, language):
        yield f"{name} has no dose text."
    if len(exercise.pictures) < FEWEST_PICTURES:
        yield f"{name} needs a start and an end picture."
    for picture in exercise.pictures:
        if not picture.alt.strip():
            yield f"{name}: picture {picture.letter} has no description in words."


def _has_dose(exercise: Exercise, language: str) -> bool:
    try:
        band = cells(exercise.dosage, exercise.body_part, language)
    except ValueError:  # the language has no dose words
        return False
    return bool(exercise.sentence.strip()) and bool(band) and all(cell.label and cell.amount for cell in band)


def _missing_safety(handout: Handout) -> Iterator[str]:
    safety = handout.safety
    if not safety.title.strip() or not safety.lead.strip() or not safety.emergency:
        yield "The safety box is missing."
    for number, item in enumerate(safety.emergency, start=1):
        if not item.strip():
            yield f"The safety box: line {number} of the list is empty."
    rows = {"111 or GP": safety.urgent, "stop and call us": safety.stop, "see a specialist": safety.specialist}
    for label, row in rows.items():
        if not row.action.strip() or not row.when.strip():
            yield f"The safety box: the row “{label}” is missing."


def _letters(job: Job) -> Iterator[str]:
    printable = fonts.letters() | BLANKS
    for field, text in texts(job):
        for sign in dict.fromkeys(text):
            if sign not in printable or (unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in BLANKS):
                yield f"{field}: the character {_shown(sign)} cannot be printed."
        if any(len(word) > LONGEST_WORD for word in text.split()):
            yield f"{field}: a word is longer than {LONGEST_WORD} characters."


def _shown(sign: str) -> str:
    name = unicodedata.name(sign, "no name").lower()
    visible = f"“{sign}” " if unicodedata.category(sign)[0] not in "CZM" else ""
    return f"{visible}(U+{ord(sign):04X}, {name})"


def texts(job: Job) -> Iterator[tuple[str, str]]:
    """Every text of the job that is printed, with the name of its field."""
    handout, clinic = job.handout, job.handout.clinic
    yield ("The title", handout.title)
    for said in (handout.why, handout.floor, handout.progress):
        if said:
            yield from ((f"The text “{said.title}”", line) for line in (said.title, *said.paragraphs))
    if handout.soreness:
        levels = [(level.heading, level.advice) for level in handout.soreness.levels]
        yield from (("The soreness guide", line) for line in (handout.soreness.title, *sum(levels, ())))
    yield from (("The clinic's name", clinic.name), ("The clinic's phone", clinic.phone))
    yield from (("The clinic's address", line) for line in clinic.address)
    yield from (("The clinic's hours", clinic.hours), ("The clinic's footer", clinic.footer))
    yield from (("The clinic's specialist", clinic.specialist), ("The patient's name", handout.patient.name))
    yield from (
        ("The patient's reference", handout.patient.reference),
        ("The clinician's name", handout.clinician.name),
    )
    yield ("The clinician's job title", handout.clinician.job_title)
    for number, exercise in enumerate(handout.exercises, start=1):
        yield from ((f"{called(number, exercise)}, {field}", text) for field, text in _texts_of(exercise))
    for change in handout.changes:
        yield from (("What changed", text) for text in (change.name, change.now, change.was))
    safety = handout.safety
    for text in (safety.title, safety.lead, *safety.emergency):
        yield "The safety box", text
    for row in (safety.urgent, safety.stop, safety.specialist):
        yield from (("The safety box", row.action), ("The safety box", row.when))
    if job.address:
        yield "The patient's code", job.address.code


def _texts_of(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield from (("name", exercise.name), ("group", exercise.group))
    yield from ((f"step {number}", step) for number, step in enumerate(exercise.steps, start=1))
    yield from (("feel it", exercise.feel), ("take care", exercise.take_care))
    yield from (("easier", exercise.easier), ("note", exercise.note))
    if exercise.dosage.load:
        yield from (("band colour", exercise.dosage.load.colour), ("band brand", exercise.dosage.load.brand))
    for picture in exercise.pictures:
        yield from ((f"picture {picture.letter}", text) for text in (picture.alt, picture.caption, picture.letter))


def _files(job: Job) -> Iterator[str]:
    if job.handout.clinic.logo is not None:
        yield from _file("The clinic's logo", job.handout.clinic.logo, job)
    for number, exercise in enumerate(job.handout.exercises, start=1):
        for picture in exercise.pictures:
            yield from _file(f"{called(number, exercise)}: picture {picture.letter}", picture.file, job)


def _file(label: str, name: str, job: Job) -> Iterator[str]:
    file = job.files.get(name)
    if file is None:
        yield f"{label} is missing."
    elif reason := _defect(name, file):
        yield f"{label} {reason}."


@lru_cache(maxsize=512)
def _defect(name: str, file: File) -> str:
    """Why these bytes cannot be printed, or nothing; decoded once per picture and process."""
    if not pictures.is_named(name, file.data):
        return "is not the picture that was chosen"
    try:
        pictures.size(file.data, file.media_type)
    except ValueError as error:
        return str(error)
    return ""
