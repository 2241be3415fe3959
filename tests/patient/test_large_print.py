"""The same sheet in large print, from the phone."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from clinic_app.database import db
from clinic_app.errors import RenderFailed
from clinic_app.models import Handout
from clinic_app.rendering.layouts import LARGE_PRINT
from clinic_app.services import print_layouts, printing
from tests.issuing import Issued
from tests.patient_phone import opened, words


def test_the_page_offers_the_sheet_in_large_print(app: Flask, issued: Issued) -> None:
    phone = opened(app, issued.programme_id)
    links = re.findall(r'href="[^"]*/(handout\.pdf[^"]*)">([^<]*)', phone.get("today").text)
    assert links == [
        ("handout.pdf", "Your sheet to save or print (PDF)"),
        ("handout.pdf?layout=large_print", "The same in large print (PDF)"),
    ]
    answer = phone.get(links[1][0])
    with app.app_context():
        pages = print_layouts.pages(db.session.get_one(Handout, issued.id), LARGE_PRINT)
        assert (pages.count, answer.data) == (10, printing.store().get(pages.pdf))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="exercises-edition-1-large-print.pdf"'
    assert phone.get("handout.pdf?layout=poster").status_code == 404


def test_a_busy_printer_is_said_in_plain_words(app: Flask, issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise RenderFailed("The printing service is busy. Nothing was issued.")

    monkeypatch.setattr(print_layouts, "make", busy)
    phone = opened(app, issued.programme_id)
    answer = phone.get("handout.pdf?layout=large_print")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    said = words(answer.text)
    assert "Please try again in a minute. If it happens twice, call us." in said
    assert "Nothing was issued" not in said
    assert phone.get("handout.pdf").status_code == 200
