"""Reminders that a calendar program fetches: without a cookie, without a name, and dead as soon as they should be."""

from __future__ import annotations

import html
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select, update

from clinic_app.database import db, utc_now
from clinic_app.models import Account, CalendarFeed, PatientAddress, Programme
from clinic_app.services import addresses, calendar_feeds, handouts, programmes
from tests.cast import Cast
from tests.issuing import edition_two
from tests.patient_phone import Phone, opened

BASE = "https://handouts.example"


def switch_on(phone: Phone) -> str:
    """Press the button; the path of the feed as the page shows it."""
    answer = phone.client.post(f"/p/{phone.public_id}/calendar", follow_redirects=True)
    assert answer.status_code == 200
    return path_on(answer.text)


def path_on(page: str) -> str:
    found = re.search(r'value="([^"]+\.ics)"', page)
    assert found, "the page shows no address"
    address = html.unescape(found[1])
    assert f'href="webcal://{address.partition("://")[2]}"' in page
    return address.removeprefix(BASE)


def fetch(app: Flask, path: str, **headers: str) -> Any:
    """As a calendar program does: nobody's browser."""
    return app.test_client().get(path, headers=headers)


def events(app: Flask, path: str) -> list[Any]:
    answer = fetch(app, path)
    assert answer.status_code == 200, answer.text
    calendar: Any = Calendar.from_ical(answer.data)
    assert calendar.subcomponents, "RFC 5545 wants one component at least"
    return list(calendar.walk("VEVENT"))


def programme_of(programme_id: int) -> Programme:
    return db.session.get_one(Programme, programme_id)


@pytest.fixture
def path(phone: Phone) -> str:
    return switch_on(phone)


def test_it_is_off_until_it_is_switched_on_and_a_second_press_finds_the_first(app: Flask, phone: Phone) -> None:
    assert ".ics&#34;" not in phone.get("calendar").text
    assert "webcal:" not in phone.get("calendar").text
    first = switch_on(phone)
    assert switch_on(phone) == first == path_on(phone.get("calendar").text)
    assert re.fullmatch(r"/p/calendar/[0-9a-f]{32}/[A-Za-z0-9_-]{32}\.ics", first)
    with app.app_context():
        assert db.session.scalars(select(func.count(CalendarFeed.id))).one() == 1


def test_two_presses_at_once_make_one(app: Flask, programme_id: int, phone: Phone) -> None:
    phones, gate = (phone, opened(app, programme_id)), Barrier(2)

    def press(each: Phone) -> int:
        gate.wait()
        return each.client.post(f"/p/{each.public_id}/calendar").status_code

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, phones)) == [303, 303]
    with app.app_context():
        assert db.session.scalars(select(func.count(CalendarFeed.id))).one() == 1


def test_a_calendar_reads_it_without_a_cookie(app: Flask, phone: Phone, path: str) -> None:
    answer = fetch(app, path)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert "Set-Cookie" not in answer.headers
    assert [str(each["summary"]) for each in events(app, path)] == ["Your exercises"] * 2
    said = str(events(app, path)[0]["description"])
    assert re.fullmatch(rf"About \d+ minutes\. Questions\? Call 01632 960 123\. Open your page: {BASE}/p/\w+", said)
    calendar: Any = Calendar.from_ical(answer.data)
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert calendar.decoded("refresh-interval") == timedelta(hours=4)
    assert str(calendar["name"]) == "Your exercises"


def test_it_names_nobody_and_no_exercise(app: Flask, phone: Phone, path: str) -> None:
    text = fetch(app, path).text.replace("\r\n ", "")
    for word in ("Ada", "Example", "Clara", "Harbour", "Knee", "back", "Bridge", "physio", "#", path):
        assert word not in text, word


def test_the_page_says_what_whoever_has_the_address_can_see(phone: Phone, path: str) -> None:
    said = " ".join(phone.get("calendar").text.split())
    assert "Anyone who has it can see when you exercise, for how long, and the clinic's phone number." in said
    assert "They cannot see your name or your exercises." in said


def test_it_is_kept_by_one_program_which_asks_each_time(app: Flask, cast: Cast, programme_id: int, path: str) -> None:
    first = fetch(app, path)
    assert set(first.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert first.headers["Referrer-Policy"] == "no-referrer"
    again = fetch(app, path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context():
        edition_two(db.session.get_one(Account, cast.clinician), programme_of(programme_id))
    new = fetch(app, path, **{"If-None-Match": first.headers["ETag"]})
    assert new.status_code == 200
    assert [each["sequence"] for each in events(app, path)] == [2, 2]


def test_fetching_it_changes_nothing_and_counts_as_no_opening(app: Flask, path: str) -> None:
    def rows() -> list[str]:
        with app.app_context():
            return [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]

    before = rows()
    for _ in range(3):
        assert fetch(app, path).status_code == 200
        assert app.test_client().head(path).status_code == 200
    assert rows() == before


def test_a_wrong_address_finds_nothing_and_cannot_be_kept(app: Flask, phone: Phone, path: str) -> None:
    _, _, _, feed, secret = path.split("/")
    other = "A" if secret[0] != "A" else "B"
    wrong = (
        f"/p/calendar/{feed}/{other}{secret[1:]}",
        f"/p/calendar/{'0' * 32}/{secret}",
        f"/p/calendar/{feed}/é.ics",
        f"/p/calendar/{feed}/%00.ics",
        f"/p/calendar/%00/{secret}",
        f"/p/calendar/{phone.public_id}/{secret}",
    )
    for each in wrong:
        answer = fetch(app, each)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store"), each


def test_neither_secret_opens_what_the_other_does(app: Flask, programme_id: int, phone: Phone, path: str) -> None:
    _, _, _, feed, secret = path.removesuffix(".ics").split("/")
    stranger = app.test_client()
    born = {"day": "1", "month": "1", "year": "1957"}
    for public_id in (phone.public_id, feed):
        assert stranger.post(f"/p/{public_id}", data={"given": secret, **born}).status_code == 422
    assert stranger.get(f"/p/{feed}/today").status_code == 303
    with app.app_context():
        theirs = addresses.url(addresses.present(programme_of(programme_id))).partition("#")[2]
    assert fetch(app, f"/p/calendar/{feed}/{theirs}.ics").status_code == 404


def test_only_a_digest_of_its_secret_is_kept(app: Flask, path: str) -> None:
    secret = path.rpartition("/")[2].removesuffix(".ics")
    with app.app_context():
        rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert db.session.scalars(select(CalendarFeed.secret_digest)).one() == addresses.digest(secret)
    assert secret not in "\n".join(rows)


def test_its_secret_is_written_into_no_log(
    app: Flask, path: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by us, nor by an access log that somebody switches on, nor where something breaks."""
    caplog.set_level(logging.DEBUG)
    secret = path.rpartition("/")[2].removesuffix(".ics")
    fetch(app, path)
    fetch(app, path.replace(secret, secret[::-1]))
    logging.getLogger("access").info('%(h)s "%(r)s"', {"h": "127.0.0.1", "r": f"GET {path} HTTP/1.1"})

    def broken(*_: object) -> None:
        raise RuntimeError(f"could not answer {path}")

    monkeypatch.setattr(calendar_feeds, "usable", broken)
    with pytest.raises(AssertionError, match="nobody expected"):  # a 500, says the client of the tests
        fetch(app, path)
    assert "GET /p/calendar/…" in caplog.text
    assert "could not answer /p/calendar/…" in caplog.text
    for private in (secret, secret[::-1]):
        assert private not in caplog.text


def test_switched_off_it_takes_the_reminders_away_and_never_works_again(app: Flask, phone: Phone, path: str) -> None:
    """A program that is answered 404 or 410 goes on showing what it had."""
    answer = phone.client.post(f"/p/{phone.public_id}/calendar/off", follow_redirects=True)
    assert "Switch on" in answer.text
    assert events(app, path) == []
    new = switch_on(phone)
    assert new != path
    assert (len(events(app, new)), events(app, path)) == (2, [])


def test_an_edition_that_is_not_to_be_done_reminds_nobody(
    app: Flask, cast: Cast, programme_id: int, phone: Phone, path: str
) -> None:
    with app.app_context():
        clara, latest = db.session.get_one(Account, cast.clinician), programme_of(programme_id).latest
        assert latest
        handouts.withdraw(clara, latest, "wrong side")
        db.session.commit()
    assert events(app, path) == []
    assert "Please do not use edition 1" in phone.get("calendar").text
    with app.app_context():
        clara, programme = db.session.get_one(Account, cast.clinician), programme_of(programme_id)
        edition_two(clara, programme)
    assert len(events(app, path)) == 2
    with app.app_context():
        programmes.end(db.session.get_one(Account, cast.clinician), programme_of(programme_id))
        db.session.commit()
    assert events(app, path) == []


def test_it_dies_with_the_address_it_was_switched_on_from(app: Flask, cast: Cast, programme_id: int, path: str) -> None:
    """And that of a carer, whose address is another, goes on."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        carer = addresses.for_carer(clara, programme_of(programme_id), "Grace")
        db.session.commit()
        theirs = calendar_feeds.switch_on(carer, utc_now())
        db.session.commit()
        carers_path = calendar_feeds.url(theirs).removeprefix(BASE)
        addresses.renew(clara, programme_of(programme_id), utc_now())
        db.session.commit()
    assert (events(app, path), len(events(app, carers_path))) == ([], 2)
    with app.app_context():
        db.session.get_one(PatientAddress, carer_id(programme_id)).expires_at = utc_now() - timedelta(minutes=1)
        db.session.commit()
    assert events(app, carers_path) == []


def carer_id(programme_id: int) -> int:
    return addresses.carers(programme_of(programme_id))[0].id


def test_a_stranger_can_switch_nothing(app: Flask, phone: Phone, path: str) -> None:
    for page in ("calendar", "calendar/off"):
        assert app.test_client().post(f"/p/{phone.public_id}/{page}").status_code == 401
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert phone.client.post(f"/p/{phone.public_id}/{page}", headers=elsewhere).status_code == 403
    assert len(events(app, path)) == 2


def test_it_can_be_switched_on_ten_times_a_day(app: Flask, phone: Phone) -> None:
    for _ in range(calendar_feeds.MOST_A_DAY):
        switch_on(phone)
        phone.client.post(f"/p/{phone.public_id}/calendar/off")
    refused = phone.client.post(f"/p/{phone.public_id}/calendar")
    assert refused.status_code == 429
    assert "try again tomorrow" in refused.text
    with app.app_context():
        db.session.execute(update(CalendarFeed).values(created_at=utc_now() - timedelta(days=2)))
        db.session.commit()
    switch_on(phone)


def test_another_phone_of_the_same_programme_shows_the_same_address(app: Flask, programme_id: int, path: str) -> None:
    assert path_on(opened(app, programme_id).get("calendar").text) == path
