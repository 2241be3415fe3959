"""What stands in a diary, and the pages of the staff that show it, in one word each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import DiaryDay, DiaryEntry, Programme
from clinic_app.models.diary import Done, Source
from clinic_app.rendering import content
from clinic_app.services.patient_page import read
from tests.issuing import NOW, Issued

DAY = date(2026, 11, 23)  # the day of edition 1
LATER = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)


@contextmanager
def diary(app: Flask, issued: Issued) -> Iterator[Programme]:
    """The programme, to write into its diary; committed at the end, so that no request shares the transaction."""
    with app.app_context():
        yield db.session.get_one(Programme, issued.programme_id)
        db.session.commit()


def tick(programme: Programme, slug: str, day: date, done: str = Done.DONE, turn: int = 1, **more: object) -> None:
    latest = programme.latest
    assert latest is not None
    values = {"handout_id": latest.id, "source": Source.PHONE, "written_at": NOW} | more
    db.session.add(
        DiaryEntry(
            clinic_id=programme.clinic_id,
            programme_id=programme.id,
            exercise=slug,
            day=day,
            turn=turn,
            done=done,
            **values,
        )
    )


def feel(programme: Programme, day: date, before: int | None, after: int | None, **more: object) -> None:
    latest = programme.latest
    assert latest is not None
    values = {"worse": False, "note": "", "source": Source.PHONE} | more
    db.session.add(
        DiaryDay(
            clinic_id=programme.clinic_id,
            programme_id=programme.id,
            handout_id=latest.id,
            day=day,
            pain_before=before,
            pain_after=after,
            written_at=NOW,
            **values,
        )
    )


def said_in(programme: Programme) -> content.Handout:
    return read(programme.handouts[0].snapshot)


def diary_url(issued: Issued) -> str:
    return f"/staff/programmes/{issued.programme_id}/diary"


def paper_url(issued: Issued) -> str:
    return f"{diary_url(issued)}/paper"


def names(page: str, field: str = "tick") -> list[str]:
    """The boxes of the page that can be ticked."""
    return [
        found[1]
        for each in re.findall(r"<input[^>]*>", page)
        if (found := re.search(rf'name="{field}" value="([^"]+)"', each)) and " disabled" not in each
    ]


def entries(app: Flask) -> dict[tuple[str, date, int], tuple[str, str]]:
    with app.app_context():
        return {
            (row.exercise, row.day, row.turn): (row.done, row.source) for row in db.session.scalars(select(DiaryEntry))
        }
