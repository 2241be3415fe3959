"""The whole way on the real parts: from the builder by e-mail to the phone, and what was done there back again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from clinic_app import postman
from clinic_app.database import db, utc_now
from clinic_app.models import Patient
from clinic_app.services.deliveries import CALL_BACK
from tests.browser.conftest import PATIENCE
from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.letter_box import Letter, LetterBox
from tests.patient_phone import BORN

ADA = "ada@post.example"
PHONE = {"width": 390, "height": 844}
LONGEST = 900  # seconds of one exercise


@pytest.fixture
def letters(app: Flask, site: str, cast: Cast) -> Iterator[LetterBox]:
    """The clinic's mail server. The patient's address leads to the running service, and Ada has e-mail."""
    with LetterBox() as box:
        app.config["CLINIC"] = replace(app.config["CLINIC"], mail=box.settings, public_url=site)
        with app.app_context():
            db.session.get_one(Patient, cast.patient).email = ADA
            db.session.commit()
        yield box


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Watch]:
    """Ada's, with an eye on it like on every browser here."""
    context = chromium.new_context(base_url=site, viewport=PHONE, has_touch=True, reduced_motion="reduce")  # type: ignore[arg-type] # width and height
    context.set_default_timeout(PATIENCE)
    made = Watch(context, site)
    yield made
    context.close()
    assert not made.complaints, made.complaints


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("without_previews")
def test_from_the_desk_to_the_phone_and_back(app: Flask, clara: Person, letters: LetterBox, phone: Watch) -> None:
    clara.start_low_back_six()
    programme = clara.tab.url.rpartition("/")[2].partition("?")[0]
    send_by_email(clara)
    letter = sent(app, letters)
    assert letter.recipients == (ADA,)
    assert "Ada Example" not in str(letter.message["Subject"])
    assert "Knee to chest" not in letter.words

    tab = phone.context.new_page()
    ada = Person(tab)
    ada.go(letter.link.geturl())
    ada.press("Open")
    for part, number in BORN.items():
        ada.type(part.title(), number)
    ada.press("Open")
    ada.arrive("/p/*/today")
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    do_the_first_exercise(ada)
    tick_without_a_connection(ada, phone)
    assert not [url for _, url in phone.requests if letter.link.fragment in url]

    clara.go(f"/staff/programmes/{programme}/diary")
    clara.tab.get_by_text("The same as a table").click()
    table = clara.tab.get_by_role("table").filter(has_text="Knee to chest")
    done = table.get_by_role("row").filter(has_text=re.compile(r"\bdone\b", re.IGNORECASE))
    expect(done).to_have_count(1)  # today, and no other day
    expect(done.get_by_role("cell").filter(has_text=re.compile(r"\bdone\b", re.IGNORECASE))).to_have_count(2)


def send_by_email(clara: Person) -> None:
    """Issue, look at who it goes to, and send."""
    clara.press("Issue and email")
    clara.arrive("/staff/handouts/*/send")
    expect(clara.find("Is this the right person?", "heading")).to_be_visible()
    for words in ("Ada Example", "1 January 1957", "a…@post.example"):
        expect(clara.tab.locator("dl").get_by_text(words).first).to_be_visible()
    assert ADA not in clara.tab.locator("main").inner_text()
    clara.press("Send to a…@post.example")
    clara.arrive("/staff/handouts/*")
    expect(clara.tab.get_by_text(re.compile("sends in [0-9]+ seconds")).first).to_be_visible()


def sent(app: Flask, letters: LetterBox) -> Letter:
    """What arrives once the worker looks after the minute in which it can be called back; before, nothing does."""
    with app.app_context():
        post = postman.for_app()
        assert post
        assert postman.work(post) == 0
        assert letters.is_empty
        assert postman.work(replace(post, clock=lambda: utc_now() + CALL_BACK)) == 1
    return letters.next()


def do_the_first_exercise(ada: Person) -> None:
    """Knee to chest in the guided session, by a clock that moves only when the test says so."""
    tab = ada.tab
    now = datetime.now(UTC)
    tab.clock.install(time=now)
    ada.press("Start, one at a time", "link")
    ada.arrive("/p/*/session")
    expect(ada.find("Knee to chest", "heading")).to_be_visible()
    tab.clock.pause_at(now.timestamp() + 60)
    ada.press("Start")
    expect(tab.locator("#guided-order")).to_have_text("Get ready")
    expect(tab.locator("#guided-number")).to_have_text("5")
    tab.clock.run_for(5_000 + 2_000 + 9_000)
    expect(tab.locator("#guided-order")).to_have_text("Hold. Keep breathing.")
    expect(tab.locator("#guided-number")).to_have_text("10")
    run_until(tab, "Pelvic tilt")
    ada.press("Stop")
    ada.press("I want to end here")
    expect(ada.find("Well done", "heading")).to_be_visible()
    expect(tab.get_by_text(re.compile("You finished 1 of"))).to_be_visible()
    ada.press("Some of it")
    expect(tab.get_by_text("Written down.")).to_be_visible()


def run_until(tab: Page, name: str) -> None:
    for _ in range(LONGEST // 5):
        if tab.locator("#guided-name").inner_text() == name:
            return
        tab.clock.run_for(5_000)
    raise AssertionError(f"{name} did not come within {LONGEST} seconds")


def tick_without_a_connection(ada: Person, phone: Watch) -> None:
    """Pelvic tilt, ticked on the page that the phone kept; sent by itself once there is a connection again."""
    tab = phone.context.new_page()  # with a clock that goes on
    tab.goto(ada.tab.url.removesuffix("session") + "today")
    ada.tab.close()
    expect(tab.locator("html[data-offline=ready]")).to_be_attached()
    expect(tab.get_by_role("button", name="Done: Knee to chest")).to_have_attribute("aria-pressed", "true")
    phone.offline_expected = True
    phone.context.set_offline(True)
    tab.reload()
    tab.get_by_role("button", name="Done: Pelvic tilt").click()
    expect(tab.get_by_text("1 entry waits for a connection.")).to_be_visible()
    tab.reload()
    expect(tab.get_by_role("button", name="Done: Pelvic tilt")).to_have_attribute("aria-pressed", "true")
    phone.context.set_offline(False)
    expect(tab.get_by_text("1 entry waits for a connection.")).to_have_count(0)
