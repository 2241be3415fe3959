"""One real application a test, on SQLite and on PostgreSQL, with real print processes and a cast of people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import URL, make_url, text
from sqlalchemy.engine import create_engine

from clinic_app import create_app
from clinic_app.config import Config
from clinic_app.database import db
from clinic_app.rendering.pool import Pool
from tests import postgres_server
from tests.cast import Cast, invite
from tests.pages import CheckedClient

KINDS = ("sqlite", "postgresql")


def config(folder: Path, database_url: str) -> Config:
    return Config(
        data=folder,
        database_url=database_url,
        public_url="https://handouts.example",
        secret_key="a key that only tests use",
        address_key=b"another key that only tests use",
        password_salt="salt",
        testing=True,
    )


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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(config(folder, f"sqlite:///{folder / 'clinic.sqlite3'}"))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return folder / "clinic.sqlite3"


@pytest.fixture(scope="session")
def postgres_template(postgres: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A migrated, empty PostgreSQL database to copy."""
    with postgres_server.database(postgres) as address:
        folder = tmp_path_factory.mktemp("template")
        app = create_app(config(folder, address.render_as_string(hide_password=False)))
        with app.app_context():
            upgrade()
            db.engine.dispose()
        yield address


@pytest.fixture(scope="session")
def sqlite_cast(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """The same file with the people of the tests in it: to invite them takes longer than most tests."""
    copy = tmp_path_factory.mktemp("cast") / "clinic.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return copy, _invited(copy.parent, f"sqlite:///{copy}")


@pytest.fixture(scope="session")
def postgres_cast(postgres_template: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[URL, Cast]]:
    with _copy_of(postgres_template) as address:
        folder = tmp_path_factory.mktemp("cast")
        yield address, _invited(folder, address.render_as_string(hide_password=False))


def _invited(folder: Path, database_url: str) -> Cast:
    app = create_app(config(folder, database_url))
    with app.app_context():
        people = invite()
        db.session.commit()
        db.engine.dispose()
    return people


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind; the people of the tests are in it if the test knows them."""
    peopled = "cast" in request.fixturenames
    if request.param == "sqlite":
        copy = tmp_path / "clinic.sqlite3"
        template = request.getfixturevalue("sqlite_cast")[0] if peopled else request.getfixturevalue("sqlite_template")
        shutil.copyfile(template, copy)
        yield f"sqlite:///{copy}"
        return
    name = request.getfixturevalue("postgres_cast")[0] if peopled else request.getfixturevalue("postgres_template")
    with _copy_of(name) as address:
        yield address.render_as_string(hide_password=False)


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
    kind = "sqlite" if database_url.startswith("sqlite") else "postgres"
    people: Cast = request.getfixturevalue(f"{kind}_cast")[1]
    return people


class _copy_of:  # noqa: N801 - used as a function
    """A copy of a migrated PostgreSQL database, dropped at the end."""

    def __init__(self, template: URL) -> None:
        self.template = template
        self.name = f"copy_{id(self):x}_{make_url(template).database}"[:60]

    def _run(self, statement: str) -> None:
        server = create_engine(self.template.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(statement))
        server.dispose()

    def __enter__(self) -> URL:
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template.database}"')
        return self.template.set(database=self.name)

    def __exit__(self, *_: object) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
