"""The first steps: one on each page of the main job, until they are finished or skipped, by each person alone."""

from __future__ import annotations

from flask import Flask

from tests.cast import Cast, sign_in

FIRST = "Step 1 of 3"


def test_the_steps_stand_on_their_pages_until_they_are_skipped(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert FIRST in clara.get("/staff/today").text
    assert "Step " not in clara.get("/staff/patients").text
    assert clara.post("/staff/walk").status_code == 303
    assert FIRST not in clara.get("/staff/today").text


def test_they_come_back_when_asked_for_and_others_keep_theirs(app: Flask, cast: Cast) -> None:
    clara, edgar = (sign_in(app.test_client(), name) for name in ("Clara", "Edgar"))
    clara.post("/staff/walk")
    assert FIRST in edgar.get("/staff/today").text
    clara.post("/staff/walk", data={"again": "yes"})
    assert FIRST in clara.get("/staff/today").text
