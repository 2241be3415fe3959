"""Mail servers open every link before a person does, some of them with a whole browser. The patient must not notice."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from clinic_app.database import db, utc_now
from clinic_app.models import PatientAddress, Programme
from clinic_app.services import addresses
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.patient_phone import BORN
from tests.sending import sendable

HEADS, GETS, BROWSERS = 20, 20, 10
NOTED = ("openings", "first_opened_at", "last_opened_at", "wrong_tries", "locked_at", "revoked_at", "secret_digest")


def noted(app: Flask) -> dict[str, object]:
    """What the database says about the one address there is."""
    with app.app_context():
        row = db.session.query(PatientAddress).one()
        return {name: getattr(row, name) for name in NOTED}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_fifty_looks_of_a_scanner_use_nothing_up(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, chromium: Browser, watch: Watch
) -> None:
    monkeypatch.setattr("tests.issuing.NOW", utc_now())  # a page that has not run out
    issued = sendable(app, cast, monkeypatch)
    with app.app_context():
        link = urlsplit(addresses.url(addresses.present(db.session.get_one(Programme, issued.programme_id))))
    page, secret = f"{watch.origin}{link.path}", link.fragment
    before = noted(app)

    for method, times in (("HEAD", HEADS), ("GET", GETS)):
        for _ in range(times):
            with urlopen(Request(page, method=method)) as answer:
                assert answer.status == 200
                assert answer.headers["Set-Cookie"] is None
                assert "Ada" not in answer.read().decode()
    for _ in range(BROWSERS):
        scanner = chromium.new_context()
        tab = scanner.new_page()
        tab.goto(f"{page}#{secret}")
        expect(tab.get_by_text("Press the button to see your exercises.")).to_be_visible()  # its scripts ran
        assert scanner.cookies() == []
        tab.goto(f"{page}/today")  # and it follows what it finds
        assert urlsplit(tab.url).path == link.path
        scanner.close()
    assert noted(app) == before
    assert before["openings"] == 0

    tab = watch.context.new_page()
    tab.goto(f"{page}#{secret}")
    tab.get_by_role("button", name="Open").click()
    for name, value in BORN.items():
        tab.get_by_label(name.title(), exact=True).fill(value)
    tab.get_by_role("button", name="Open").click()
    tab.wait_for_url(re.compile(r"/today$"))
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert (noted(app)["openings"], noted(app)["wrong_tries"]) == (1, 0)
    assert not [url for _, url in watch.requests if secret in url]
