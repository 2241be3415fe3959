"""The screens of sending, of the patient's link and of what needs a person, for a manager who is signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flask import Flask

from clinic_app.database import db, utc_now
from clinic_app.emails.settings import Mail, Security, Sender
from clinic_app.models import Delivery, Handout, MailPause
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import addresses, concerns
from tests.browser.person import Person
from tests.cast import Cast
from tests.issuing import issued_handout

SERVER = Mail("smtp.clinic.example", 465, Security.TLS, Sender("", "handouts@clinic.example"))


def sending_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    tab = person.tab
    issued = issued_handout(app, cast)
    send = f"/staff/handouts/{issued.id}/send"
    person.go(send)
    yield "send, e-mail is not set up"
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=SERVER)
    person.go(send)
    person.press("Save the address")
    person.find("Please put this right", "heading").wait_for()
    yield "send, no address, errors"
    person.type("E-mail", "ada@post.example")
    person.type("E-mail, once more", "ada@post.example")
    person.press("Save the address")
    person.find("Is this the right person?", "heading").wait_for()
    yield "send, confirm"
    person.press("Send to a…@post.example")
    tab.locator("#given-out").get_by_text("E-mail leaves soon").wait_for()
    yield "handout, e-mail leaves soon"
    mail = _as_the_worker_left_it(app, issued.id)
    person.go(f"/staff/handouts/{issued.id}")
    yield "handout, e-mail uncertain"
    person.go(f"/staff/programmes/{issued.programme_id}/editions")
    person.type("For whom?", "Grace, daughter")
    tab.get_by_text("Make a new link").first.click()
    yield "editions, link locked"
    person.press("Add a carer’s link")
    tab.locator(".address-code").wait_for()
    yield "the link and the code"
    person.go("/staff/concerns")
    yield "needs a person"
    person.go(f"/staff/deliveries/{mail}/wrong-person")
    person.press("Close the link and note it")
    person.find("Please put this right", "heading").wait_for()
    yield "wrong person, errors"
    person.type("What happened?", "It went to her sister.")
    person.press("Close the link and note it")
    person.find("What to do now", "heading").wait_for()
    yield "wrong person, what to do now"
    person.go(f"/staff/programmes/{issued.programme_id}/editions")
    yield "editions, link closed"
    person.go("/staff/print-desk")
    yield "print desk, sent today"
    person.go("/staff/branding/patient-page")
    tab.get_by_label(re.compile("^Pain of 10")).fill("11")
    person.press("Save")
    person.find("Please put this right", "heading").wait_for()
    yield "settings of the patient's page, errors"


def _as_the_worker_left_it(app: Flask, handout_id: int) -> int:
    """Uncertain; the page is locked, and all e-mail stands still."""
    with app.app_context():
        delivery = db.session.query(Delivery).filter_by(handout_id=handout_id).one()
        delivery.state = DeliveryState.UNKNOWN
        programme = db.session.get_one(Handout, handout_id).programme
        own = addresses.present(programme)
        own.locked_at, own.wrong_tries = utc_now(), 5
        words = "The patient's page is locked after five wrong dates of birth."
        concerns.raise_once(own.clinic_id, ConcernKind.LOCKED, "locked:1", words, programme=programme)
        db.session.add(MailPause(reason="535 sign-in refused", at=utc_now()))
        db.session.commit()
        return delivery.id
