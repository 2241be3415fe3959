"""The screens of protocols, editions and the print desk, each in its states, for somebody who is signed in."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Handout, Programme, Protocol
from clinic_app.services import handouts
from tests.browser.person import LOW_BACK_SIX, Person
from tests.cast import Cast
from tests.issuing import edition_two, issued_handout


def desk_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    yield from _print_desk(app, cast, person)
    yield from _editions(app, cast, person)
    yield from _protocols(app, person)


def _print_desk(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    waiting, withdrawn = (issued_handout(app, cast).id for _ in range(2))
    person.go("/staff/print-desk")
    yield "print desk, two wait"
    person.press("Print together")
    person.find("Nothing was printed", "heading").wait_for()
    yield "print desk, nothing ticked"
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handouts.record_printing(clara, db.session.get_one(Handout, waiting))
        db.session.commit()
    for box in person.tab.get_by_role("checkbox", name="Ada Example").all():
        box.check()
    person.press("Print together")
    person.find("Printed a moment ago", "heading").wait_for()
    yield "print desk, printed a moment ago"
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handouts.withdraw(clara, db.session.get_one(Handout, withdrawn), "Wrong side")
        db.session.commit()
    for box in person.tab.get_by_role("checkbox", name="Ada Example").all():
        box.check()
    person.press("Print what is ticked")
    person.tab.get_by_text("so it was left out.").first.wait_for()
    yield "print desk, one left out"
    person.tab.get_by_role("button", name="It jammed: put back").first.click()
    person.tab.get_by_text("It is back on the list.").wait_for()
    yield "print desk, jammed"


def _editions(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    issued = issued_handout(app, cast)
    with app.app_context():
        programme = db.session.get_one(Programme, issued.programme_id)
        edition_two(db.session.get_one(Account, cast.clinician), programme)
        programme.version += 1
        db.session.commit()
    person.go(f"/staff/programmes/{issued.programme_id}/editions")
    person.tab.get_by_text("Compare with the edition before").first.click()
    yield "editions"
    person.press("End this programme")
    person.find("Please put this right", "heading").wait_for()
    yield "editions, errors"
    person.type("Why does it end?", "Discharged")
    person.press("End this programme")
    person.tab.get_by_text("This programme has ended.").wait_for()
    yield "editions, ended"


def _protocols(app: Flask, person: Person) -> Iterator[str]:
    tab = person.tab
    with app.app_context():
        master = db.session.scalars(select(Protocol.id).filter_by(name=LOW_BACK_SIX).order_by(Protocol.id)).first()
    person.go("/staff/protocols?q=nothing")
    yield "protocols, none found"
    person.go(f"/staff/protocols/{master}")
    yield "protocol"
    person.go("/staff/protocols/new")
    yield "new protocol"
    person.type("Add an exercise", "bridge")
    tab.get_by_role("button", name="Add Bridge").click()
    tab.get_by_role("button", name="Remove Bridge").wait_for()
    tab.locator("#protocol-lines:not(.htmx-added)").wait_for()  # no field of a new part listens before
    person.type("Dose of Bridge", "3x10 left")
    tab.get_by_text("Left or right is chosen for each patient.").wait_for()
    person.type("Add an exercise", "nobody")
    tab.get_by_text("No published exercise is found").wait_for()
    yield "new protocol, a dose that cannot be, nothing found"
    person.press("Save as a draft")
    person.find("Please put this right", "heading").wait_for()
    yield "new protocol, errors"
    person.type("Name for staff", "Mornings")
    person.type("Dose of Bridge", "3x10")
    person.press("Save and publish")
    tab.get_by_text("It is not published").wait_for()
    yield "protocol, not ready"
    with app.app_context():
        protocol = db.session.scalars(select(Protocol).filter_by(name="Mornings")).one()
        protocol.patient_title, protocol.version = "Start the day", protocol.version + 1
        db.session.commit()
    person.press("Remove Bridge")
    tab.get_by_text("Removed: Bridge").wait_for()
    person.press("Save")
    person.find("Somebody else saved this protocol", "heading").wait_for()
    yield "protocol, conflict"
