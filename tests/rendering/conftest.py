"""A handout of six exercises for an invented patient, and ways to change one thing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from clinic_app.dosage import BodyPart, Dosage, Hold, Mode, Range, Side
from clinic_app.dosage.sentence import sentence
from clinic_app.rendering import pdf
from clinic_app.rendering.content import (
    Change,
    ChangeKind,
    Clinic,
    Clinician,
    Exercise,
    Handout,
    Patient,
    PatientAddress,
    Picture,
    SafetyAction,
    SafetyAdvice,
    SorenessGuide,
    SorenessLevel,
    Text,
)
from clinic_app.rendering.job import File, Job, Printed
from tests.rendering.reading import page_texts

NAMES = ("Knee to chest", "Pelvic tilt", "Cat and cow", "Child's pose", "Bird-dog", "Bridge", "Clam", "Heel raises")
GROUPS = ("Loosen", "Loosen", "Ease", "Ease", "Get stronger", "Get stronger", "", "")
DOSAGES = (
    Dosage(Mode.REPS_WITH_HOLD, reps=Range.of(3), hold=Hold(Range.of(20)), side=Side.EACH, times_per_day=Range.of(2)),
    Dosage(Mode.REPS_WITH_HOLD, reps=Range.of(10), hold=Hold(Range.of(3, 5)), times_per_day=Range.of(2)),
    Dosage(Mode.CONTINUOUS, reps=Range.of(6, 8), times_per_day=Range.of(2)),
    Dosage(Mode.SUSTAINED, reps=Range.of(3), hold=Hold(Range.of(20, 30)), times_per_day=Range.of(2)),
)


def drawing(number: int, letter: str) -> File:
    """A small drawing that is different for every exercise and frame."""
    wide = 20 + number * 3 + (letter == "B")
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 112 45"><rect x="4" y="40" width="104" height="2.6"'
        f' fill="#CFE3E6" stroke="#16242E"/><path d="M10 40L{wide} 12L{wide + 40} 40Z" fill="#5AB5C1" stroke="#0B3F4A"'
        ' fill-opacity=".9"/></svg>'
    )
    return File(text.encode(), "image/svg+xml")


def name_of(file: File) -> str:
    return sha256(file.data).hexdigest()


def exercise_of(number: int, files: dict[str, File]) -> Exercise:
    dosage = DOSAGES[number % len(DOSAGES)]
    body_part = BodyPart.LEG if dosage.side is Side.EACH else BodyPart.SIDE
    pictures = []
    for letter, caption in (("A", "Start"), ("B", "Lift and hold")):
        file = drawing(number, letter)
        files[name_of(file)] = file
        side = "right" if letter == "B" and dosage.side is Side.EACH else ""
        alt = f"{NAMES[number]}, picture {letter}: lying on the back."
        pictures.append(Picture(letter, name_of(file), alt, caption, side))
    return Exercise(
        slug=NAMES[number].lower().replace(" ", "-").replace("'", ""),
        version=1,
        name=NAMES[number],
        group=GROUPS[number],
        dosage=dosage,
        body_part=body_part,
        sentence=sentence(dosage, body_part),
        steps=(
            "Lie on your back. Bend your knees, feet flat on the floor.",
            f"This is the second step of exercise {number + 1}.",
            "Lift your hips until your body is in a straight line.",
            "Hold. Keep breathing. Lower slowly.",
        ),
        feel="Your bottom and the backs of your thighs working.",
        take_care="Do not hold your breath.",
        easier="Lift only half as high.",
        note="",
        on_floor=True,
        pictures=tuple(pictures),
    )


@pytest.fixture(scope="session")
def files() -> dict[str, File]:
    """The bytes of every picture of the eight exercises."""
    found: dict[str, File] = {}
    for number in range(len(NAMES)):
        exercise_of(number, found)
    return found


@pytest.fixture(scope="session")
def handout() -> Handout:
    """Edition 3 with six exercises and three changes."""
    return Handout(
        language="en-GB",
        title="Low back: weeks 3 to 4",
        why=Text("Why these help", ("Moving a little every day helps most sore backs.",)),
        soreness=SorenessGuide(
            "How sore should it feel?",
            (
                SorenessLevel(0, 3, "Fine.", "Carry on."),
                SorenessLevel(4, 5, "Fine if it settles", "within 24 hours."),
                SorenessLevel(6, 10, "Ease off.", "Do less. Call us if it stays."),
            ),
        ),
        floor=Text("Getting down to the floor and up again", ("Hold a steady chair.", "To get up, do it in reverse.")),
        progress=Text("Getting easier?", ("Every few days, do 1 or 2 more repeats.",)),
        clinic=Clinic(
            name="Harbour Physiotherapy",
            address=("1 Quay Street, Sampleton",),
            phone="01632 960 123",
            hours="Monday to Friday, 8 to 6",
            footer="Harbour Physiotherapy is a demo clinic.",
            specialist="Dr A. Example, spinal clinic",
            colour="#0E5A68",
        ),
        patient=Patient("Sample Patient", date(1957, 1, 1), "H-1042"),
        clinician=Clinician("Demo Clinician", "physiotherapist"),
        edition=3,
        replaces=2,
        issued_on=date(2026, 11, 23),
        review_on=date(2026, 12, 7),
        not_better_by=date(2027, 4, 23),
        exercises=tuple(exercise_of(number, {}) for number in range(6)),
        changes=(
            Change(ChangeKind.NEW, "bird-dog", "Bird-dog"),
            Change(ChangeKind.CHANGED, "knee-to-chest", "Knee to chest", "hold 20 seconds", "hold 10 seconds"),
            Change(ChangeKind.STOPPED, "knee-rolls", "Knee rolls"),
        ),
        safety=SafetyAdvice(
            slug="back",
            version=1,
            title="Call 999 or go to A&E now",
            lead="if you have back pain and any of these:",
            emergency=(
                "numb or odd feeling between your legs",
                "new trouble passing urine",
                "loss of bowel control",
                "new weakness in both legs",
                "chest pain",
            ),
            urgent=SafetyAction("Call 111 or your GP today", "if you feel unwell or have a fever."),
            stop=SafetyAction("Stop and call us, 01632 960 123,", "if pain moves further down your leg."),
            specialist=SafetyAction("Ask us about seeing a specialist", "if your pain is severe or does not go away."),
        ),
        awaits_review=True,
    )


@pytest.fixture(scope="session")
def address() -> PatientAddress:
    return PatientAddress("https://clinic.example/p/4f1c9a7be2d84c0a#q7ZxAbCdEf0123456789", "7KQ2M-X4RTP")


@pytest.fixture(scope="session")
def job(handout: Handout, files: dict[str, File], address: PatientAddress) -> Job:
    return Job(handout, files, address)


@pytest.fixture(scope="session")
def printed(job: Job) -> Printed:
    """The six exercises, printed once for all tests that only look."""
    return pdf.render(job)


@pytest.fixture(scope="module")
def texts(printed: Printed) -> list[str]:
    return page_texts(printed)


@pytest.fixture(scope="module")
def opened(printed: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(printed.pdf)) as document:
        yield document


@pytest.fixture(scope="session")
def with_exercises(job: Job) -> Callable[[int], Job]:
    """The same handout with another number of exercises, 1 to 16."""

    def build(count: int) -> Job:
        found = []
        for number in range(count):
            exercise = exercise_of(number % len(NAMES), {})
            again = number // len(NAMES)
            found.append(replace(exercise, slug=f"{exercise.slug}-{again}") if again else exercise)
        return replace(job, handout=replace(job.handout, exercises=tuple(found), changes=()))

    return build
