"""Each migration is tried up, down and up again, with rows in the tables, and ends where the models are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from clinic_app import create_app, models
from clinic_app.database import db, plain_type
from clinic_app.places import MIGRATIONS
from tests import postgres_server
from tests.cast import invite
from tests.settings import KINDS, config


@pytest.fixture(params=KINDS)
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without a single table."""
    if request.param == "sqlite":
        yield create_app(config(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
        return
    with postgres_server.database(request.getfixturevalue("postgres")) as address:
        app = create_app(config(tmp_path, address.render_as_string(hide_password=False)))
        yield app
        with app.app_context():
            db.engine.dispose()


def revisions() -> list[str]:
    script = ScriptDirectory(str(MIGRATIONS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def test_migrations_are_one_line() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_each_goes_up_and_down_and_up_again(empty_app: Flask) -> None:
    with empty_app.app_context():
        for revision in revisions():
            upgrade(revision=revision)
            downgrade(revision="-1")
            upgrade(revision=revision)
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert left == set()


def test_down_from_a_full_database_and_up_again(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        invite()
        db.session.commit()
        downgrade(revision="base")
        upgrade()
        assert db.session.scalar(text("SELECT count(*) FROM clinic")) == 0


def test_the_head_is_what_the_models_say(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "render_item": plain_type})
            assert compare_metadata(context, models.Clinic.metadata) == []


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, broken)
    script = next(broken.glob("versions/0001_*.py"))
    head = "def upgrade() -> None:\n"
    failing = f"{head}    _real()\n    op.execute('SELECT nothing FROM nowhere')\n\n\ndef _real() -> None:\n"
    script.write_text(script.read_text().replace(head, failing, 1))
    with empty_app.app_context():
        # Flask-Migrate answers an error of the database by ending the process.
        with pytest.raises(Exception, match="nowhere"):
            upgrade(directory=str(broken))
        db.engine.dispose()
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
