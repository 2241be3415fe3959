"""A patient's phone on which Ada's programme was opened."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.issuing import issued_handout
from tests.patient_phone import Phone, opened
from tests.sending import plain_pages


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pages are made at issuing: the patient's page comes from the snapshot."""
    plain_pages(monkeypatch)


@pytest.fixture
def issued(app: Flask, cast: Cast, unprinted: None) -> int:
    """The id of Ada's programme, edition 1."""
    return issued_handout(app, cast).programme_id


@pytest.fixture
def phone(app: Flask, issued: int) -> Phone:
    return opened(app, issued)
