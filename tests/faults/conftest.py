"""What tests of crashes share: one program that lends processes for the whole run, a mail server, and a web server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_security.utils import hash_password

from clinic_app import create_app
from clinic_app.config import from_environment
from clinic_app.database import db
from clinic_app.models import Account, Patient
from tests.cast import PASSWORD, Cast
from tests.faults.mail_peer import Peer
from tests.faults.processes import Lender, Workers, settings
from tests.faults.web_desk import Desk, open_desk
from tests.faults.world import ADDRESS


@pytest.fixture(scope="session")
def lender() -> Iterator[Lender]:
    with Lender() as program:
        yield program


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as one:
        yield one


@pytest.fixture
def given(database_url: str, tmp_path: Path, peer: Peer) -> dict[str, str]:
    return settings(tmp_path, database_url, peer.port)


@pytest.fixture
def workers(given: dict[str, str], lender: Lender) -> Workers:
    return Workers(lender, given)


@pytest.fixture
def served(given: dict[str, str], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The same service as the web process: it has its keys. Ada can get e-mail; Clara's password is known to it."""
    for name in [name for name in os.environ if name.startswith(("CLINIC_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    made = create_app(from_environment())
    with made.app_context():
        db.session.get_one(Account, cast.clinician).password = hash_password(PASSWORD)
        db.session.get_one(Patient, cast.patient).email = ADDRESS
        db.session.commit()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def desk(served: Flask, given: dict[str, str], lender: Lender) -> Iterator[Desk]:
    """Clara, signed in at `served`."""
    with open_desk(lender, given) as one:
        one.sign_in("Clara")
        yield one
