"""Writing an exercise by keyboard: advice while one writes, review, and a second person who publishes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLAIN = "Go onto your hands and knees. Keep your back level."


def write(tab: Page, label: str, text: str) -> None:
    """Go to the field, type over what is there, and leave it, all by keyboard."""
    tab.get_by_label(label, exact=True).focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type(text)
    # Leaving the page while the advice is on its way would be an error in the console.
    with tab.expect_response("**/advice"):
        tab.keyboard.press("Tab")


def test_a_draft_is_written_reviewed_and_published(person: Person, draft: int) -> None:
    tab, keys = person.tab, person.tab.keyboard
    person.sign_in("Edgar")
    person.go(f"/staff/exercises/{draft}")
    advice = tab.locator("#advice-steps-0")
    write(
        tab,
        "Step 1",
        "Engage your core, then lift your leg and your arm at the same time until both are level with it.",
    )
    expect(advice).to_contain_text('Say "Tighten your tummy" for "Engage your core".')
    expect(advice).to_contain_text("A sentence has 20 words")
    expect(advice).to_contain_text("Say the start position first")
    expect(tab.get_by_label("Step 1", exact=True)).to_have_attribute("aria-describedby", re.compile("advice-steps-0"))
    expect(tab.get_by_label("Step 2", exact=True)).not_to_be_focused()  # the buttons of step 1 come first

    person.find("Evidence and review", "link").focus()
    keys.press("Enter")
    person.find("Save and send to review").focus()
    keys.press("Enter")
    gap = person.find('Say the start position first, for example "hands and knees".', "link")
    gap.focus()
    keys.press("Enter")
    expect(tab.get_by_label("Step 1", exact=True)).to_be_focused()
    write(tab, "Step 1", PLAIN)
    expect(advice).to_be_empty()
    person.find("Move step 1 down").focus()
    keys.press("Enter")
    expect(tab.get_by_label("Step 2", exact=True)).to_have_value(PLAIN)
    expect(person.find("Move step 2 down")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(tab.get_by_label("Step 1", exact=True)).to_have_value(PLAIN)
    person.find("Evidence and review", "link").focus()
    keys.press("Enter")
    person.find("Save and send to review").focus()
    keys.press("Enter")
    expect(tab.get_by_text("Sent to review.")).to_be_visible()

    person.sign_out()
    person.sign_in("Maya")
    person.go("/staff/exercises?state=in_review")
    person.find("Bird-dog, slowly", "link").click()
    person.find("Evidence and review", "link").click()
    person.press("Sign and publish")
    expect(tab.get_by_text("Published. New handouts use it from now on.")).to_be_visible()
    expect(tab.get_by_text("Published, revision 4")).to_be_visible()


def test_the_list_answers_while_one_types(clara: Person) -> None:
    clara.go("/staff/exercises")
    tab = clara.tab
    tab.get_by_label("Find exercises").press_sequentially("brige")
    expect(clara.find("Bridge", "link")).to_be_visible()
    expect(clara.find("Walking", "link")).to_have_count(0)
    tab.get_by_role("button", name="Favourite: Bridge", exact=True).click()
    expect(tab.get_by_role("button", name="Favourite: Bridge", exact=True)).to_have_attribute("aria-pressed", "true")
    tab.get_by_label("Find exercises").fill("")
    tab.get_by_label("Favourites").check()
    expect(clara.find("Bridge", "link")).to_be_visible()
    expect(tab.get_by_text("1 exercise", exact=True)).to_be_visible()
