"""The job this service is for: from sign-in to paper, and from the first sheet to the next one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pace import stopwatch
from tests.browser.person import Person, text_of

FEWEST_ACTIONS = 3  # patient, protocol, Issue and print
FOLLOW_UP = 3  # Follow-up beside the patient, one number, Issue and print
MOST_SECONDS = 10  # from the page of the day to the pages in the browser's viewer


def test_from_sign_in_to_the_first_and_the_second_sheet(person: Person) -> None:
    person.sign_in("Clara")
    person.actions, watch = 0, stopwatch()
    person.start_low_back_six()
    pdf = person.issue_and_print()
    seconds = watch()
    assert (person.actions, seconds < MOST_SECONDS) == (FEWEST_ACTIONS, True), f"{seconds:.1f} seconds"
    words = text_of(pdf)
    assert pdf.startswith(b"%PDF-")
    assert "Exercises for Ada Example, born 1 January 1957" in words
    assert "Edition 1" in words
    assert "Edition 2" not in words
    assert "What changed" not in words

    person.go("/staff/today")
    person.actions = 0
    person.press("Follow-up: Ada Example", "link")
    person.type("Knee to chest, hold", "15")
    second = text_of(person.issue_and_print())
    assert person.actions == FOLLOW_UP
    assert "Edition 2" in second
    changed = second.partition("What changed since last time")[2]
    assert "Knee to chest" in changed[:200]
    assert "hold 15 seconds (was 20)" in changed[:300]
    # The first sheet stays as it was given out, marked on the screen as replaced.
    person.go("/staff/handouts/1")
    assert person.tab.get_by_text("A newer edition replaces this one.").is_visible()
    person.press("See the PDF", "link")
    assert person.pages_shown() == pdf


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_print_again_gives_the_same_pages_and_notes_who(clara: Person) -> None:
    clara.start_low_back_six()
    first = clara.issue_and_print()
    clara.go("/staff/handouts/1")
    clara.press("Print again")
    assert clara.pages_shown() == first
    clara.go("/staff/handouts/1")
    expect(clara.tab.get_by_text(re.compile(r"Printed .+ by Clara Clinician"))).to_have_count(2)
