"""What tests begin with, made once a run and copied for each: to invite the cast or to print takes longer than a test.

Each stage stands on a copy of the one before: an empty database, the cast in it, Ada's first handout issued.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.rendering.pool import Pool
from tests import postgres_server
from tests.cast import Cast, invite
from tests.issuing import Issued, issued_handout
from tests.settings import config

SQLITE_FILE = "clinic.sqlite3"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database and the folder with the files of its service; a SQLite database is one of the files."""

    database_url: str
    folder: Path
    cast: Cast | None = None
    issued: Issued | None = None

    @contextmanager
    def copied(self, folder: Path) -> Iterator[str]:
        """Copy the database and its files to `folder`, and give the copy's URL."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        if self.database_url.startswith("sqlite"):
            yield f"sqlite:///{folder / SQLITE_FILE}"
            return
        with postgres_server.database(make_url(self.database_url), copy=True) as address:
            yield address.render_as_string(hide_password=False)


@dataclass
class Stages:
    """The stages of one kind of database, each made when the first test asks for it; `closing` drops them."""

    empty_database: Callable[[Path], str]
    new_folder: Callable[[str], Path]
    pool: Pool
    closing: ExitStack

    @cached_property
    def empty(self) -> Prepared:
        folder = self.new_folder("empty")
        made = Prepared(self.empty_database(folder), folder)
        with self._service(made):
            upgrade()
        return made

    @cached_property
    def peopled(self) -> Prepared:
        made = self._copy(self.empty, "peopled")
        with self._service(made):
            people = invite()
            db.session.commit()
        return replace(made, cast=people)

    @cached_property
    def issued(self) -> Prepared:
        made = self._copy(self.peopled, "issued")
        assert made.cast
        with self._service(made) as app:
            return replace(made, issued=issued_handout(app, made.cast))

    def _copy(self, stage: Prepared, name: str) -> Prepared:
        folder = self.new_folder(name)
        return replace(stage, database_url=self.closing.enter_context(stage.copied(folder)), folder=folder)

    @contextmanager
    def _service(self, made: Prepared) -> Iterator[Flask]:
        app = create_app(config(made.folder, made.database_url))
        app.extensions["render_pool"] = self.pool
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()  # PostgreSQL copies only a database that nobody uses
