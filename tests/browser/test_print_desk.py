"""The print desk by keyboard alone: two handouts ticked, one press, one PDF; then one of them jams."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Delivery, Jam
from tests.browser.person import Person, text_of
from tests.cast import Cast
from tests.issuing import Issued, issued_handout

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_two_handouts_in_one_press_by_keyboard(app: Flask, cast: Cast, issued: Issued, clara: Person) -> None:
    two = [issued.id, issued_handout(app, cast).id]
    clara.go("/staff/print-desk")
    tab = clara.tab
    expect(tab.get_by_text("Tick up to 30 handouts.")).to_be_visible()
    for box in tab.get_by_role("checkbox", name="Ada Example").all():
        box.focus()
        tab.keyboard.press("Space")
    expect(tab.get_by_text("2 ticked. Check each name and date of birth.")).to_be_visible()
    clara.find("Print together").focus()
    with tab.expect_response(lambda response: response.url.endswith(".pdf")) as sent:
        tab.keyboard.press("Enter")
    assert sent.value.status == 200
    assert text_of(clara.pages_shown()).count("Exercises for Ada Example") == 2
    clara.go("/staff/print-desk")
    expect(tab.get_by_text("Nothing waits to be given out")).to_be_visible()
    tab.get_by_role("button", name="It jammed: put back").first.press("Enter")
    expect(tab.get_by_text("It is back on the list.")).to_be_visible()
    expect(tab.get_by_role("checkbox", name="Ada Example")).to_have_count(1)
    with app.app_context():
        assert sorted(each.handout_id for each in db.session.scalars(select(Delivery))) == two
        assert len(db.session.scalars(select(Jam)).all()) == 1
