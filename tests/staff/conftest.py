"""Who is signed in, and what was given out before."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_app.staff import diary
from tests.cast import Cast, sign_in
from tests.diaries import LATER
from tests.issuing import Issued
from tests.sending_desk import Desk, at_the_desk


@pytest.fixture
def clara(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Clara")


@pytest.fixture
def desk(app: Flask, cast: Cast, issued: Issued) -> Desk:
    return at_the_desk(app, cast, issued)


@pytest.fixture
def after_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 10 December, long after all 14 days of the sheet."""
    monkeypatch.setattr(diary, "utc_now", lambda: LATER)
