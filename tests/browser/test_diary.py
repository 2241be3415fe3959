"""The diary on a phone that loses its connection: nothing is lost, nothing is doubled."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Concern, DiaryDay, DiaryEntry, Programme
from clinic_app.services import addresses
from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.issuing import Issued
from tests.patient_phone import BORN

PATIENCE = 90_000  # milliseconds; about 40 files are kept, one after the other
# Every picture that the guided session may show, and whether the phone has it.
PICTURES = """() => Promise.all(
  [...document.querySelectorAll("#guided-list figure")].flatMap((figure) => {
    const image = figure.querySelector("img");
    const addresses = [image.src, image.dataset.start, image.dataset.moving];
    return addresses.map(async (each) => ({ side: figure.dataset.side, there: (await fetch(each)).ok }));
  }),
)"""
# Adds an entry that waits for nothing, of another programme; whose entries the phone has then.
ITEMS = """(page) => new Promise((done) => {
  indexedDB.open("diary", 1).onsuccess = ({ target: { result: database } }) => {
    const items = database.transaction("items", "readwrite").objectStore("items");
    if (page) items.add({ page, kind: "entries", item: {}, state: "refused" });
    items.getAll().onsuccess = ({ target }) => {
      database.close();
      done(target.result.map((each) => each.page));
    };
  };
})"""
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def open_page(app: Flask, issued: Issued, person: Person) -> None:
    """Ada's programme on a phone of the smallest width, by the address on the sheet."""
    programme_id = issued.programme_id
    with app.app_context():
        url = addresses.printed(db.session.get_one(Programme, programme_id)).url
    person.tab.set_viewport_size({"width": 320, "height": 690})
    person.go(url.removeprefix(app.config["CLINIC"].public_url))
    person.press("Open")
    for name, value in BORN.items():
        person.type(name.title(), value)
    person.press("Open")
    person.arrive("/p/*/today")


def test_written_without_a_connection(app: Flask, issued: Issued, person: Person, watch: Watch) -> None:
    open_page(app, issued, person)
    tab, context = person.tab, watch.context
    expect(tab.locator("html")).to_have_attribute("data-offline", "ready", timeout=PATIENCE)
    person.press("Add to your calendar", "link")
    person.arrive("/p/*/calendar")
    assert tab.evaluate("caches.match(location.href).then(Boolean)") is False  # it shows a secret
    person.press("Your exercises", "link")
    person.arrive("/p/*/today")
    watch.offline_expected = True
    context.set_offline(True)
    for name in ("Knee to chest", "Pelvic tilt"):
        person.press(f"Done: {name}")
        expect(person.find(f"Done: {name}")).to_have_attribute("aria-pressed", "true")
    expect(tab.get_by_text("2 entries wait for a connection.")).to_be_visible()
    person.press("Your diary: pain and notes", "link")
    person.arrive("/p/*/diary")
    tab.get_by_role("group", name="Pain after your exercises").get_by_role("radio", name="7", exact=True).check()
    person.type("Note", "Stairs hurt.")
    person.press("Keep this")
    expect(tab.get_by_role("heading", name="Please read this first")).to_be_in_viewport()
    expect(tab.get_by_text("3 entries wait for a connection.")).to_be_visible()
    tab.reload()
    expect(tab.get_by_label("Note")).to_have_value("Stairs hurt.")
    person.press("All exercises", "link")
    person.arrive("/p/*/today")
    expect(person.find("Done: Knee to chest")).to_have_attribute("aria-pressed", "true")
    person.press("Done: Pelvic tilt")
    expect(person.find("Done: Pelvic tilt")).to_have_attribute("aria-pressed", "false")
    tab.get_by_role("link", name=re.compile("Knee to chest")).click()
    expect(tab.get_by_role("heading", name="How to do it")).to_be_visible()
    tab.go_back()
    # The guided session, with the pictures of each side.
    person.press("Start, one at a time", "link")
    expect(tab.locator("#guided")).to_be_visible()
    kept = tab.evaluate(PICTURES)
    assert {each["side"] for each in kept} == {"left", "right", ""}
    assert all(each["there"] for each in kept)
    tab.go_back()
    with app.app_context():
        assert db.session.scalars(select(DiaryEntry)).all() == []
    context.set_offline(False)
    expect(tab.get_by_text("wait for a connection")).to_have_count(0, timeout=PATIENCE)
    tab.reload()
    expect(person.find("Done: Knee to chest")).to_have_attribute("aria-pressed", "true")
    expect(person.find("Done: Pelvic tilt")).to_have_attribute("aria-pressed", "false")
    # Closing this programme forgets its own entries, and none of another one that is open on the same phone.
    tab.evaluate(ITEMS, "f" * 32)
    person.press("Close on this phone")
    tab.wait_for_url(re.compile(r"/p/\w+$"))
    assert tab.evaluate(ITEMS) == ["f" * 32]
    with app.app_context():
        written = {row.exercise: row.done for row in db.session.scalars(select(DiaryEntry))}
        day = db.session.scalars(select(DiaryDay)).one()
        concerns = list(db.session.scalars(select(Concern.kind)))
    assert written == {"knee-to-chest": "done", "pelvic-tilt": ""}
    assert (day.pain_after, day.note) == (7, "Stairs hurt.")
    assert concerns == ["high_pain"]
