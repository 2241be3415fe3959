"""Runs migrations on the application's own database: all of one run or nothing of it."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from clinic_app.database import db


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite(connection: Connection) -> None:
    # A table that is rebuilt with foreign keys on silently deletes the rows that point at it. The switch works only
    # outside a transaction, so it is thrown on the raw connection before the first BEGIN.
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("the connection is closed")
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        migrate(connection)
        connection.commit()
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows point at nothing after the migration: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


with db.engine.connect() as opened:
    if opened.dialect.name == "sqlite":
        migrate_sqlite(opened)
    else:
        migrate(opened)
        opened.commit()
