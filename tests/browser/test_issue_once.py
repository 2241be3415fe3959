"""An impatient person presses twice and gets one edition, with our script and without."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import AuditEvent, Delivery, Handout
from tests.browser.conftest import PATIENCE, hide_previews
from tests.browser.person import Person
from tests.cast import Cast
from tests.drafts import start

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]


def issued(app: Flask) -> tuple[list[int], int, int]:
    """The editions there are, how often something was issued, how often it was printed."""
    with app.app_context():
        editions = [each.edition for each in db.session.scalars(select(Handout)).unique()]
        events = db.session.scalars(select(AuditEvent).filter_by(action="handout.issue")).all()
        return editions, len(events), len(db.session.scalars(select(Delivery)).all())


def test_a_double_click_issues_once(app: Flask, cast: Cast, clara: Person) -> None:
    clara.go(start(app, cast, "low-back-six"))
    clara.type("Bridge, repeats at most", "12")
    clara.find("Issue and print").dblclick()
    assert b"%PDF-" in clara.pages_shown()
    assert issued(app) == ([1], 1, 1)


def test_a_double_click_without_our_script_issues_once(app: Flask, cast: Cast, chromium: Browser, site: str) -> None:
    """Then the browser gives up the first answer and sends the form again: the server has to know it."""
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    hide_previews(context)
    sent: list[str] = []
    context.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    clara = Person(context.new_page())
    clara.go("/sign-in")
    clara.sign_in("Clara")
    clara.go(start(app, cast, "low-back-six"))
    clara.type("Bridge, repeats at most", "12")
    button = clara.find("Issue and print")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    # The mouse itself, because a locator's second click would wait for the first one's answer.
    for _ in range(2):
        clara.tab.mouse.click(box["x"] + 20, box["y"] + 20)
        clara.tab.wait_for_timeout(150)
    assert b"%PDF-" in clara.pages_shown()
    context.close()
    assert len([url for url in sent if url.endswith("/handouts")]) == 2, "the double click did not send twice"
    assert issued(app) == ([1], 1, 1)


def test_back_and_once_more_issues_nothing_new(app: Flask, cast: Cast, clara: Person) -> None:
    clara.go(start(app, cast, "low-back-six"))
    clara.issue_and_print()
    clara.tab.go_back()
    clara.arrive("**/staff/programmes/*")
    clara.press("Issue and print")
    clara.tab.get_by_text("Nothing has changed since edition 1.").wait_for()
    assert issued(app) == ([1], 1, 1)
