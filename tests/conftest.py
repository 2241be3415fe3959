"""One real application a test, on SQLite and on PostgreSQL, with real print processes and a cast of people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, make_url

from clinic_app import create_app
from clinic_app.database import db, utc_now
from clinic_app.rendering.pool import Pool
from clinic_app.services import addresses
from tests import postgres_server
from tests.cast import Cast
from tests.issuing import NOW, Issued
from tests.pages import CheckedClient
from tests.prepared_databases import SQLITE_FILE, Prepared, Stages
from tests.settings import KINDS, config


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    with postgres_server.server() as address:
        yield address


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Print processes shared by the tests of one run: they hold nothing between documents."""
    made = Pool(size=1, timeout=60)
    yield made
    made.close()


@pytest.fixture(scope="session")
def sqlite_stages(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Iterator[Stages]:
    with ExitStack() as closing:
        yield Stages(lambda folder: f"sqlite:///{folder / SQLITE_FILE}", tmp_path_factory.mktemp, pool, closing)


@pytest.fixture(scope="session")
def postgresql_stages(postgres: URL, tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Iterator[Stages]:
    with ExitStack() as closing:

        def empty_database(_folder: Path) -> str:
            address = closing.enter_context(postgres_server.database(postgres))
            return address.render_as_string(hide_password=False)

        yield Stages(empty_database, tmp_path_factory.mktemp, pool, closing)


def prepared(request: pytest.FixtureRequest, kind: str) -> Prepared:
    """What the test begins with, by what it asks for: an issued handout, the cast, or an empty database."""
    stages: Stages = request.getfixturevalue(f"{kind}_stages")
    if "issued" in request.fixturenames:
        return stages.issued
    return stages.peopled if "cast" in request.fixturenames else stages.empty


@pytest.fixture(scope="session", autouse=True)
def addresses_last() -> Iterator[timedelta]:
    """Tests issue on a fixed day; the addresses of these editions run out 26 weeks after the day the tests run.

    Its value is how long the service lets them last.
    """
    lasts = addresses.LASTS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "LASTS", lasts + (utc_now() - NOW))
        yield lasts


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind."""
    with prepared(request, request.param).copied(tmp_path) as address:
        yield address


@pytest.fixture
def app(database_url: str, tmp_path: Path, pool: Pool) -> Iterator[Flask]:
    made = create_app(config(tmp_path, database_url))
    made.extensions["render_pool"] = pool
    made.test_client_class = CheckedClient
    made.config["WTF_CSRF_ENABLED"] = False  # tests/web/test_forgery.py turns it on again
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def cast(request: pytest.FixtureRequest, database_url: str) -> Cast:
    """The people of the tests, in two clinics."""
    people = prepared(request, make_url(database_url).get_backend_name()).cast
    assert people
    return people


@pytest.fixture
def issued(request: pytest.FixtureRequest, database_url: str) -> Issued:
    """Ada's low-back-six, edition 1, issued by Clara."""
    handout = prepared(request, make_url(database_url).get_backend_name()).issued
    assert handout
    return handout
