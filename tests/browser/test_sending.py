"""Issue and email, from the builder to the e-mail that is called back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.emails.settings import Mail, Security, Sender
from clinic_app.models import Delivery
from tests.browser.person import Person

SERVER = Mail("smtp.clinic.example", 465, Security.TLS, Sender("", "handouts@clinic.example"))


pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]


# The page asks who is signed in before it sends a form; what was given out renews itself every five seconds.
RENEWED_BEFORE_IT_IS_SENT = """() => {
  const ask = window.fetch;
  window.fetch = async (...given) => {
    await htmx.ajax("GET", location.pathname, { target: "#given-out", swap: "outerHTML" });
    return ask(...given);
  };
}"""


def test_issue_and_email_is_confirmed_and_can_be_called_back(app: Flask, clara: Person) -> None:
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=SERVER)
    clara.start_low_back_six()
    clara.press("Issue and email")
    clara.arrive("**/staff/handouts/*/send")
    clara.type("E-mail", "ada@post.example")
    clara.type("E-mail, once more", "ada@post.example")
    clara.press("Save the address")
    expect(clara.tab.get_by_role("heading", name="Is this the right person?")).to_be_visible()
    expect(clara.tab.locator(".sending-who")).to_contain_text("1 January 1957")
    clara.press("Send to a…@post.example")
    clara.arrive("**/staff/handouts/*")
    given_out = clara.tab.locator("#given-out")
    expect(given_out).to_contain_text(re.compile(r"sends in \d+ seconds"))
    expect(given_out.get_by_text("E-mail leaves soon")).to_be_visible()
    clara.tab.evaluate(RENEWED_BEFORE_IT_IS_SENT)
    given_out.get_by_role("button", name=re.compile("^Cancel")).click()
    expect(clara.tab.get_by_text("The e-mail was cancelled. Nothing was sent.")).to_be_visible()
    with app.app_context():
        assert db.session.scalars(select(Delivery.state)).all() == ["cancelled"]
