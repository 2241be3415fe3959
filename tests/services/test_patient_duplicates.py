from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from clinic_app.database import db
from clinic_app.models import Account
from clinic_app.services import patients
from clinic_app.services.patient_duplicates import likely
from clinic_app.services.patients import Details
from tests.cast import Cast

JOHN = Details(
    "John Smith",
    date(1970, 3, 4),
    nhs_number="9434765919",
    email="john@post.example",
    phone="01632 960 999",
)


@pytest.fixture
def clara(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        patients.create(clara, JOHN)
        yield clara


@pytest.mark.parametrize(
    ("details", "why"),
    [
        (Details("Somebody Else", nhs_number=JOHN.nhs_number), "Same NHS number"),
        (Details("John Smith", JOHN.born), "Same date of birth, same name"),
        (Details("Smith, John", JOHN.born), "Same date of birth, similar name"),
        (Details("Jon Smyth", JOHN.born), "Same date of birth, similar name"),
        (Details("John Smith-Jones", JOHN.born), "Same date of birth, similar name"),
        (Details("JOHN SMITH", date(1970, 4, 3)), "Similar name, day and month of birth the other way round"),
        (Details("John Smith", reference="x"), "Same name, and a date of birth is missing"),
        (Details("Smith John", reference="x"), "Same name, and a date of birth is missing"),
        (Details("Jon Smith", date(1990, 1, 1), email="JOHN@post.example"), "Same e-mail, similar name"),
        (Details("Jon Smith", date(1990, 1, 1), phone="(01632) 960999"), "Same phone number, similar name"),
    ],
)
def test_who_may_be_the_same_person_is_shown(clara: Account, details: Details, why: str) -> None:
    (found,) = likely(clara, details)
    assert (found.patient.name, found.why) == ("John Smith", why)
    assert found.certain == (why == "Same NHS number")


@pytest.mark.parametrize(
    "details",
    [
        Details("John Smith", date(1999, 9, 9)),  # a common name, another day
        Details("Mary Poppins", JOHN.born),  # a common day, another name
        Details("Joan Smithers", reference="x"),
        Details("Mary Poppins", reference="x", email=JOHN.email, phone=JOHN.phone),  # one household
        replace(JOHN, nhs_number="9434765870"),  # two numbers are two people
    ],
)
def test_another_person_is_not_held_up(clara: Account, details: Details) -> None:
    assert likely(clara, details) == ()


def test_a_record_is_not_its_own_duplicate(clara: Account) -> None:
    john = patients.find(clara, "john")[0]
    assert likely(clara, JOHN, but=john.id) == ()


def test_the_surest_comes_first(clara: Account) -> None:
    patients.create(clara, Details("John Smith", reference="x"))
    patients.create(clara, Details("Other Name", nhs_number="9434765870"))
    whys = [each.why for each in likely(clara, replace(JOHN, nhs_number="9434765870"))]
    assert whys == ["Same NHS number", "Same name, and a date of birth is missing"]


def test_the_clinic_next_door_has_its_own_people(app: Flask, cast: Cast, clara: Account) -> None:
    assert likely(db.session.get_one(Account, cast.neighbour), JOHN) == ()
