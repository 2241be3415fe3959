"""Real pages beside the programme: made anew after each save, the page of the row with the cursor in view."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.drafts import start

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_pages_follow_the_programme(app: Flask, cast: Cast, clara: Person, watch: Watch) -> None:
    tab = clara.tab
    clara.go(start(app, cast, "low-back-six"))
    pages = tab.locator("#pages-shown img")
    count = tab.locator("#pages-count")
    expect(count).to_have_text(re.compile(r"^[4-9] pages, A4$"), timeout=15_000)
    before = pages.first.get_attribute("src")
    tab.get_by_label("Bridge, hold", exact=True).focus()
    page_of_bridge = tab.locator("#pages-shown img[data-rows~='6']")
    expect(page_of_bridge).to_be_in_viewport()
    expect(page_of_bridge).to_have_attribute("alt", re.compile("Bridge"))
    tab.get_by_label("Bridge, hold", exact=True).fill("4")
    expect(pages.first).not_to_have_attribute("src", before or "", timeout=15_000)
    expect(page_of_bridge).to_be_in_viewport()
    # Nothing can be printed while a side is missing: the old pages stay, and the reason is said.
    clara.press("Remove Knee to chest")
    for name in ("Pelvic tilt", "Cat and cow", "Child's pose", "Bird-dog", "Bridge"):
        clara.press(f"Remove {name}")
    expect(tab.locator("#pages-note")).to_contain_text("The programme has no exercises.")
    expect(pages.first).to_be_visible()
    made = [url for _method, url in watch.requests if "part=pages" in url]
    assert len(made) <= 9, "the pages were asked for more often than something was saved"
