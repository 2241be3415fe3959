"""The builder in each of its states, and the comparison with an edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Hold, Range
from clinic_app.models import Account
from clinic_app.services import programme_edits
from tests.browser.person import Person
from tests.cast import Cast
from tests.drafts import programme_at, start
from tests.issuing import issued_handout


def builder_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """The builder in each of its states."""
    tab = person.tab
    issued = issued_handout(app, cast)
    address = start(app, cast, "low-back-six")
    person.go(address)
    tab.evaluate("document.querySelectorAll('details:not(.tool)').forEach((each) => { each.open = true; })")
    yield "builder, ready, all open"
    tab.get_by_label("Add an exercise").fill("bridge 2x10 h5")
    tab.locator("#reading").wait_for()
    yield "builder, a dose is read"
    tab.get_by_label("Add an exercise").fill("")
    tab.get_by_text("Change all", exact=True).click()
    yield "builder, change all"
    tab.get_by_text("Change all", exact=True).click()
    person.type("Knee to chest, hold", "soon")
    person.type("Bridge, hold", "50")
    tab.get_by_text("“soon” is not a whole number").wait_for()
    yield "builder, a wrong and an unusual number"
    person.press("Issue only")
    person.find("Please put this right", "heading").wait_for()
    yield "builder, errors"
    person.type("Knee to chest, hold", "15")
    person.type("Bridge, hold", "4")
    person.press("Remove Child's pose")
    tab.get_by_text("Removed: Child's pose").wait_for()
    yield "builder, one removed"
    tab.evaluate("document.querySelector('[data-show=pages]').click()")
    yield "builder, pages where it is narrow"
    yield from _two_people(app, person, address)
    person.go(start(app, cast, ""))
    yield "builder, empty"
    person.go(f"/staff/programmes/{issued.programme_id}")
    person.type("Knee to chest, hold", "15")
    tab.get_by_text("Hold for 15 seconds.").wait_for()
    person.press("Compare with edition 1", "link")
    person.find("Compared with edition 1", "heading").wait_for()
    yield "comparison"


def _two_people(app: Flask, person: Person, address: str) -> Iterator[str]:
    """Somebody else changes what is being changed, and the record speaks against an exercise."""
    tab = person.tab
    person.go(address)
    with app.app_context():
        programme = programme_at(address)
        colleague = db.session.scalars(select(Account).filter_by(name="Colin Colleague")).one()
        knee = programme.exercises[0]
        edit = programme_edits.RowEdit(knee.id, replace(knee.dosage, hold=Hold(Range.of(25))), "")
        programme_edits.save(
            colleague,
            programme,
            version=programme.version,
            title=programme.title,
            review_on=programme.review_on,
            edits=[edit],
        )
        programme.patient.flags = ["sore_knees"]
        db.session.commit()
    person.type("Knee to chest, hold", "40")
    tab.locator("#conflict-panel").wait_for()
    yield "builder, two people"
    person.press("Save my choices")
    tab.locator(".clash").first.wait_for()
    tab.get_by_role("link", name="Swap Cat and cow").click()
    tab.locator(".swaps, .clash-answers ~ div p").first.wait_for()
    yield "builder, clashes"
