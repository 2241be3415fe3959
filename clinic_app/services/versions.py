"""Counting the saves of a row in the database itself, so that of two savers exactly one wins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Branding, Exercise, Patient, Programme, Protocol

Counted = Branding | Exercise | Patient | Programme | Protocol


def save(row: Counted, version: int, conflict: str, **values: Any) -> int:
    """Write `values` into the row if it still has `version`; returns the next version, which the row has then.

    Raises:
        Conflict: saying `conflict`, if somebody saved the row since `version` was shown.
    """
    model = type(row)
    counted = db.session.execute(
        update(model)
        .where(model.id == row.id, model.version == version)
        .values(version=version + 1, **values)
        .execution_options(synchronize_session="fetch")
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(conflict)
    return version + 1
