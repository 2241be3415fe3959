"""The screens about patients and the page of the day, in their states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Exercise, Patient
from clinic_app.services import appointments, patients
from clinic_app.services.patients import Details
from tests.browser.person import Person
from tests.cast import Cast
from tests.issuing import started_programme

NHS = "9434765919"
KNOWN = Details(
    "Ada Exampel",
    reference="H-99",
    nhs_number=NHS,
    email="ada@post.example",
    phone="01632 960 777",
    print_size="largest",
    language="ar",
    format="email",
    flags=("cannot_kneel", "pregnant", "osteoporosis", "hip_replacement", "dizziness"),
    equipment=("band",),
)


def patient_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """For Maya, the manager, who is signed in."""
    second, quick = _a_full_day(app, cast)
    tab = person.tab
    box = tab.get_by_label("Start a programme: patient")
    person.go("/staff/today")
    yield "today, a full day"
    box.fill("ada")
    expect(tab.get_by_text("Which patient?")).to_be_visible()
    yield "today, several match"
    person.protocol("Low back: six exercises").click()
    box.fill("Nobody At All")
    expect(tab.get_by_role("link", name="Add this patient")).to_be_visible()
    yield "today, nobody matches"
    for name, address in {
        "quick handout": "/staff/quick-handouts",
        "quick handout, whose": f"/staff/programmes/{quick}/patient?q=ada",
        "quick handout, nobody found": f"/staff/programmes/{quick}/patient?q=nobody",
        "record, everything known": f"/staff/patients/{second}",
        "record, edit everything": f"/staff/patients/{second}/edit",
        "two records": f"/staff/patients/{second}/merge",
        "two records, found": f"/staff/patients/{second}/merge?q=ada",
        "two records, compared": f"/staff/patients/{second}/merge?other={cast.patient}",
    }.items():
        person.go(address)
        yield name
    person.go("/staff/patients/new?name=Ada Example")
    tab.get_by_label("Reference").fill("H-1")
    person.press("Add patient")
    person.find("Is it one of these?", "heading").wait_for()
    yield "new patient, likely the same"
    tab.get_by_label("NHS number").fill(NHS)
    person.press("Add patient")
    person.find("This NHS number belongs to a record already", "heading").wait_for()
    yield "new patient, number taken"


def _a_full_day(app: Flask, cast: Cast) -> tuple[int, int]:
    """Somebody of whom everything is known, and the programme of a quick handout."""
    with app.app_context():
        maya = db.session.get_one(Account, cast.manager)
        second, ada = patients.create(maya, KNOWN), db.session.get_one(Patient, cast.patient)
        quick = started_programme(maya, patients.create_anonymous(maya))
        old = started_programme(maya, second)
        old.saved_at = utc_now() - timedelta(days=9)
        day = maya.clinic.today(utc_now())
        for patient, hour in ((ada, 9), (second, 10)):
            appointments.add(maya, patient, day, time(hour))
        due = db.session.scalars(select(Exercise).filter_by(clinic_id=maya.clinic_id, slug="bridge")).one()
        due.review_due = day
        db.session.commit()
        return second.id, quick.id
