"""A paper sheet is copied into the diary without loss."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, AuditEvent, Concern, DiaryDay, Handout
from clinic_app.models.diary import Done
from clinic_app.services import handouts
from clinic_app.staff import diary as view
from tests.cast import Cast
from tests.diaries import DAY, diary, diary_url, entries, feel, names, paper_url, tick
from tests.forms import fields
from tests.issuing import NOW, Issued, edition_two

pytestmark = pytest.mark.usefixtures("after_the_sheet")


def test_a_usual_sheet_takes_ten_presses(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    """Without scripts each press saves: all of six rows, two days taken back, and the soreness with the last one."""
    url = paper_url(issued)
    page = clara.get(url).text
    rows = re.findall(r'name="fill" value="(row [^"]+)"', page)
    assert len(rows) == 6
    presses = 0
    for row in rows:
        page = clara.get(url).text
        sent = {**fields(page), "tick": ticked(page), "fill": row}
        assert clara.post(url, data=sent).location.endswith("/diary/paper?edition=1")
        presses += 1
    page = clara.get(url).text
    assert sorted(ticked(page)) == sorted(names(page))
    gone = [name for name in ticked(page) if name.startswith("bridge.2026-11-23.")]
    kept = [name for name in ticked(page) if name not in gone]
    answer = clara.post(url, data={**fields(page), "tick": kept, "sore.2026-11-24": "3"})
    assert answer.location.endswith("/diary")
    assert presses + len(gone) + 2 <= 11
    written = entries(app)
    assert len(written) == len(kept)
    assert set(written.values()) == {("done", "paper")}
    assert ("bridge", DAY, 1) not in written
    with app.app_context():
        day = db.session.scalars(select(DiaryDay)).one()
        assert (day.day, day.pain_after, day.source, day.address_id) == (date(2026, 11, 24), 3, "paper", None)
        assert day.account_id is not None
        copied = db.session.scalars(select(AuditEvent).filter_by(action="diary.copy_paper")).all()
        assert len(copied) == 7
    assert "from paper" in clara.get(diary_url(issued)).text


def ticked(page: str) -> list[str]:
    return [
        found[1]
        for each in re.findall(r"<input[^>]*>", page)
        if (found := re.search(r'name="tick" value="([^"]+)"', each)) and " checked" in each
    ]


def test_a_whole_row_is_taken_back_by_the_same_button(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    url = paper_url(issued)
    for expected in (True, False):
        page = clara.get(url).text
        clara.post(url, data={**fields(page), "tick": ticked(page), "fill": f"day {DAY}"})
        assert bool(entries(app)) is expected
        assert {day for _, day, _ in entries(app)} <= {DAY}


def test_what_the_phone_says_stays_unless_paper_is_chosen(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    with diary(app, issued) as programme:
        tick(programme, "bridge", DAY, Done.NOT_TODAY)
        tick(programme, "cat-cow", DAY, Done.DONE)
        feel(programme, DAY, 5, 4, note="Mine")
    url = paper_url(issued)
    page = clara.get(url).text
    assert "not today, by phone" in page
    assert names(page, "over") == [f"bridge.{DAY}.1"]
    clara.post(url, data={**fields(page), "tick": names(page), "fill": "all"})
    clara.post(url, data={**fields(page), "tick": [f"bridge.{DAY}.1", f"cat-cow.{DAY}.1"]})
    found = entries(app)
    assert found["bridge", DAY, 1] == ("not_today", "phone")
    assert found["cat-cow", DAY, 1] == ("done", "phone")
    page = clara.get(url).text
    clara.post(url, data={**fields(page), "tick": ticked(page), "over": f"bridge.{DAY}.1"})
    assert entries(app)["bridge", DAY, 1] == ("done", "paper")
    with app.app_context():
        day = db.session.scalars(select(DiaryDay)).one()
        assert (day.pain_before, day.pain_after, day.note, day.source) == (5, 4, "Mine", "phone")
    page = clara.get(url).text
    clara.post(url, data={**fields(page), "tick": ticked(page), f"sore.{DAY}": "7"})
    with app.app_context():
        day = db.session.scalars(select(DiaryDay)).one()
        assert (day.pain_before, day.pain_after, day.note, day.source) == (5, 7, "Mine", "paper")
        assert [each.kind for each in db.session.scalars(select(Concern))] == ["high_pain"]


def test_a_phone_that_wrote_meanwhile_is_not_overwritten(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    page = clara.get(paper_url(issued)).text
    with diary(app, issued) as programme:
        tick(programme, "bridge", DAY, Done.PARTLY)
    sent = {**fields(page), "tick": [f"bridge.{DAY}.1", f"cat-cow.{DAY}.1"]}
    answer = clara.post(paper_url(issued), data=sent, follow_redirects=True)
    assert "1 tick copied from paper. 1 tick left out" in answer.text
    assert entries(app)["bridge", DAY, 1] == ("partly", "phone")


def test_two_people_copy_the_same_sheet_and_lose_nothing(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    url = paper_url(issued)
    first, second = clara.get(url).text, clara.get(url).text
    clara.post(url, data={**fields(first), "tick": [f"bridge.{DAY}.1"], f"sore.{DAY}": "2"})
    clara.post(url, data={**fields(second), "tick": [f"cat-cow.{DAY}.1"]})
    clara.post(url, data={**fields(second), "tick": [f"cat-cow.{DAY}.1"]})
    assert set(entries(app)) == {("bridge", DAY, 1), ("cat-cow", DAY, 1)}
    with app.app_context():
        assert db.session.scalars(select(DiaryDay)).one().pain_after == 2
    page = clara.get(url).text
    clara.post(url, data={**fields(page), "tick": [], f"sore.{DAY}": ""})
    assert entries(app) == {}
    with app.app_context():
        assert db.session.scalars(select(DiaryDay)).all() == []


def test_days_to_come_cannot_be_ticked(
    app: Flask, clara: FlaskClient, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "utc_now", lambda: NOW)
    page = clara.get(paper_url(issued)).text
    assert {name.split(".")[1] for name in names(page)} == {str(DAY)}
    tomorrow = DAY + timedelta(days=1)
    clara.post(
        paper_url(issued),
        data={"tick": [f"bridge.{tomorrow}.1", f"nothing.{DAY}.1", f"bridge.{DAY}.99", "x"], f"sore.{tomorrow}": "3"},
    )
    assert entries(app) == {}
    with app.app_context():
        assert db.session.scalars(select(DiaryDay)).all() == []


def test_soreness_that_is_no_number_keeps_what_was_ticked(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    for wrong in ("11", "-1", "x", "٣"):
        sent = {"tick": f"bridge.{DAY}.1", f"sore.{DAY}": wrong, "before": ""}
        answer = clara.post(paper_url(issued), data=sent)
        assert answer.status_code == 422
        assert "Please write a number from 0 to 10" in answer.text
        assert ticked(answer.text) == [f"bridge.{DAY}.1"]
        assert f'value="{wrong}"' in answer.text
    assert entries(app) == {}


def test_a_withdrawn_edition_and_the_next_sheet_share_their_days(
    app: Flask, clara: FlaskClient, cast: Cast, issued: Issued
) -> None:
    with diary(app, issued) as programme:
        clinician = db.session.get_one(Account, cast.clinician)
        handouts.withdraw(clinician, db.session.get_one(Handout, issued.id), "Wrong side")
        db.session.commit()
        edition_two(clinician, programme)
    for edition in ("1", "2"):
        page = clara.get(f"{paper_url(issued)}?edition={edition}").text
        answer = clara.post(paper_url(issued), data={**fields(page), "tick": [*ticked(page), f"bridge.{DAY}.1"]})
        assert answer.status_code == 303
    assert list(entries(app)) == [("bridge", DAY, 1)]
    assert ticked(clara.get(f"{paper_url(issued)}?edition=2").text) == [f"bridge.{DAY}.1"]
