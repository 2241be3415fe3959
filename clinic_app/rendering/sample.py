"""A small handout of no one: a render process prints it once, so that its first patient finds everything warm."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from clinic_app.dosage import BodyPart, Dosage, Hold, Mode, Range, Side
from clinic_app.rendering.content import (
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
from clinic_app.rendering.job import File, Job

_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 76 33"><path d="M4 29h68" stroke="#16242E"/>'
    b'<circle cx="16" cy="22" r="5" fill="#5AB5C1" stroke="#0B3F4A"/></svg>'
)


def job() -> Job:
    """One exercise, with every part that a usual page has."""
    name = sha256(_DRAWING).hexdigest()
    pictures = tuple(
        Picture(letter, name, f"A small sample drawing, {word}.", word, "right")
        for letter, word in (("A", "Start"), ("B", "Lift"))
    )
    exercise = Exercise(
        slug="sample",
        version=1,
        name="Sample",
        group="Samples",
        dosage=Dosage(
            Mode.REPS_WITH_HOLD, reps=Range.of(3), hold=Hold(Range.of(20)), side=Side.EACH, weeks=Range.of(6)
        ),
        body_part=BodyPart.LEG,
        sentence="Hold for 20 seconds. Do this 3 times on each leg. Do it once a day, every day, for 6 weeks.",
        steps=("Lie on your back.", "Lift one leg."),
        feel="In your thigh.",
        take_care="Keep breathing.",
        easier="Easier: lift less.",
        note="Start slowly.",
        on_floor=True,
        pictures=pictures,
    )
    row = SafetyAction("Call us on 01234 567890", "if it gets worse.")
    handout = Handout(
        language="en-GB",
        title="Sample",
        why=Text("Why these help", ("Samples help the printer to get ready.",)),
        soreness=SorenessGuide("How sore?", (SorenessLevel(0, 10, "Fine.", "Carry on."),)),
        floor=Text("Getting down and up", ("Hold a chair.",)),
        progress=Text("Getting easier?", ("Do 1 more.",)),
        clinic=Clinic("Sample clinic", ("1 Road", "Town"), "01234 567890", "9 to 5", "", "", "#0e5a68"),
        patient=Patient("Sample Patient", date(1980, 2, 29), "S-1"),
        clinician=Clinician("A. Clinician", "Physiotherapist"),
        edition=1,
        replaces=None,
        issued_on=date(2027, 3, 1),
        review_on=date(2027, 3, 29),
        not_better_by=date(2027, 4, 12),
        exercises=(exercise,),
        changes=(),
        safety=SafetyAdvice("sample", 1, "Call 999 now", "if you feel any of these:", ("Chest pain",), row, row, row),
    )
    return Job(
        handout, {name: File(_DRAWING, "image/svg+xml")}, PatientAddress("https://clinic.example/p/1", "7KQ2M-X4RTP")
    )
