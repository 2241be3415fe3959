"""The sample handout: a protocol of the content pack for an invented patient. Needs no database."""

from __future__ import annotations

from datetime import date, timedelta

from clinic_app.illustration.people import Person, look_for
from clinic_app.rendering import content
from clinic_app.rendering.job import File, Job
from clinic_app.services.catalogue import poses
from clinic_app.services.exercise_content import exercise_content
from clinic_app.services.patient_words import FLOOR, PROGRESS, safety_content, soreness_content, text_content
from clinic_app.starter.pack import Pack

CLINIC = content.Clinic(
    name="Harbour Physiotherapy",
    address=("1 Quay Street, Sampleton",),
    phone="01632 960 123",  # a number that Ofcom keeps free for fiction
    hours="Monday to Friday, 8 to 6",
    footer="",
    specialist="our spinal specialist",
    colour="#0E5A68",
)
MIXED = Person()
PATIENT = content.Patient(name="Sample Patient", born=date(1957, 1, 1), reference="DEMO-014")
CLINICIAN = content.Clinician(name="Demo Clinician", job_title="physiotherapist")
ADDRESS = content.PatientAddress(url="https://clinic.example/p/0000#sample", code="SAMPL-EXXXX")


def sample_job(
    pack: Pack,
    protocol_slug: str,
    today: date,
    clinic: content.Clinic = CLINIC,
    files: dict[str, File] | None = None,
    person: Person = MIXED,
) -> Job:
    """The print job of `protocol_slug` for the sample patient.

    `files` holds the clinic's logo, if it has one; `person` is who the clinic chose for its pictures.

    Raises:
        KeyError: if the pack has no such protocol.
    """
    protocol = pack.protocol(protocol_slug)
    exercises: list[content.Exercise] = []
    files = dict(files or {})
    for group in protocol.groups:
        for slug in group.exercises:
            entry = pack.exercise(slug)
            look = look_for(slug, person, colour=clinic.colour)
            said, pictures = exercise_content(entry, poses(entry), entry.dosage, look, group=group.patient_name)
            exercises.append(said)
            files |= pictures
    handout = content.Handout(
        language=pack.about.language,
        title=protocol.name,
        why=text_content(pack.text(protocol.why)),
        soreness=soreness_content(pack.soreness),
        floor=text_content(pack.text(FLOOR)),
        progress=text_content(pack.text(PROGRESS)),
        clinic=clinic,
        patient=PATIENT,
        clinician=CLINICIAN,
        edition=1,
        replaces=None,
        issued_on=today,
        review_on=today + timedelta(weeks=protocol.review_weeks),
        not_better_by=today + timedelta(weeks=protocol.not_better_weeks),
        exercises=tuple(exercises),
        changes=(),
        safety=safety_content(pack.safety_text(protocol.safety), phone=clinic.phone, specialist=clinic.specialist),
        awaits_review=True,
    )
    return Job(handout, files, ADDRESS, "standard")
