"""A page that stays open: the sign-in runs out, somebody else signs in, the connection breaks. What was typed stays."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from clinic_app.database import db
from clinic_app.models import Patient
from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.cast import PASSWORD, email

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def typed(clara: Person) -> Page:
    """A new patient, typed and not sent."""
    clara.go("/staff/patients/new")
    clara.type("Name", "Grace Hopper")
    clara.type("Date of birth", "1906-12-09")
    return clara.tab


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(db.select(Patient.name).where(Patient.name == "Grace Hopper")))


def test_after_the_sign_in_ran_out_one_signs_in_beside_the_page_and_goes_on(clara: Person, app: Flask) -> None:
    tab = typed(clara)
    tab.context.clear_cookies()
    clara.press("Add patient")
    expect(tab.get_by_text("You were signed out. What you typed is still on this page.")).to_be_visible()
    with tab.context.expect_page() as opened:
        clara.press("Sign in in a new tab", "link")
    beside = opened.value
    beside.get_by_label("E-mail").fill(email("Clara"))
    beside.get_by_label("Password").fill(PASSWORD)
    beside.get_by_role("button", name="Sign in").click()
    expect(beside.get_by_role("heading", name="You are signed in")).to_be_visible()
    beside.close()
    tab.bring_to_front()
    again = tab.get_by_role("button", name="Go on", exact=True)
    if again.is_visible():  # coming back to the tab may have been answer enough
        again.click()
    expect(tab.get_by_role("heading", name="Grace Hopper")).to_be_visible()
    assert names(app) == ["Grace Hopper"]


def test_nothing_is_sent_in_the_name_of_somebody_else(clara: Person, app: Flask) -> None:
    tab = typed(clara)
    tab.context.clear_cookies()
    other = Person(tab.context.new_page())
    other.go("/sign-in")
    other.sign_in("Maya")
    clara.press("Add patient")
    expect(tab.get_by_text("Somebody else is signed in")).to_be_visible()
    assert names(app) == []
    clara.press("Back to the page")
    assert tab.get_by_label("Name", exact=True).input_value() == "Grace Hopper"


def test_without_a_connection_the_form_waits(clara: Person, app: Flask, watch: Watch) -> None:
    tab = typed(clara)
    watch.offline_expected = True
    tab.context.set_offline(True)
    clara.press("Add patient")
    expect(tab.get_by_text("There is no connection to the service.")).to_be_visible()
    tab.context.set_offline(False)
    clara.press("Go on")
    expect(tab.get_by_role("heading", name="Grace Hopper")).to_be_visible()
    assert names(app) == ["Grace Hopper"]


def test_the_keys_are_shown_go_places_and_can_be_turned_off(clara: Person) -> None:
    tab, keys = clara.tab, clara.tab.keyboard
    tab.get_by_role("heading", level=1).click()
    keys.press("?")
    expect(tab.get_by_role("heading", name="Keys")).to_be_visible()
    clara.press("Close")
    keys.press("g")
    keys.press("e")
    expect(tab).to_have_url(re.compile("/staff/exercises$"))
    tab.get_by_role("heading", level=1).click()
    keys.press("?")
    tab.get_by_label("Single keys work in this browser").uncheck()
    clara.press("Close")
    tab.get_by_role("heading", level=1).click()
    keys.press("?")
    expect(tab.get_by_role("heading", name="Keys")).to_be_hidden()
