"""A paper sheet copied by keyboard alone: a row with one press, one tick taken back by arrows, soreness, saved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import DiaryDay, DiaryEntry
from clinic_app.staff import diary
from tests.browser.person import Person
from tests.issuing import Issued

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_sheet_is_copied_by_keyboard(
    app: Flask, issued: Issued, clara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diary, "utc_now", lambda: datetime(2026, 12, 10, 9, 0, tzinfo=UTC))
    clara.go(f"/staff/programmes/{issued.programme_id}/diary/paper")
    keys, tab = clara.tab.keyboard, clara.tab
    expect(tab.get_by_text("0 ticks on this page")).to_be_visible()
    clara.find("All of Bridge").focus()
    keys.press("Enter")
    bridges = tab.get_by_role("checkbox", name="Bridge, ")
    ticked = bridges.count()
    expect(tab.get_by_text(f"{ticked} ticks on this page")).to_be_visible()
    bridges.first.focus()
    keys.press("ArrowRight")
    keys.press("Space")
    expect(tab.get_by_text(f"{ticked - 1} ticks on this page")).to_be_visible()
    tab.get_by_label("Soreness, Monday 23 November").focus()
    keys.type("4")
    keys.press("Enter")
    expect(tab.get_by_text(f"{ticked - 1} ticks copied from paper.")).to_be_visible()
    with app.app_context():
        days = {entry.day.isoformat() for entry in db.session.scalars(select(DiaryEntry))}
        assert len(days) == 13
        assert "2026-11-24" not in days
        assert db.session.scalars(select(DiaryDay)).one().pain_after == 4
