"""A patient's phone on which Ada's programme was opened."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.issuing import Issued
from tests.patient_phone import Phone, opened
from tests.sending import plain_pages


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pages are made of what the test issues: the patient's page comes from the snapshot."""
    plain_pages(monkeypatch)


@pytest.fixture
def programme_id(issued: Issued, unprinted: None) -> int:
    """Ada's programme, edition 1."""
    return issued.programme_id


@pytest.fixture
def phone(app: Flask, programme_id: int) -> Phone:
    return opened(app, programme_id)
