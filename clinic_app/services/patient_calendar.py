"""Reminders by the dosage, for the calendar of the patient's phone, where others look over the shoulder.

So an event says "Your exercises", how long and whom to call, and nothing of which or why. Its link has no secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from icalendar import Alarm, Calendar, Event, Timezone, vDuration, vRecur

from clinic_app.dosage.session import minutes
from clinic_app.dosage.value import Dosage
from clinic_app.models import PatientAddress
from clinic_app.services.patient_page import Shown

TITLE = "Your exercises"
# Hours of the clinic's clock, by how many times a day. More often than that: spread from 8 to 20.
HOURS = {1: (9,), 2: (8, 18), 3: (8, 13, 18)}
FIRST_HOUR, LAST_HOUR = 8, 20
# RFC 5545 names, with a rest day between as far as there are any, by how many days a week.
DAYS = {
    1: ("MO",),
    2: ("MO", "TH"),
    3: ("MO", "WE", "FR"),
    4: ("MO", "TU", "TH", "FR"),
    5: ("MO", "TU", "WE", "TH", "FR"),
    6: ("MO", "TU", "WE", "TH", "FR", "SA"),
    7: ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}
SHORTEST = 5  # minutes
# How often a calendar program is asked to look again (RFC 7986, 5.7). Many look when they like.
FETCHED, FETCHED_WHEN_EMPTY = timedelta(hours=4), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of the day: on `days` at `at` for `minutes`, until the end of `until`."""

    at: time
    days: tuple[str, ...]
    minutes: int
    until: date


def slots(dosages: Sequence[Dosage], first: date, otherwise: date) -> tuple[Slot, ...]:
    """When to be reminded. Of a range the lower number: the rest is the patient's choice.

    An exercise with a number of weeks is reminded of for that long from `first`, any other until `otherwise`.
    """
    most = max((each.times_per_day.minimum for each in dosages), default=0)
    found = []
    for number, at in enumerate(_times(most), start=1):
        due = [each for each in dosages if each.times_per_day.minimum >= number]
        days = DAYS[max(each.days_per_week.minimum for each in due)]
        until = max(_last_day(each, first, otherwise) for each in due)
        found.append(Slot(at, days, max(minutes(due), SHORTEST), until))
    return tuple(found)


def reminders(shown: Shown, address: PatientAddress) -> bytes:
    """The calendar as a file (RFC 5545). The same edition always gives the same bytes and event ids.

    Raises:
        ValueError: if there is no current edition.
    """
    if not shown.is_current:
        raise ValueError("Only a current edition has reminders.")
    return _written(_calendar(), _events(shown, address))


def feed(shown: Shown | None, address: PatientAddress) -> bytes:
    """The same as a calendar that is fetched again and again. None, or no current edition: one without an event.

    A calendar program keeps what it has when it finds an error; only a calendar without events takes them away.
    """
    calendar = _calendar()
    calendar.add("name", TITLE)
    often = FETCHED if shown and shown.is_current else FETCHED_WHEN_EMPTY
    calendar.add("refresh-interval", vDuration(often), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(often))
    return _written(calendar, _events(shown, address) if shown and shown.is_current else [])


def _calendar() -> Calendar:
    """Without a METHOD: RFC 5546 wants an organiser with one, and nobody is invited here."""
    calendar = Calendar()
    calendar.add("prodid", "-//Clinic handouts//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", TITLE)
    return calendar


def _written(calendar: Calendar, events: Sequence[Event]) -> bytes:
    for event in events:
        calendar.add_component(event)
    if events:
        calendar.add_missing_timezones()
    else:
        # RFC 5545 3.6: a calendar has at least one component; a time zone is one, and shows nothing.
        calendar.add_component(Timezone.from_tzid("UTC"))
    data: bytes = calendar.to_ical()
    return data


def _events(shown: Shown, address: PatientAddress) -> list[Event]:
    if shown.said is None or shown.handout is None:
        return []
    page = f"{current_app.config['CLINIC'].public_url}/p/{address.public_id}"
    zone, first = ZoneInfo(shown.clinic.time_zone), shown.said.issued_on
    said = [each.dosage for each in shown.said.exercises]
    found = []
    for number, slot in enumerate(slots(said, first, shown.said.review_on or shown.said.not_better_by), start=1):
        event = _event(slot, first, zone)
        event.add("uid", f"{address.public_id}-{number}@handouts")
        event.add("sequence", shown.said.edition)
        event.add("dtstamp", shown.handout.issued_at.astimezone(UTC))
        event.add("url", page)
        call = f" Questions? Call {shown.clinic.phone}." if shown.clinic.phone else ""
        event.add("description", f"About {slot.minutes} minutes.{call} Open your page: {page}")
        found.append(event)
    return found


def _event(slot: Slot, first: date, zone: ZoneInfo) -> Event:
    names = DAYS[7]
    day = next(each for each in (first + timedelta(days=n) for n in range(7)) if names[each.weekday()] in slot.days)
    begins = datetime.combine(day, slot.at, zone)
    event = Event()
    event.add("summary", TITLE)
    event.add("dtstart", begins)
    event.add("duration", timedelta(minutes=slot.minutes))
    # RFC 5545 3.3.10: with a time zone at DTSTART the end of the rule is given in UTC.
    until = datetime.combine(max(slot.until, day), time(23, 59, 59), zone).astimezone(UTC)
    weekly = {} if slot.days == DAYS[7] else {"byday": list(slot.days)}
    event.add("rrule", vRecur({"freq": "weekly" if weekly else "daily", "until": until, **weekly}))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _times(count: int) -> tuple[time, ...]:
    if count in HOURS:
        return tuple(time(hour) for hour in HOURS[count])
    if count == 0:
        return ()
    step = (LAST_HOUR - FIRST_HOUR) * 60 / (count - 1)
    at = [FIRST_HOUR * 60 + round(step * number) for number in range(count)]
    return tuple(time(each // 60, each % 60) for each in at)


def _last_day(dosage: Dosage, first: date, otherwise: date) -> date:
    return first + timedelta(weeks=dosage.weeks.maximum, days=-1) if dosage.weeks else otherwise
