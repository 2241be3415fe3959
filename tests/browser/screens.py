"""Every screen in each of its states, by the part of the house that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Patient, Programme
from tests.browser.builder_screens import builder_screens
from tests.browser.catalogue_screens import catalogue_screens, pose_screens
from tests.browser.desk_screens import desk_screens
from tests.browser.diary_review_screens import diary_review_screens
from tests.browser.import_screens import import_screens
from tests.browser.mailbox_screens import mailbox_screens
from tests.browser.patient_screens import patient_screens
from tests.browser.person import Person
from tests.browser.sending_screens import sending_screens
from tests.cast import Cast
from tests.issuing import issued_handout, started_programme


def outside_screens(person: Person) -> Iterator[str]:
    """What somebody sees who is not signed in."""
    for name, address in (("start", "/"), ("landing", "/p/x"), ("landing by code", "/p"), ("404 outside", "/nothing")):
        person.go(address)
        yield name
    person.go("/sign-in")
    person.type("E-mail", "maya@clinic.example")
    person.type("Password", "not the password at all")
    person.press("Sign in")
    person.tab.get_by_text("do not match").wait_for()
    yield "sign-in, refused"


def main_job_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """The page of the day, patients, a programme with gaps, one that was issued, the handout, and what is found."""
    tab = person.tab
    handout = issued_handout(app, cast)
    without_side = _without_side(app, cast)
    person.go("/staff/today")
    yield "today"
    for name, address in {
        "patients": "/staff/patients",
        "patients, nobody found": "/staff/patients?q=nobody",
        "record": f"/staff/patients/{cast.patient}",
        "record, edit": f"/staff/patients/{cast.patient}/edit",
        "builder, gaps": f"/staff/programmes/{without_side}",
        "builder, issued": f"/staff/programmes/{handout.programme_id}",
        "handout": f"/staff/handouts/{handout.id}",
        "exercises": "/staff/exercises",
        "exercise": "/staff/exercises/1",
        "search": "/staff/search?q=ex",
        "search, forgiven": "/staff/search?q=brige",
        "search, nothing found": "/staff/search?q=nobody",
        "search, too short": "/staff/search",
        "protocols": "/staff/protocols",
        "branding": "/staff/branding",
        "404": "/staff/patients/999999",
    }.items():
        person.go(address)
        yield name
    person.go(f"/staff/patients/{cast.patient}/edit")
    tab.get_by_text("Figure in the pictures").click()
    yield "record, edit, figure"
    person.go("/staff/patients/new")
    yield "new patient"
    person.press("Add patient")
    person.find("Please put this right", "heading").wait_for()
    yield "new patient, errors"
    person.go(f"/staff/handouts/{handout.id}/withdrawal")
    yield "withdraw"
    person.press("Withdraw edition 1")
    person.find("Please put this right", "heading").wait_for()
    yield "withdraw, errors"


def _without_side(app: Flask, cast: Cast) -> int:
    """A draft in which nobody chose a side yet."""
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        patient = db.session.get_one(Patient, cast.patient)
        programme = started_programme(clinician, patient)
        for row in programme.rows:
            if row.exercise.has_sides:
                row.dosage = replace(row.dosage, side=None)
        db.session.commit()
        assert len(db.session.scalars(select(Programme)).unique().all()) == 2
        return programme.id


SIGNED_IN: dict[str, Callable[[Flask, Cast, Person], Iterator[str]]] = {
    "main job": main_job_screens,
    "patients": patient_screens,
    "desk": desk_screens,
    "diary": diary_review_screens,
    "mailbox": mailbox_screens,
    "import": import_screens,
    "catalogue": catalogue_screens,
    "poses": pose_screens,
    "builder": builder_screens,
    "sending": sending_screens,
}
"""For each part of the house: the name of each screen, while the tab of somebody who is signed in shows it."""
