"""The diary keeps what was written once, lets the later one win, and tells the clinic what needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from clinic_app.database import db
from clinic_app.models import Concern, DiaryDay, DiaryEntry, Handout, PatientAddress, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.services import addresses, diary
from tests.issuing import NOW, Issued

TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
LATER = NOW + 9 * HOUR


@pytest.fixture
def address(app: Flask, issued: Issued) -> Iterator[PatientAddress]:
    """Ada's, whose programme began on 1 November."""
    with app.app_context():
        programme = db.session.get_one(Handout, issued.id).programme
        programme.created_at = datetime(2026, 11, 1, 9, tzinfo=NOW.tzinfo)
        db.session.commit()
        yield addresses.present(programme)


def tick(**values: object) -> dict[str, object]:
    return {
        "day": "2026-11-23",
        "exercise": "bridge",
        "turn": 1,
        "done": "done",
        "written_at": NOW.isoformat(),
    } | values


def felt(**values: object) -> dict[str, object]:
    return {"day": "2026-11-23", "written_at": NOW.isoformat()} | values


def entries() -> list[tuple[str, int, str, int | None]]:
    rows = db.session.scalars(select(DiaryEntry).order_by(DiaryEntry.id))
    return [(row.exercise, row.turn, row.done, row.reps) for row in rows]


def raised() -> list[str]:
    return list(db.session.scalars(select(Concern.kind).order_by(Concern.id)))


def test_the_same_sent_twice_is_kept_once(address: PatientAddress) -> None:
    for _ in range(2):
        said = diary.record(address, [tick(reps=8)], [felt(pain_before=3, note="Stairs hurt.")], LATER)
        assert said == diary.Recorded((diary.Result(kept=True),), (diary.Result(kept=True),))
        db.session.commit()
    assert entries() == [("bridge", 1, "done", 8)]
    written = diary.day(address.programme, TODAY).feeling
    assert written is not None
    assert (written.pain_before, written.pain_after, written.note) == (3, None, "Stairs hurt.")
    assert written.address_id == address.id


def test_the_later_one_written_wins_in_whatever_order_they_come(address: PatientAddress) -> None:
    late, early = tick(done="partly", written_at=(NOW + HOUR).isoformat()), tick(done="done")
    diary.record(address, [late, early], [], LATER)
    diary.record(address, [early], [], LATER)
    assert entries() == [("bridge", 1, "partly", None)]
    diary.record(address, [tick(done="not_today", written_at=(NOW + HOUR).isoformat())], [], LATER)
    assert entries() == [("bridge", 1, "partly", None)], "as old changes nothing"


def test_a_tick_taken_back_does_not_return(address: PatientAddress) -> None:
    diary.record(address, [tick(done="", written_at=(NOW + HOUR).isoformat())], [], LATER)
    diary.record(address, [tick(done="done")], [], LATER)
    assert diary.day(address.programme, TODAY).is_empty


def test_what_is_not_sent_keeps_what_is_stored(address: PatientAddress) -> None:
    diary.record(address, [tick(reps=8)], [felt(pain_before=3, note="Stiff.")], LATER)
    later = {"written_at": (NOW + HOUR).isoformat()}
    diary.record(address, [tick(**later)], [felt(pain_after=2, **later)], LATER)
    assert entries() == [("bridge", 1, "done", 8)]
    written = diary.day(address.programme, TODAY).feeling
    assert written is not None
    assert (written.pain_before, written.pain_after, written.note) == (3, 2, "Stiff.")


def test_a_clock_that_runs_ahead_wins_nothing(address: PatientAddress) -> None:
    diary.record(address, [tick(written_at="2099-01-01T00:00:00Z")], [], NOW)
    diary.record(address, [tick(done="partly")], [], NOW + HOUR)
    assert entries() == [("bridge", 1, "done", None)]
    diary.record(address, [tick(done="partly", written_at=(NOW + HOUR).isoformat())], [], NOW + HOUR)
    assert entries() == [("bridge", 1, "partly", None)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"exercise": "handstand"}, "This exercise is not in your programme."),
        ({"exercise": 7}, "The exercise is missing."),
        ({"day": "2026-11-24"}, "This day has not come yet."),
        ({"day": "2026-11-08"}, "This day is more than 14 days ago. Please tell us at your visit."),
        ({"day": "yesterday"}, "The day could not be read."),
        ({"turn": 3}, "Bridge is for 1 time a day."),
        ({"turn": 13}, "An exercise can be done 1 to 12 times a day here."),
        ({"turn": 0}, "The time of the day is counted from 1."),
        ({"done": "yes"}, "Please choose done, partly or not today."),
        ({"reps": 501}, "Times must be a number from 0 to 500."),
        ({"reps": -1}, "Times must be a number from 0 to 500."),
        ({"written_at": "noon"}, "The time it was written could not be read."),
        ({"written_at": "2026-11-23T10:00:00"}, "The time it was written could not be read."),
    ],
)
def test_a_wrong_entry_is_told_and_the_right_one_beside_it_kept(
    address: PatientAddress, wrong: dict[str, object], reason: str
) -> None:
    said = diary.record(address, [tick(**wrong), tick(exercise="bird-dog")], [], LATER)
    assert [(each.kept, each.reason) for each in said.entries] == [(False, reason), (True, "")]
    assert [row[0] for row in entries()] == ["bird-dog"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"pain_before": 11}, "Pain must be a number from 0 to 10."),
        ({"pain_after": True}, "Pain must be a number from 0 to 10."),
        ({"pain_after": 2.5}, "Pain must be a number from 0 to 10."),
        ({"note": "a" * 2001}, "The note is longer than 2,000 characters. Please make it shorter."),
        ({"worse": "yes"}, "Worse must be yes or no."),
        ({"day": "2026-11-24"}, "This day has not come yet."),
    ],
)
def test_a_wrong_day_is_told(address: PatientAddress, wrong: dict[str, object], reason: str) -> None:
    said = diary.record(address, [], [felt(**wrong), "nonsense", felt(pain_before=2)], LATER)
    assert [each.reason for each in said.days] == [reason, "This entry could not be read.", ""]


def test_a_day_before_the_exercises_began(address: PatientAddress) -> None:
    address.programme.created_at = NOW
    said = diary.record(address, [tick(day="2026-11-22")], [], LATER)
    assert said.reasons == ("This day is before your exercises began.",)


def test_hidden_characters_in_a_note_do_not_reach_the_database(address: PatientAddress) -> None:
    diary.record(address, [], [felt(note="a\x00b\ud800\r\nc")], LATER)
    written = diary.day(address.programme, TODAY).feeling
    assert written is not None
    assert written.note == "a\ufffdb\ufffd\nc"


def test_strong_pain_is_told_once_a_day(address: PatientAddress) -> None:
    assert not diary.record(address, [], [felt(pain_before=5)], LATER).high_pain
    assert raised() == []
    for hour in (1, 2):
        written_at = (NOW + hour * HOUR).isoformat()
        assert diary.record(address, [], [felt(pain_after=6, written_at=written_at)], LATER).high_pain
    assert raised() == [ConcernKind.HIGH_PAIN]


def test_worse_for_more_days_than_the_clinic_waits_is_told_once(address: PatientAddress) -> None:
    def worse(back: int) -> bool:
        return diary.record(
            address, [], [felt(day=(TODAY - timedelta(days=back)).isoformat(), worse=True)], LATER
        ).worse

    assert [worse(back) for back in (0, 1, 2, 4)] == [False] * 4, "three in a row are not more than three"
    assert worse(3), "the gap is closed: five in a row"
    assert worse(0), "and stays told"
    assert raised() == [ConcernKind.WORSE]


def test_an_older_edition_is_still_answered(address: PatientAddress) -> None:
    """A phone without a connection goes on with the edition it has."""
    said = diary.record(address, [tick(written_at=(NOW - HOUR).isoformat())], [], LATER)
    assert said.reasons == ()
    assert db.session.scalars(select(DiaryEntry)).one().handout_id == address.programme.handouts[-1].id


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_older_entry_that_comes_between_takes_no_place(app: Flask, address: PatientAddress) -> None:
    """SQLite lets one write at a time, so nothing comes between there."""
    programme_id = address.programme_id
    came: list[str] = []

    def older() -> None:
        with app.app_context():
            theirs = db.session.scalars(select(PatientAddress).filter_by(programme_id=programme_id)).one()
            diary.record(theirs, [tick(reps=1, written_at=NOW.isoformat())], [], LATER)
            db.session.commit()

    def between(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "diary_entry" in statement and not came:
            came.append(statement)
            other = Thread(target=older)
            other.start()
            other.join(30)

    event.listen(db.engine, "after_cursor_execute", between)
    diary.record(address, [tick(reps=2, written_at=(NOW + HOUR).isoformat())], [], LATER)
    db.session.commit()
    assert came
    assert db.session.scalars(select(DiaryEntry.reps)).all() == [2]


def test_two_phones_at_once_make_one_row(app: Flask, issued: Issued) -> None:
    programme_id = issued.programme_id
    with app.app_context():
        db.session.get_one(Programme, programme_id).created_at = NOW - HOUR
        db.session.commit()
    gate, said = Barrier(4), []

    def write(number: int) -> None:
        with app.app_context():
            gate.wait(30)
            address = db.session.scalars(select(PatientAddress).filter_by(programme_id=programme_id)).one()
            written_at = {"written_at": (NOW + number * HOUR).isoformat()}
            ticked, day = tick(reps=number, **written_at), felt(pain_after=7, **written_at)
            said.append(diary.record(address, [ticked], [day], LATER))
            db.session.commit()

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        assert [each.reasons for each in said] == [()] * 4
        assert db.session.scalars(select(DiaryEntry.reps)).all() == [3]
        assert db.session.scalar(select(func.count()).select_from(DiaryDay)) == 1
        assert raised() == [ConcernKind.HIGH_PAIN]
