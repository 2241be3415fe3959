"""Accounts: one person one address, a password worth having, and a hash that tells nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Clinic
from clinic_app.models.account import Role
from clinic_app.services import accounts
from tests.cast import PASSWORD, Cast


@pytest.fixture
def clinic(app: Flask, cast: Cast) -> Iterator[Clinic]:
    with app.app_context():
        yield db.session.scalars(select(Clinic).filter_by(slug="harbour")).unique().one()


def made(clinic: Clinic, email: str = "new@clinic.example", password: str = PASSWORD) -> Account:
    return accounts.create(clinic, email=email, name="Nina New", password=password, role=Role.CLINICIAN)


def test_a_new_account_can_sign_in_and_belongs_to_its_clinic(app: Flask, clinic: Clinic) -> None:
    account = made(clinic)
    db.session.commit()
    assert account.clinic_id == clinic.id
    assert account.active
    assert not account.is_manager
    assert app.test_client().post(
        "/sign-in", data={"email": "new@clinic.example", "password": PASSWORD}
    ).status_code in {302, 303}


def test_the_password_is_kept_as_an_argon2_hash(clinic: Clinic) -> None:
    one, two = made(clinic, "one@clinic.example"), made(clinic, "two@clinic.example")
    assert one.password
    assert one.password.startswith("$argon2id$")
    assert PASSWORD not in one.password
    assert one.password != two.password, "the same password gives the same hash: there is no salt"
    assert verify_password(PASSWORD, one.password)
    assert one.fs_uniquifier != two.fs_uniquifier


@pytest.mark.parametrize(
    "email", ["", "nina", "nina@", "@clinic.example", "a b@clinic.example", "nina@clinic", "n@x..example"]
)
def test_what_is_no_address_is_refused(clinic: Clinic, email: str) -> None:
    with pytest.raises(NotAllowed, match="is not an e-mail address"):
        made(clinic, email)


@pytest.mark.parametrize("email", ["clara@clinic.example", "CLARA@clinic.example", "Clara@Clinic.Example"])
def test_an_address_is_taken_once_in_any_spelling_and_any_clinic(clinic: Clinic, email: str) -> None:
    hillside = db.session.scalars(select(Clinic).filter_by(slug="hillside")).unique().one()
    for each in (clinic, hillside):
        with pytest.raises(NotAllowed, match="already an account"):
            made(each, email)


@pytest.mark.parametrize(("length", "fits"), [(0, False), (14, False), (15, True), (128, True), (129, False)])
def test_the_length_of_a_password(clinic: Clinic, length: int, fits: bool) -> None:
    password = ("pass word ż" * 12)[:length]
    if fits:
        assert made(clinic, password=password).id
        return
    with pytest.raises(NotAllowed, match=f"15 to 128 characters; this one has {length}"):
        made(clinic, password=password)


def test_a_refusal_leaves_no_row(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        made(clinic, password="short")
    assert db.session.scalars(select(Account).filter_by(email="new@clinic.example")).first() is None
