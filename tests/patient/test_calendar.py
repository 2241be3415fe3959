"""Reminders: as often as the dose says, at hours a person is awake, and silent about what and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from clinic_app.dosage import Dosage, Hold, HoldUnit, Mode, Range
from clinic_app.services.patient_calendar import slots
from tests.patient_phone import Phone

FIRST, REVIEW = date(2026, 11, 23), date(2026, 12, 7)
TWICE, DAILY = Range(2, 2), Range(7, 7)
EACH_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def dose(times: Range = TWICE, days: Range = DAILY, weeks: Range | None = None) -> Dosage:
    hold = Hold(Range(20, 20), HoldUnit.SECONDS)
    return Dosage(
        mode=Mode.REPS_WITH_HOLD, hold=hold, reps=Range(3, 3), times_per_day=times, days_per_week=days, weeks=weeks
    )


@pytest.mark.parametrize(("times", "hours"), [(1, [9]), (2, [8, 18]), (3, [8, 13, 18]), (4, [8, 12, 16, 20])])
def test_the_times_of_a_day_are_hours_a_person_is_awake(times: int, hours: list[int]) -> None:
    found = slots([dose(Range(times, times))], FIRST, REVIEW)
    assert [each.at for each in found] == [time(hour) for hour in hours]
    assert {each.days for each in found} == {EACH_DAY}


def test_days_a_week_are_so_many_and_a_range_reminds_of_the_lower_number() -> None:
    for days in range(1, 8):
        assert len(slots([dose(days=Range(days, days))], FIRST, REVIEW)[0].days) == days
    (slot,) = slots([dose(Range(1, 2), Range(3, 5))], FIRST, REVIEW)
    assert slot.days == ("MO", "WE", "FR")


def test_an_exercise_with_weeks_ends_with_them_and_any_other_with_the_review() -> None:
    assert slots([dose()], FIRST, REVIEW)[0].until == REVIEW
    assert slots([dose(weeks=Range(6, 6))], FIRST, REVIEW)[0].until == FIRST + timedelta(weeks=6, days=-1)
    mixed = slots([dose(Range(2, 2)), dose(Range(1, 1), weeks=Range(6, 6))], FIRST, REVIEW)
    assert [each.until for each in mixed] == [FIRST + timedelta(weeks=6, days=-1), REVIEW]


def test_what_is_done_less_often_shares_a_reminder() -> None:
    morning, evening = slots([dose(Range(2, 2)), dose(Range(1, 1), Range(3, 3))], FIRST, REVIEW)
    assert (morning.days, evening.days) == (EACH_DAY, EACH_DAY)
    assert morning.minutes >= evening.minutes >= 5


def events(calendar: Any) -> list[Any]:
    return list(calendar.walk("VEVENT"))


def test_the_file_can_be_read_by_a_calendar_and_keeps_the_clinics_clock(phone: Phone) -> None:
    answer = phone.get("calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="exercises.ics"'
    calendar: Any = Calendar.from_ical(answer.data)
    found = events(calendar)
    assert [event.decoded("dtstart").strftime("%H:%M") for event in found] == ["08:00", "18:00"]
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    for event in found:
        begins = event.decoded("dtstart")
        assert begins.date() >= FIRST
        assert event["dtstart"].params["TZID"] == "Europe/London"
        (until,) = event["rrule"]["until"]
        assert until > datetime(2026, 12, 1, tzinfo=UTC)
        assert until.utcoffset() == timedelta(0)


def test_the_file_tells_nobody_what_or_why_and_holds_no_secret(phone: Phone) -> None:
    """A calendar is shown on locked screens and shared in families."""
    text = phone.get("calendar.ics").text.replace("\r\n ", "")
    for word in ("Knee", "back", "Bridge", "Ada", "Example", "Harbour", "#", "physio"):
        assert word not in text, word
    calendar: Any = Calendar.from_ical(text)
    assert {str(event["summary"]) for event in events(calendar)} == {"Your exercises"}
    assert {str(event["url"]) for event in events(calendar)} == {f"https://handouts.example/p/{phone.public_id}"}


def test_the_same_edition_gives_the_same_file(phone: Phone) -> None:
    assert phone.get("calendar.ics").data == phone.get("calendar.ics").data
