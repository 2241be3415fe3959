"""A wrong value keeps everything that was typed, says what is wrong, and leads to it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.cast import Cast
from tests.drafts import start

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]


def unfold(person: Person, name: str) -> None:
    """Open the part of a row that holds its note, and in it how often."""
    row = person.tab.locator("#prescribed > li").filter(has_text=name)
    row.locator(".row-more > summary").click()
    row.locator(".row-often > summary").click()


def test_a_wrong_number_loses_nothing_in_the_editor(app: Flask, cast: Cast, clara: Person) -> None:
    clara.go(start(app, cast, "low-back-six"))
    tab = clara.tab
    typed = {
        "Title the patient reads": "Ada's back",
        "Next review (if you like)": "2027-02-03",
        "Knee to chest, hold": "soon",
        "Pelvic tilt, repeats": "8",
        "Bird-dog, repeats at most": "18",
    }
    for label, text in typed.items():
        clara.type(label, text)
    folded = {
        "Cat and cow": {"Cat and cow, times a day": "3", "Note for Cat and cow": "Hands on the table."},
        "Bridge": {"Note for Bridge": "A towel under\nyour head."},
    }
    for name, fields in folded.items():
        unfold(clara, name)
        for label, text in fields.items():
            clara.type(label, text)
        typed |= fields
    tab.get_by_label("Knee to chest, hold", exact=True).focus()
    sides = tab.get_by_role("group", name="Knee to chest, Side")
    sides.get_by_text("Left", exact=True).click()
    clara.press("Issue and print")
    summary = tab.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("“soon” is not a whole number")
    for label, text in typed.items():
        expect(tab.get_by_label(label, exact=True)).to_have_value(text)
    expect(tab.locator("#exercises-1-side input[value=left]")).to_be_checked()
    summary.get_by_role("link").first.click()
    wrong = tab.get_by_label("Knee to chest, hold", exact=True)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    # Put right, the same form is saved with all of it.
    wrong.fill("15")
    expect(tab.get_by_text("Hold for 15 seconds.")).to_be_visible()
    tab.reload()
    for label, text in (typed | {"Knee to chest, hold": "15"}).items():
        expect(tab.get_by_label(label, exact=True)).to_have_value(text)


def test_a_wrong_date_loses_nothing_in_the_record(clara: Person) -> None:
    clara.go("/staff/patients/new")
    clara.type("Name", "Łucja Żółć")
    clara.type("Reference", "K-77")
    clara.type("Date of birth", "2999-01-01")
    clara.press("Add patient")
    expect(clara.tab.get_by_role("alert")).to_contain_text("lies in the future")
    expect(clara.tab.get_by_label("Name", exact=True)).to_have_value("Łucja Żółć")
    expect(clara.tab.get_by_label("Reference", exact=True)).to_have_value("K-77")
    expect(clara.tab.get_by_label("Date of birth", exact=True)).to_have_value("2999-01-01")


def test_a_link_in_the_list_of_gaps_opens_what_is_folded(app: Flask, cast: Cast, clara: Person) -> None:
    clara.go(start(app, cast, "low-back-six"))
    unfold(clara, "Bridge")
    clara.type("Bridge, times a day", "")
    clara.press("Issue only")
    clara.tab.get_by_role("alert").get_by_role("link").first.click()
    expect(clara.tab.get_by_label("Bridge, times a day", exact=True)).to_be_focused()
