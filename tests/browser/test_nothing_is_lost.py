"""A wrong value keeps everything that was typed, says what is wrong, and leads to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.person import Person

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]


def test_a_wrong_number_loses_nothing_in_the_editor(clara: Person) -> None:
    clara.start_low_back_six()
    tab = clara.tab
    for name in ("Bridge", "Cat and cow"):
        tab.get_by_text(f"How often, rounds and note for {name}").click()
    typed = {
        "Title the patient reads": "Ada's back",
        "Next review (if you like)": "2027-02-03",
        "Knee to chest, hold": "soon",
        "Pelvic tilt, repeats": "8",
        "Bird-dog, repeats at most": "18",
        "Cat and cow, times a day": "3",
        "Note for Cat and cow": "Hands on the table.",
        "Note for Bridge": "A towel under\nyour head.",
    }
    for label, text in typed.items():
        clara.type(label, text)
    sides = tab.get_by_role("group", name="Knee to chest, Side")
    sides.get_by_text("Left", exact=True).click()
    clara.press("Issue and print")
    summary = tab.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("“soon” is not a whole number")
    for label, text in typed.items():
        expect(tab.get_by_label(label, exact=True)).to_have_value(text)
    expect(sides.get_by_role("radio", name="Left")).to_be_checked()
    summary.get_by_role("link").first.click()
    wrong = tab.get_by_label("Knee to chest, hold", exact=True)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    # Put right, the same form is issued with all of it.
    wrong.fill("15")
    clara.press("Save")
    expect(tab.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
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


def test_leaving_with_changes_asks_first(clara: Person) -> None:
    clara.start_low_back_six()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    clara.tab.on("dialog", stay)
    clara.type("Knee to chest, hold", "15")
    expect(clara.tab.get_by_text("Not saved yet")).to_be_visible()
    clara.press("Today", "link")
    expect(clara.tab.get_by_label("Knee to chest, hold", exact=True)).to_have_value("15")
    assert asked == ["beforeunload"]


def test_a_link_in_the_list_of_gaps_opens_what_is_folded(clara: Person) -> None:
    clara.start_low_back_six()
    clara.tab.get_by_text("How often, rounds and note for Bridge").click()
    clara.type("Bridge, times a day", "")
    clara.press("Save")
    clara.tab.get_by_role("alert").get_by_role("link").first.click()
    expect(clara.tab.get_by_label("Bridge, times a day", exact=True)).to_be_focused()
