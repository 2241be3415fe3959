"""A person who has a record already is found before a second one is made; a wrong choice starts nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.person import LOW_BACK_SIX, Person

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]


def test_a_likely_duplicate_is_added_after_a_look_and_joined_later(clara: Person) -> None:
    tab = clara.tab
    box = tab.get_by_label("Start a programme: patient")
    box.fill("Ada Exampel")
    tab.get_by_role("link", name="Add this patient").click()
    expect(tab.get_by_label("Name", exact=True)).to_have_value("Ada Exampel")
    clara.type("Date of birth", "1957-01-01")
    tab.get_by_label("Cannot kneel").check()
    clara.press("Add patient")
    expect(clara.find("Open this record: Ada Example", "link")).to_be_visible()
    expect(tab.get_by_label("Cannot kneel")).to_be_checked()  # nothing that was typed is lost
    clara.press("No, a different person: add")
    clara.arrive("**/staff/patients/*")
    expect(tab.get_by_label("Patient", exact=True).get_by_text("Cannot kneel")).to_be_visible()

    clara.go("/staff/today")
    box.fill("ada")
    expect(tab.get_by_text("Which patient?")).to_be_visible()
    clara.protocol(LOW_BACK_SIX).click()  # nobody is chosen yet: the browser asks, nothing starts
    assert tab.url.endswith("/staff/today")
    box.press("ArrowDown")
    expect(tab.get_by_role("radio", name=re.compile("^Ada Exampel,"))).to_be_checked()

    tab.get_by_role("radio", name=re.compile("^Ada Example,")).check()
    clara.press("Open")
    clara.arrive("**/staff/patients/1")
    tab.get_by_role("link", name="Two records for this person?").click()
    tab.get_by_role("link", name="Compare with Ada Exampel").click()
    clara.press("Join them: one record")
    expect(tab.get_by_text("The two records are one now.")).to_be_visible()
    expect(tab.get_by_label("Patient", exact=True).get_by_text("Cannot kneel")).to_be_visible()
    clara.go("/staff/patients/3")
    clara.arrive("**/staff/patients/1")


def test_a_quick_handout_is_printed_in_three_actions(clara: Person) -> None:
    clara.press("Quick handout, no patient record", "link")
    clara.arrive("**/staff/quick-handouts")
    clara.actions += 1
    clara.protocol(LOW_BACK_SIX).click()
    clara.arrive("**/staff/programmes/*")
    expect(clara.tab.get_by_label("Patient", exact=True)).to_contain_text("no patient record")
    assert clara.issue_and_print().startswith(b"%PDF-")
    assert clara.actions == 3
