"""The sheet on the phone is the sheet that was printed."""

from __future__ import annotations

from flask import Flask

from clinic_app.database import db
from clinic_app.models import Handout
from clinic_app.services import handouts
from tests.issuing import Issued
from tests.patient_phone import opened


def test_the_pdf_is_the_printed_one_and_its_name_tells_nothing(app: Flask, issued: Issued) -> None:
    answer = opened(app, issued.programme_id).get("handout.pdf")
    with app.app_context():
        assert answer.data == handouts.pdf(db.session.get_one(Handout, issued.id))
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="exercises-edition-1.pdf"'
    assert "object-src 'self'" in answer.headers["Content-Security-Policy"]
