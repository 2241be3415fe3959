"""The figure in the pictures is chosen by mouse or keyboard, and the previews follow at once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from clinic_app.database import db
from clinic_app.illustration.people import Person as Chosen
from clinic_app.models import Patient
from clinic_app.services import figures
from tests.browser.person import Person
from tests.cast import Cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_previews_follow_the_choice(app: Flask, cast: Cast, clara: Person) -> None:
    tab = clara.tab
    clara.go(f"/staff/patients/{cast.patient}/edit")
    tab.get_by_text("Figure in the pictures").press("Enter")
    hair = tab.get_by_role("group", name="Hair", exact=True)
    hair.get_by_role("radio", name="Headscarf").check()
    shown = tab.get_by_role("img", name="Four figures as chosen").locator("img").first
    expect(shown).to_have_attribute("src", re.compile(r"over=clinic.*hair=scarf"))
    hair.get_by_role("radio", name="Headscarf").press("ArrowLeft")  # the keys move within a group
    expect(hair.get_by_role("radio", name="Bald")).to_be_checked()
    expect(shown).to_have_attribute("src", re.compile("hair=bald"))
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("picture => picture.naturalWidth") > 0
    clara.press("Save the record")
    clara.arrive(f"**/staff/patients/{cast.patient}")
    with app.app_context():
        assert figures.chosen_by(db.session.get_one(Patient, cast.patient)) == Chosen(hair="bald")
