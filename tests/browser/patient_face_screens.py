"""Every screen of a patient in each of its states, on a phone that opened the page by its code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from playwright.sync_api import Page, expect

from clinic_app.database import db, utc_now
from clinic_app.dosage import Hold, Range, Side
from clinic_app.models import Account, Patient, Programme
from clinic_app.rendering.pool import Pool
from clinic_app.services import addresses, handouts, programmes
from tests.cast import Cast
from tests.issuing import Issued, edition_two, issued_handout, started_programme

# The guided session counts by this clock, which stands while axe-core looks; all other timers run.
HELD_CLOCK = """if (location.pathname.endsWith("/session")) {
  self.passed = 0;
  performance.now = () => self.passed;
}"""
BORN = {"Day": "1", "Month": "1", "Year": "1957"}  # Ada's


def patient_face_screens(app: Flask, cast: Cast, tab: Page) -> Iterator[str]:
    """The name of each screen, while `tab` shows it."""
    issued = issued_handout(app, cast)
    with app.app_context():
        address = addresses.present(db.session.get_one(Programme, issued.programme_id))
        code, page = addresses.code(address), f"/p/{address.public_id}"
    yield from _at_the_door(tab, code)
    yield from _inside(app, cast, tab, issued, page)
    yield from _when_it_is_over(app, cast, tab, issued, page)


def _at_the_door(tab: Page, code: str) -> Iterator[str]:
    tab.goto("/p")
    yield "code"
    tab.get_by_label("Code").fill("22222-22222")
    tab.get_by_role("button", name="Go on").click()
    expect(tab.get_by_text("We do not know this code")).to_be_visible()
    yield "code, unknown"
    tab.get_by_label("Code").fill(code.lower())
    tab.get_by_role("button", name="Go on").click()
    expect(tab.get_by_text("Your date of birth")).to_be_visible()
    yield "date of birth"
    for label, value in (BORN | {"Day": "2"}).items():
        tab.get_by_label(label).fill(value)
    tab.get_by_role("button", name="Open").click()
    expect(tab.get_by_text("These details do not match")).to_be_visible()
    yield "date of birth, wrong"
    for label, value in BORN.items():
        tab.get_by_label(label).fill(value)
    tab.get_by_role("button", name="Open").click()


def _inside(app: Flask, cast: Cast, tab: Page, issued: Issued, page: str) -> Iterator[str]:
    expect(tab.get_by_role("heading", name="1. Knee to chest")).to_be_visible()
    assert tab.url.endswith(f"{page}/today")
    yield "today"
    for part in tab.locator("main > .part details").all():
        part.locator("summary").click()
    yield "today, everything unfolded"
    with app.app_context():
        programme = db.session.get_one(Programme, issued.programme_id)
        first = programme.rows[0]
        first.dosage = replace(
            first.dosage, hold=Hold(Range(20, 30)), reps=Range.of(1), sets=Range.of(2), rest=30, side=Side.EACH
        )
        edition_two(db.session.get_one(Account, cast.clinician), programme)
    tab.goto(f"{page}/today")
    expect(tab.get_by_text("It replaces edition 1")).to_be_visible()
    yield "today, edition 2"
    tab.get_by_role("link", name="1. Knee to chest").click()
    expect(tab.get_by_role("button", name="Read aloud")).to_be_visible()
    yield "exercise"
    # Whoever asked for less motion sees a still picture until it is started.
    tab.get_by_role("button", name="Play").click()
    expect(tab.locator(".moving-picture svg")).to_be_visible()
    yield "exercise, in motion"
    tab.get_by_role("link", name="Next").click()
    expect(tab.get_by_role("heading", name="2. Pelvic tilt")).to_be_visible()
    tab.get_by_role("link", name="When to get help").click()
    expect(tab.get_by_role("link", name="Call 999")).to_be_visible()
    yield "help"
    yield from _while_nothing_prints(app, tab, page)
    yield from _calendar(tab, page)
    yield from _guided(tab, page)
    yield from _diary(tab, page)


def _while_nothing_prints(app: Flask, tab: Page, page: str) -> Iterator[str]:
    printing = app.extensions["render_pool"]
    app.extensions["render_pool"] = closed = Pool(size=1)
    closed.close()
    tab.goto(f"{page}/handout.pdf?layout=large_print")
    expect(tab.get_by_role("heading", name="This sheet could not be made just now")).to_be_visible()
    yield "large print, not made"
    app.extensions["render_pool"] = printing


def _calendar(tab: Page, page: str) -> Iterator[str]:
    tab.goto(f"{page}/today")
    tab.get_by_role("link", name="Add to your calendar").click()
    expect(tab.get_by_role("button", name="Switch on")).to_be_visible()
    yield "calendar"
    tab.get_by_role("button", name="Switch on").click()
    expect(tab.get_by_role("button", name="Copy")).to_be_visible()
    yield "calendar, switched on"


def _guided(tab: Page, page: str) -> Iterator[str]:
    """One round of knee to chest: each leg held once, then a rest."""

    def shows(name: str, order: str) -> str:
        expect(tab.locator("#guided-order")).to_have_text(order)
        return f"guided, {name}"

    def after(seconds: int, name: str, order: str) -> str:
        tab.evaluate("(milliseconds) => { self.passed += milliseconds }", seconds * 1000)
        return shows(name, order)

    tab.add_init_script(HELD_CLOCK)
    tab.goto(f"{page}/session")
    yield shows("settings", "Get into place. Then press Start.")
    tab.get_by_role("button", name="Start").click()
    yield shows("get ready", "Get ready")
    yield after(5 + 2, "hold", "Hold. Keep breathing.")
    yield after(25, "range", "You may stop here.")
    yield after(5 + 2, "switch sides", "Other leg now")
    yield after(5 + 2 + 30 + 2, "rest", "Rest")
    tab.get_by_role("button", name="Pause").click()
    yield shows("paused", "Paused. Take your time.")
    tab.get_by_role("button", name="Stop").click()
    expect(tab.get_by_role("heading", name="What happened?")).to_be_visible()
    yield "guided, stopped"
    tab.get_by_role("button", name="I need a break").click()
    tab.reload()
    yield shows("opened again", "You stopped here. Press Go on.")
    tab.get_by_role("button", name="Go on").click()
    after(30 + 2 + 30 + 2, "second round", "Other leg now")
    after(5 + 2 + 30 + 2, "next exercise", "Get into place. Then press Start.")
    tab.get_by_role("button", name="Stop").click()
    tab.get_by_role("button", name="I want to end here").click()
    expect(tab.get_by_role("button", name="All of it")).to_be_visible()
    yield "guided, ended"


def _diary(tab: Page, page: str) -> Iterator[str]:
    tab.goto(f"{page}/today")
    tab.get_by_role("button", name="Done: Knee to chest").click()
    tab.get_by_text("More: Pelvic tilt").click()
    expect(tab.get_by_role("button", name="Not today")).to_be_visible()
    yield "today, more"
    tab.goto(f"{page}/diary")
    tab.get_by_text("Exercises of this day").click()
    yield "diary"
    tab.get_by_role("group", name="Pain after your exercises").get_by_role("radio", name="8", exact=True).check()
    tab.get_by_role("button", name="Keep this").click()
    expect(tab.get_by_role("heading", name="Please read this first")).to_be_visible()
    yield "diary, advice first"
    tab.goto(f"{page}/help?why=pain")
    yield "help, after strong pain"


def _when_it_is_over(app: Flask, cast: Cast, tab: Page, issued: Issued, page: str) -> Iterator[str]:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        programme = db.session.get_one(Programme, issued.programme_id)
        assert programme.latest
        handouts.withdraw(clara, programme.latest, "wrong side")
        db.session.commit()
    tab.goto(f"{page}/today")
    expect(tab.get_by_role("heading", name="Please do not use edition 2")).to_be_visible()
    yield "withdrawn"
    with app.app_context():
        programmes.end(db.session.get_one(Account, cast.clinician), db.session.get_one(Programme, issued.programme_id))
        db.session.commit()
    tab.goto(f"{page}/today")
    expect(tab.get_by_role("heading", name="These exercises have ended")).to_be_visible()
    yield "ended"
    with app.app_context():
        address = addresses.present(db.session.get_one(Programme, issued.programme_id))
        address.expires_at = utc_now() - timedelta(days=1)
        db.session.commit()
    tab.goto(f"{page}/today")
    expect(tab.get_by_role("heading", name="This page has run out")).to_be_visible()
    yield "run out"
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        addresses.revoke(clara, addresses.present(db.session.get_one(Programme, issued.programme_id)), utc_now())
        db.session.commit()
    tab.goto(f"{page}/today")
    expect(tab.get_by_role("heading", name="This address was changed")).to_be_visible()
    yield "revoked"
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        fresh = started_programme(clara, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        code = addresses.code(addresses.present(fresh))
    tab.goto("/p")
    tab.get_by_label("Code").fill(code)
    tab.get_by_role("button", name="Go on").click()
    for label, value in BORN.items():
        tab.get_by_label(label).fill(value)
    tab.get_by_role("button", name="Open").click()
    expect(tab.get_by_role("heading", name="Your exercises are not ready yet")).to_be_visible()
    yield "not issued yet"
