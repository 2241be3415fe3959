from __future__ import annotations

from datetime import date, time

import pytest

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Patient
from clinic_app.services import appointments, patients
from tests.cast import Cast

SUMMER = date(2026, 7, 1)  # the clinic's clock is an hour ahead of UTC


def test_a_day_is_a_day_of_the_clinics_clock(cast: Cast, clara: Account) -> None:
    ada = db.session.get_one(Patient, cast.patient)
    for day, hour in ((SUMMER, 0), (SUMMER, 23), (SUMMER, 9), (date(2026, 6, 30), 23), (date(2026, 7, 2), 0)):
        appointments.add(clara, ada, day, time(hour))
    hours = [clara.clinic.local(each.starts_at).hour for each in appointments.of_day(clara, SUMMER)]
    assert hours == [0, 9, 23]


def test_the_same_time_twice_is_one_appointment(cast: Cast, clara: Account) -> None:
    ada = db.session.get_one(Patient, cast.patient)
    first, second = (appointments.add(clara, ada, SUMMER, time(9, 30)) for _ in range(2))
    assert first == second


def test_everybody_has_a_day_of_their_own(cast: Cast, clara: Account) -> None:
    ada, colin = db.session.get_one(Patient, cast.patient), db.session.get_one(Account, cast.colleague)
    appointment = appointments.add(clara, ada, SUMMER, time(9))
    assert appointments.of_day(colin, SUMMER) == []
    with pytest.raises(NotAllowed):
        appointments.remove(colin, appointment)
    appointments.remove(clara, appointment)
    db.session.flush()
    assert appointments.of_day(clara, SUMMER) == []


def test_nobody_in_particular_is_not_seen_at_a_time(clara: Account) -> None:
    with pytest.raises(NotAllowed):
        appointments.add(clara, patients.create_anonymous(clara), SUMMER, time(9))
