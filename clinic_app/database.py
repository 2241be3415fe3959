"""The database: one declarative base, one UTC datetime type, and the SQLite settings that lose nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

# WAL lost writes in SQLite libraries before this one (the WAL-reset bug); older ones keep the rollback journal.
FIRST_SQLITE_WITH_SAFE_WAL = (3, 51, 3)
BUSY_TIMEOUT_MS = 30_000  # the import of 10,000 exercises writes for about 13 s

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC on every database; a naive one is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # The map sits on the registry: Flask-SQLAlchemy refuses one on the class.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON},
    )
    metadata = registry.metadata


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


def utc_now() -> datetime:
    return datetime.now(UTC)


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """How Alembic writes our column types: as the plain type below them, since migrations import no models."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else f"sa.{type(item.impl).__name__}()"
    return False


_reading: ContextVar[bool] = ContextVar("reading", default=False)


def set_reading(reading: bool) -> None:
    """Transactions that begin from here on in this context may only read, or may write."""
    _reading.set(reading)


@contextmanager
def reading() -> Iterator[None]:
    """A read-only transaction of its own inside a request that writes later.

    Long work (making the pages) happens in it without holding the write lock of SQLite.
    """
    db.session.rollback()
    before = _reading.get()
    _reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _reading.set(before)


def rest() -> None:
    """End a transaction that only reads before long work, so that nobody's commit waits for it (SQLite).

    Rows are read again when they are used afterwards: take the values that must belong together beforehand.
    """
    if _reading.get():
        db.session.rollback()


def prepare_engine(engine: Engine) -> None:
    """Set up connections of `engine`: transactions that only read refuse to write; SQLite keeps what it commits."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "checkin", _end_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _connect_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves, so that DDL is transactional too
    cursor = connection.cursor()
    wal = sqlite3.sqlite_version_info >= FIRST_SQLITE_WITH_SAFE_WAL
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _end_sqlite(connection: sqlite3.Connection | None, _record: object) -> None:
    # A COMMIT that found the database busy leaves its transaction open, and SQLAlchemy takes it for ended: the
    # connection would go back to the pool with its locks, and no request could write until the next start.
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin_sqlite(connection: Any) -> None:
    # A plain BEGIN that turns into a write fails at once under two writers; IMMEDIATE waits its turn.
    if _reading.get():
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Any) -> None:
    if _reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
