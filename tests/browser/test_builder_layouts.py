"""The pages column shows the programme in each layout, and what is asked for afterwards stays in the chosen one."""

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


def test_the_pages_are_shown_in_large_print(app: Flask, cast: Cast, clara: Person, watch: Watch) -> None:
    tab = clara.tab
    clara.go(start(app, cast, "low-back-six"))
    count, large = tab.locator("#pages-count"), tab.get_by_role("link", name="Large print")
    expect(count).to_have_text("5 pages, A4", timeout=15_000)
    large.click()
    expect(count).to_have_text("10 pages, A4", timeout=15_000)
    expect(large).to_have_attribute("aria-current", "true")
    expect(tab.locator("#layouts [aria-current]")).to_have_count(1)
    expect(tab.locator("#draft-pages")).to_have_attribute("href", re.compile("layout=large_print$"))
    clara.press("Remove Bridge")
    expect(count).to_have_text("9 pages, A4", timeout=15_000)
    # No page of the standard layout stands under the name of this one.
    for name in ("Knee to chest", "Pelvic tilt", "Cat and cow", "Child's pose", "Bird-dog"):
        clara.press(f"Remove {name}")
    tab.get_by_role("link", name="Standard").click()
    expect(tab.locator("#pages-note")).to_contain_text("The programme has no exercises.")
    expect(tab.locator("#pages-shown img")).to_have_count(0)
