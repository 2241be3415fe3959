"""The guided session with a held clock: what is counted is what was prescribed, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from clinic_app.database import db
from clinic_app.dosage import Hold, Range, Side
from clinic_app.models import Account, Patient
from clinic_app.services import addresses, handouts
from tests.browser.person import Person
from tests.browser.test_screens import axe, width
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.issuing import NOW, started_programme

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
# Every step that was counted, also those before a reload.
LISTEN = """document.addEventListener("counted", ({ detail }) => {
  sessionStorage.counted = JSON.stringify([...JSON.parse(sessionStorage.counted ?? "[]"), detail]);
})"""


@pytest.fixture
def page_of_ada(app: Flask, cast: Cast) -> str:
    """The address of a programme that begins with knee to chest, held 20 to 30 seconds, 2 times with each leg."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
        first = programme.rows[0]
        assert first.exercise.slug == "knee-to-chest"
        first.dosage = replace(first.dosage, hold=Hold(Range(20, 30)), reps=Range.of(2), side=Side.EACH)
        db.session.commit()
        handouts.issue(clara, handouts.prepare(clara, programme, NOW), "first click", NOW)
        db.session.commit()
        return "/p/" + addresses.printed(programme).url.rpartition("/")[2]


def at_the_session(watch: Watch, address: str) -> Person:
    """Ada's phone at the guided session, with a clock that stands."""
    tab = watch.context.new_page()
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type] # width and height
    ada = Person(tab)
    ada.go(address)
    ada.press("Open")
    for label, number in (("Day", "1"), ("Month", "1"), ("Year", "1957")):
        ada.type(label, number)
    ada.press("Open")
    ada.arrive("/p/*/today")
    tab.add_init_script(LISTEN)
    tab.clock.install(time=0)
    ada.go(address.partition("#")[0] + "/session")
    expect(ada.find("Knee to chest", "heading")).to_be_visible()
    tab.clock.pause_at(60_000)
    return ada


def seconds(tab: Page, number: int) -> None:
    tab.clock.run_for(number * 1000)


def shows(tab: Page, order: str, number: int | None = None) -> None:
    expect(tab.locator("#guided-order")).to_have_text(order)
    if number is not None:
        expect(tab.locator("#guided-number")).to_have_text(str(number))


def counted(tab: Page, kind: str) -> Iterator[tuple[str, float]]:
    """Side and seconds of each step of a kind."""
    found: list[dict[str, Any]] = tab.evaluate("JSON.parse(sessionStorage.counted ?? '[]')")
    return ((step["side"], round(step["seconds"], 1)) for step in found if step["kind"] == kind)


def test_what_is_counted_is_what_was_prescribed(watch: Watch, page_of_ada: str) -> None:
    ada = at_the_session(watch, page_of_ada)
    tab = ada.tab
    shows(tab, "Get into place. Then press Start.")
    ada.find("Start").focus()
    tab.keyboard.press("Enter")
    shows(tab, "Get ready", 5)
    seconds(tab, 5)
    shows(tab, "Move into place")
    seconds(tab, 2)
    shows(tab, "Hold. Keep breathing.", 1)
    expect(tab.locator("#guided-side")).to_have_text("Left leg")
    expect(tab.locator("#guided-other")).to_be_hidden()

    # A pause freezes the clock.
    seconds(tab, 12)
    tab.keyboard.press("Space")
    shows(tab, "Paused. Take your time.", 13)
    seconds(tab, 60)
    shows(tab, "Paused. Take your time.", 13)
    tab.keyboard.press("Enter")
    seconds(tab, 7)
    shows(tab, "Hold. Keep breathing.", 20)
    expect(ada.find("Stop here, go on")).to_be_hidden()
    seconds(tab, 1)
    # The lower number: one may stop. It goes on to the upper one unless one says so.
    shows(tab, "You may stop here.", 21)
    expect(tab.locator("#guided-said")).to_have_text("You may stop here.")
    seconds(tab, 4)
    ada.press("Stop here, go on")
    shows(tab, "Relax. Come back.")
    # A page that was slow for 30 seconds loses none of them: back, there, and 26 of the second hold.
    tab.clock.fast_forward(30_000)
    shows(tab, "You may stop here.", 27)
    seconds(tab, 4 + 2)
    shows(tab, "Other leg now", 5)
    expect(tab.locator("#guided-side")).to_have_text("Right leg")
    seconds(tab, 5 + 2)
    shows(tab, "Hold. Keep breathing.", 1)

    # After a reload one goes on where one was.
    seconds(tab, 10)
    tab.reload()
    shows(tab, "You stopped here. Press Go on.", 11)
    ada.press("Go on")
    seconds(tab, 14)
    # The same time as on the left, where it was ended early.
    shows(tab, "Relax. Come back.")
    seconds(tab, 2 + 2 + 30 + 2)
    expect(ada.find("Pelvic tilt", "heading")).to_be_visible()
    assert list(counted(tab, "hold")) == [("left", 24), ("left", 30), ("right", 24), ("right", 30)]
    for kind in ("there", "back"):
        assert list(counted(tab, kind)) == [("left", 2), ("left", 2), ("right", 2), ("right", 2)]

    # A break, and going on.
    ada.press("Start")
    seconds(tab, 5 + 2 + 1)
    ada.press("Stop")
    expect(ada.find("What happened?", "heading")).to_be_visible()
    expect(ada.find("It hurts, or I feel unwell", "link")).to_have_attribute(
        "href", "/p/" + page_of_ada[3:35] + "/help"
    )
    ada.press("I need a break")
    seconds(tab, 30)
    shows(tab, "Paused. Take your time.", 2)
    ada.press("Go on")
    # A phone that slept stands still where it was.
    tab.clock.fast_forward(120_000)
    shows(tab, "Your phone was asleep. Press Go on.", 2)
    ada.press("Go on")
    seconds(tab, 4)
    shows(tab, "Relax. Come back.")
    assert list(counted(tab, "hold"))[4:] == [("none", 5)]
    while ada.find("Skip").is_visible():
        ada.press("Skip")
    expect(ada.find("Well done", "heading")).to_be_focused()
    expect(tab.get_by_text("You finished 1 of")).to_be_visible()


def test_it_fits_a_small_phone_and_shuts_nobody_out(watch: Watch, page_of_ada: str) -> None:
    ada = at_the_session(watch, page_of_ada)
    tab = ada.tab
    tab.clock.resume()  # axe waits by the page's clock
    wrong = looked_at(tab, "before the start")
    tab.clock.pause_at(3_600_000)
    ada.press("Start")
    seconds(tab, 5 + 2 + 21)
    shows(tab, "You may stop here.")
    ada.press("Pause")
    expect(ada.find("Stop here, go on")).to_be_visible()
    tab.clock.resume()
    wrong += looked_at(tab, "a range")
    ada.press("Stop")
    wrong += looked_at(tab, "what happened")
    ada.press("I want to end here")
    wrong += looked_at(tab, "the end")
    assert not wrong, "\n".join(wrong)

    plain = tab.context.browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[union-attr, arg-type]
    plain.add_cookies(tab.context.cookies())  # type: ignore[arg-type] # the same cookies
    page = plain.new_page()
    page.goto(tab.url)
    expect(page.get_by_text("Use the clock of your phone")).to_be_visible()
    expect(page.get_by_text("Hold for 20 to 30 seconds.").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    plain.close()


def looked_at(tab: Page, name: str) -> list[str]:
    found = []
    for size in (SMALL, PHONE):
        tab.set_viewport_size(size)  # type: ignore[arg-type] # width and height
        found += [f"{name}, {size['width']} pixels: {line}" for look in (axe, width) for line in look(tab)]
    return found
