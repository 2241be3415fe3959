"""The clinic's side of the diary: the chart says what the rows say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, DiaryEntry, Programme
from clinic_app.models.diary import Done, Source
from clinic_app.services import addresses, diary_review
from tests.cast import Cast
from tests.counting import questions
from tests.diaries import DAY, diary, diary_url, entries, feel, paper_url, said_in, tick
from tests.issuing import NOW, Issued, edition_two

pytestmark = pytest.mark.usefixtures("after_the_sheet")


# What was done


def test_the_chart_has_one_shape_for_each_row_of_the_database(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    with diary(app, issued) as programme:
        asked = {each.slug: each.dosage.times_per_day.minimum for each in said_in(programme).exercises}
        for number, slug in enumerate(asked):
            for turn in range(1, asked[slug] + 1):
                tick(programme, slug, DAY + timedelta(days=number), turn=turn)
            tick(programme, slug, DAY + timedelta(days=number + 1), Done.PARTLY)
            tick(programme, slug, DAY + timedelta(days=number + 3), Done.NOT_TODAY)
    days = {(slug, day): done for (slug, day, _), (done, _) in entries(app).items()}
    page = clara.get(diary_url(issued)).text
    drawn = Counter(re.findall(r'data-state="(\w+)"', page))
    assert {state: drawn[state] for state in Done} == {state: list(days.values()).count(state) for state in Done}
    assert set(drawn) == {*Done, "nothing"}
    # The days with a sheet: 23 November to 10 December. Nothing is drawn where nothing was asked.
    assert sum(drawn.values()) == len(asked) * 18
    table = page.partition("The same as a table")[2].partition("<tfoot>")[0]
    assert table.count("<tr>") == 28 + 1
    told = Counter(re.findall(r"<td>([^<]*)</td>", table))
    assert told["nothing written"] == drawn["nothing"]
    assert told["not on the sheet"] == len(asked) * 10


def test_a_cell_says_how_often_of_how_many() -> None:
    def entry(done: str, source: str = Source.PHONE) -> DiaryEntry:
        return DiaryEntry(done=done, source=source)

    def said(asked: int, *written: DiaryEntry) -> tuple[str, str]:
        cell = diary_review.cell(DAY, written, asked)
        return cell.state, cell.words

    assert said(1) == ("", "nothing written")
    assert said(1, entry("done")) == ("done", "done")
    assert said(1, entry("not_today")) == ("not_today", "not today")
    assert said(2, entry("done")) == ("partly", "1 done of 2")
    assert said(2, entry("done"), entry("not_today")) == ("partly", "1 done, 1 not today of 2")
    assert said(2, entry("done"), entry("done")) == ("done", "2 done of 2")
    assert said(1, entry("done", Source.PAPER)) == ("done", "done, from paper")


def test_a_tick_that_was_taken_back_says_nothing(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    with diary(app, issued) as programme:
        tick(programme, "bridge", DAY, "")
    assert "Nothing written yet" in clara.get(diary_url(issued)).text


def test_words_count_days_and_give_no_grade(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    with diary(app, issued) as programme:
        for number in range(9):
            tick(programme, "bridge", DAY + timedelta(days=number))
        feel(programme, DAY, 3, 7, worse=True, note="Stairs <b>hurt</b>")
        feel(programme, DAY + timedelta(days=1), None, 4)
        addresses.present(programme).last_opened_at = NOW
    page = clara.get(diary_url(issued)).text
    for words in (
        "Written on 9 of 18 days",
        "Stairs &lt;b&gt;hurt&lt;/b&gt;",
        "pain 3 before, 7 after",
        "Worse than the day before",
        "Last opened 23 November 2026, 10:42",
        "On the phone: 9 days",
        "From paper: 0 days",
        "not written",
    ):
        assert words in page
    main = page.partition("<main")[2]
    assert "%" not in main
    assert "danger" not in main


def test_which_edition_was_followed_when(
    app: Flask, clara: FlaskClient, cast: Cast, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.issuing.NOW", datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    with diary(app, issued) as programme:
        for turn in (1, 2):
            tick(programme, "cat-cow", DAY, turn=turn)
        next(row for row in programme.rows if row.exercise.slug == "cat-cow").is_removed = True
        edition_two(db.session.get_one(Account, cast.clinician), programme)
        tick(programme, "bridge", date(2026, 12, 2))
    page = clara.get(diary_url(issued)).text
    assert "23 November 2026 to 30 November 2026" in page
    assert "from 1 December 2026" in page
    assert page.count(">Edition 2<") >= 2
    with diary(app, issued) as programme:
        stopped = diary_review.review(programme, programme.account.clinic, date(2026, 12, 10)).rows[-1]
    assert stopped.name == "Cat and cow"
    states = {cell.day: cell.state for cell in stopped.cells}
    assert (states[DAY], states[date(2026, 11, 30)], states[date(2026, 12, 2)]) == (Done.DONE, "", diary_review.OFF)
    # The older sheet is still there to be copied.
    assert "Cat and cow" in clara.get(f"{paper_url(issued)}?edition=1").text
    assert "Cat and cow" not in clara.get(paper_url(issued)).text
    assert clara.get(f"{paper_url(issued)}?edition=3").status_code == 404


def test_empty_diaries_lead_on(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    page = clara.get(diary_url(issued)).text
    assert "Nothing written yet" in page
    assert paper_url(issued) in page
    with diary(app, issued) as programme:
        tick(programme, "bridge", DAY)
    page = clara.get(f"{diary_url(issued)}?until=2026-11-10").text
    assert "Nothing was written on these days" in page
    for odd in ("x", "9999-12-31", "0001-01-01", "2026-02-30"):
        assert "Written on 1 of 18 days" in clara.get(f"{diary_url(issued)}?until={odd}").text


def test_a_programme_without_an_edition(app: Flask, clara: FlaskClient, cast: Cast) -> None:
    clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"})
    with app.app_context():
        newest = db.session.scalars(select(Programme.id).order_by(Programme.id.desc())).first()
    assert "Nothing to write in yet" in clara.get(f"/staff/programmes/{newest}/diary").text
    assert "No sheet yet" in clara.get(f"/staff/programmes/{newest}/diary/paper").text
    assert clara.post(f"/staff/programmes/{newest}/diary/paper", data={"tick": "x"}).status_code == 404


def test_a_year_of_entries_asks_no_more_than_a_day(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    with diary(app, issued) as programme:
        tick(programme, "bridge", DAY)
        feel(programme, DAY, 3, 4)
        slugs = [each.slug for each in said_in(programme).exercises]
    with questions(app) as few:
        clara.get(diary_url(issued))
    with diary(app, issued) as programme:
        for number in range(1, 365):
            feel(programme, DAY - timedelta(days=number), 3, 4, note="As before")
            for slug in slugs:
                tick(programme, slug, DAY - timedelta(days=number))
    with questions(app) as many:
        page = clara.get(diary_url(issued)).text
    assert len(many) == len(few) <= 20
    assert "Written on 11 of 28 days" in page


def test_it_is_linked_from_the_editions_and_the_record(clara: FlaskClient, cast: Cast, issued: Issued) -> None:
    for page in (f"/staff/programmes/{issued.programme_id}/editions", f"/staff/patients/{cast.patient}"):
        assert diary_url(issued) in clara.get(page).text
