from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.cast import Cast, sign_in


def test_a_patient_of_today_stands_on_the_day_in_the_order_of_the_clock(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    later = int(clara.post("/staff/patients", data={"name": "Bea Later", "reference": "x"}).location.rpartition("/")[2])
    assert "Your patients today" not in clara.get("/staff/today").text
    for patient, at in ((later, "14:00"), (cast.patient, "08:30"), (cast.patient, "08:30")):
        assert clara.post(f"/staff/patients/{patient}/appointments", data={"at": at}).status_code == 303
    today = clara.get("/staff/today").text
    assert re.findall(r'class="row-time">([^<]*)<', today) == ["8:30", "14:00"]
    assert re.findall(r'class="row-name"><a [^>]*>([^<]*)<', today.partition("Your patients today")[2]) == [
        "Ada Example",
        "Bea Later",
    ]
    record = clara.get(f"/staff/patients/{cast.patient}").text
    removal = re.search(r'action="(/staff/appointments/\d+/removal)"', record)
    assert removal
    colin = sign_in(app.test_client(), "Colin")
    assert colin.post(removal[1]).status_code == 409
    assert "Your patients today" not in colin.get("/staff/today").text
    assert clara.post(removal[1]).status_code == 303
    assert re.findall(r'class="row-time">([^<]*)<', clara.get("/staff/today").text) == ["14:00"]


@pytest.mark.parametrize("at", ["", "25:00", "half past", "9" * 500])
def test_what_is_no_time_is_said(app: Flask, cast: Cast, at: str) -> None:
    clara = sign_in(app.test_client(), "Clara")
    page = clara.post(f"/staff/patients/{cast.patient}/appointments", data={"at": at}, follow_redirects=True).text
    assert "such as 10:30" in page
