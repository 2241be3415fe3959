"""Today's page: what it says is what the edition says, and nothing else opens."""

from __future__ import annotations

from flask import Flask

from tests.cast import Cast
from tests.issuing import issued_handout
from tests.patient_phone import opened


def test_opening_leads_to_todays_exercises(app: Flask, cast: Cast) -> None:
    phone = opened(app, issued_handout(app, cast).programme_id)
    answer = phone.get("today")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Edition 1" in answer.text
    assert "Knee to chest" in answer.text
