"""The clinic's side of the diary: the chart says what the rows say, and a paper sheet is copied without loss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, AuditEvent, Concern, DiaryDay, DiaryEntry, Handout, Programme
from clinic_app.models.diary import Done, Source
from clinic_app.rendering import content
from clinic_app.services import addresses, diary_review, handouts
from clinic_app.services.patient_page import read
from clinic_app.staff import diary as view
from tests.cast import Cast, sign_in
from tests.counting import questions
from tests.forms import fields
from tests.issuing import NOW, Issued, edition_two, issued_handout

DAY = date(2026, 11, 23)  # the day of edition 1
LATER = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 10 December, long after all 14 days of the sheet."""
    monkeypatch.setattr(view, "utc_now", lambda: LATER)


@pytest.fixture
def issued(app: Flask, cast: Cast) -> Issued:
    return issued_handout(app, cast)


@pytest.fixture
def clara(app: Flask, issued: Issued) -> FlaskClient:
    return sign_in(app.test_client(), "Clara")


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


# Paper


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
