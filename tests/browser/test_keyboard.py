"""The whole job without a mouse: everything is reached with Tab, and one sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person, text_of
from tests.cast import PASSWORD, Cast, email
from tests.drafts import start

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]

MOST_STOPS = 120  # of the Tab key on one page
# What a person sees at the place where the focus is; "" when the place is marked.
UNSEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  if (here.type === "date") return "";  // the browser marks the day, the month and the year one by one
  const drawn = [here, here.labels?.[0], here.closest("label"), here.nextElementSibling].filter(Boolean);
  const marked = drawn.some((each) => {
    const look = getComputedStyle(each);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  });
  const box = here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (marked && inside) return "";
  return `${here.tagName} ${here.name || here.textContent.trim()}: ${marked ? "off the screen" : "not marked"}`;
}"""


def tab_to(tab: Page, target: Locator) -> None:
    for _ in range(MOST_STOPS):
        if target.evaluate("each => each === document.activeElement"):
            return
        tab.keyboard.press("Tab")
        unseen: Any = tab.evaluate(UNSEEN)
        assert not unseen, unseen
    raise AssertionError(f"the Tab key never reached {target}")


def test_the_whole_job_by_keyboard(person: Person) -> None:
    tab, keys = person.tab, person.tab.keyboard
    # The cursor stands in the first field as soon as the page is painted, which may be later than its load event.
    expect(tab.get_by_label("E-mail")).to_be_focused()
    keys.type(email("Clara"))
    tab_to(tab, tab.get_by_label("Password"))
    keys.type(PASSWORD)
    keys.press("Enter")
    person.arrive("**/staff/today")

    expect(tab.get_by_label("Start a programme: patient")).to_be_focused()
    keys.type("Ada")
    expect(tab.get_by_role("radio", name="Ada Example")).to_be_checked()
    tab_to(tab, person.protocol("Low back: six exercises"))
    keys.press("Enter")
    person.arrive("**/staff/programmes/*")

    tab_to(tab, tab.get_by_label("Knee to chest, hold", exact=True))
    keys.press("ArrowUp")
    assert tab.get_by_label("Knee to chest, hold", exact=True).input_value() == "21"
    tab_to(tab, tab.get_by_role("group", name="Knee to chest, Side").get_by_role("radio", checked=True))
    keys.press("ArrowLeft")
    side = tab.get_by_role("group", name="Knee to chest, Side").get_by_role("radio", checked=True)
    assert side.get_attribute("value") == "right"
    tab_to(tab, person.find("Issue and print"))
    keys.press("Enter")
    words = text_of(person.pages_shown())
    assert "Hold 21 seconds" in words, words[words.rfind("Knee to chest") :][:300]
    assert "Exercises for Ada Example" in words


def test_enter_in_a_field_saves_and_issues_nothing(app: Flask, cast: Cast, clara: Person) -> None:
    clara.go(start(app, cast, "low-back-six"))
    hold = clara.tab.get_by_label("Knee to chest, hold", exact=True)
    hold.fill("15")
    hold.press("Enter")
    expect(clara.tab.get_by_text("Hold for 15 seconds.")).to_be_visible()
    expect(hold).to_be_focused()
    assert clara.tab.url.endswith("/staff/programmes/1")


def test_the_skip_link_leads_past_the_menu(clara: Person) -> None:
    clara.go("/staff/patients")  # on the page of the day the cursor stands in the start box
    clara.tab.keyboard.press("Tab")
    assert clara.tab.evaluate("document.activeElement.textContent.trim()") == "Skip to the page"
    clara.tab.keyboard.press("Enter")
    expect(clara.tab.get_by_role("main")).to_be_focused()
