"""Whatever is typed stays words: nothing of it is run, and nothing is asked of another host."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from clinic_app.database import db
from clinic_app.models import Patient
from tests.browser.person import Person, text_of
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.drafts import start

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]

NAME = "<img src=//evil.example/x onerror=alert(1)>"
TITLE = '<script src="https://evil.example/s.js"></script>'
NOTE = "<style>@import url(//evil.example/c)</style> <b>{{ 7 * 7 }}</b> </textarea>"


def test_markup_is_words_on_screen_and_paper(app: Flask, cast: Cast, clara: Person) -> None:
    """The watch of `clara` sees to it that nothing is run or fetched."""
    with app.app_context():
        db.session.get_one(Patient, cast.patient).name = NAME
        db.session.commit()
    tab = clara.tab
    tab.reload()
    assert tab.get_by_role("link", name=NAME, exact=True).is_visible()
    clara.go(start(app, cast, "low-back-six"))
    clara.type("Title the patient reads", TITLE)
    tab.locator("#row-6 .row-more > summary").click()
    clara.type("Note for Bridge", NOTE)
    expect(tab.get_by_role("heading", name=TITLE, exact=True)).to_be_visible()
    tab.reload()
    assert tab.title().startswith(TITLE)
    assert tab.get_by_label("Note for Bridge").input_value() == NOTE
    words = text_of(clara.issue_and_print())
    squeezed = "".join(words.split())
    for typed in (NAME, TITLE, NOTE):
        assert "".join(typed.split()) in squeezed
    clara.go("/staff/handouts/1")
    assert tab.get_by_role("link", name=NAME, exact=True).is_visible()


def test_a_complaint_would_be_heard(person: Person, watch: Watch) -> None:
    """The tests of this folder can fail."""
    wrongs = {
        "const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)": "inline script",
        "fetch('https://evil.example/').catch(() => 0)": "evil.example",
        "document.body.setAttribute('style', 'color: red')": "inline style",
        "setTimeout(() => { throw new Error('broken') })": "a script failed",
        "void alert(1)": "a dialog",
        "new Image().src = '/static/absent.png'": "404",
    }
    for doing, complaint in wrongs.items():
        person.tab.evaluate(doing)
        person.tab.wait_for_timeout(300)
        heard, watch.complaints = watch.complaints, []
        assert any(complaint in each for each in heard), (doing, heard)
