"""Every screen in each of its states, one after the other, in one signed-in tab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Patient, Programme
from tests.browser.desk_screens import desk_screens
from tests.browser.import_screens import import_screens
from tests.browser.patient_screens import patient_screens
from tests.browser.person import Person
from tests.cast import Cast
from tests.issuing import issued_handout, started_programme


def screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """The name of each screen, while the tab of `person` shows it."""
    tab = person.tab
    handout = issued_handout(app, cast)
    ready, without_side = _programmes(app, cast)
    for name, address in (("start", "/"), ("landing", "/p/x"), ("landing by code", "/p"), ("404 outside", "/nothing")):
        person.go(address)
        yield name
    person.go("/sign-in")
    person.type("E-mail", "maya@clinic.example")
    person.type("Password", "not the password at all")
    person.press("Sign in")
    tab.get_by_text("do not match").wait_for()
    yield "sign-in, refused"
    person.sign_in("Maya")
    yield "today"
    for name, address in {
        "patients": "/staff/patients",
        "patients, nobody found": "/staff/patients?q=nobody",
        "record": f"/staff/patients/{cast.patient}",
        "record, edit": f"/staff/patients/{cast.patient}/edit",
        "editor, gaps": f"/staff/programmes/{without_side}",
        "editor, issued": f"/staff/programmes/{handout.programme_id}",
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
    yield from patient_screens(app, cast, person)
    yield from desk_screens(app, cast, person)
    yield from import_screens(app, cast, person)
    yield from _editor(person, ready)


def _editor(person: Person, programme: int) -> Iterator[str]:
    tab = person.tab
    person.go(f"/staff/programmes/{programme}")
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    yield "editor, ready, all open"
    other = tab.context.new_page()
    other.goto(tab.url, wait_until="domcontentloaded")
    person.type("Knee to chest, hold", "soon")
    person.type("Bridge, hold", "50")
    person.press("Save")
    person.find("Please put this right", "heading").wait_for()
    yield "editor, errors"
    person.type("Knee to chest, hold", "15")
    person.type("Bridge, hold", "4")
    person.press("Remove Child's pose")
    tab.get_by_text("Removed: Child's pose").wait_for()
    yield "editor, one removed"
    late = Person(other)
    late.type("Knee to chest, hold", "25")
    late.press("Save")
    late.find("Somebody else changed this programme", "heading").wait_for()
    person.tab = other
    yield "conflict"
    person.tab = tab
    other.close()


def _programmes(app: Flask, cast: Cast) -> tuple[int, int]:
    """A draft that is ready to issue, and one in which nobody chose a side yet."""
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        patient = db.session.get_one(Patient, cast.patient)
        ready, without_side = (started_programme(clinician, patient) for _ in range(2))
        for row in without_side.rows:
            if row.exercise.has_sides:
                row.dosage = replace(row.dosage, side=None)
        db.session.commit()
        assert len(db.session.scalars(select(Programme)).unique().all()) == 3
        return ready.id, without_side.id
