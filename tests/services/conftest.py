"""Who works in the tests of the services, and what stands on their desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from clinic_app.database import db
from clinic_app.models import Account, Patient, Programme
from tests.cast import Cast
from tests.issuing import started_programme


@pytest.fixture
def clara(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        yield db.session.get_one(Account, cast.clinician)


@pytest.fixture
def colin(clara: Account, cast: Cast) -> Account:
    return db.session.get_one(Account, cast.colleague)


@pytest.fixture
def six(clara: Account, cast: Cast) -> Programme:
    """Low back, six exercises, under three headings of two."""
    started = started_programme(clara, db.session.get_one(Patient, cast.patient))
    db.session.commit()
    return started
