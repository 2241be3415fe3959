"""Today's page: what it says is what the edition says, in each of its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from clinic_app.database import db
from clinic_app.dosage import Range, Side
from clinic_app.models import Account, DiaryEntry, Handout, Patient, PatientAddress, Programme
from clinic_app.patient.today import large_numbers
from clinic_app.services import addresses, handouts, patient_page, programmes
from clinic_app.services.patient_page import State
from tests.cast import Cast
from tests.issuing import NOW, edition_two, started_programme
from tests.patient_phone import Phone, opened, words

PAGES = ("today", "exercises/knee-to-chest", "help", "handout.pdf", "calendar.ics")


def address_of(programme_id: int) -> PatientAddress:
    return addresses.present(db.session.get_one(Programme, programme_id))


def test_opening_leads_to_todays_exercises(phone: Phone) -> None:
    answer = phone.get("today")
    assert answer.status_code == 200
    said = words(answer.text)
    assert "Edition 1" in said
    for name in ("1. Knee to chest", "2. Pelvic tilt", "6. Bridge"):
        assert name in said
    assert "Hold 20 seconds Repeat 3 times each leg" in said


def test_a_stranger_is_led_to_the_page_that_asks_and_learns_nothing(app: Flask, phone: Phone) -> None:
    for page in (*PAGES, "pictures/" + 64 * "0"):
        answer = app.test_client().get(f"/p/{phone.public_id}/{page}")
        assert answer.status_code == 303, page
        assert answer.location == f"/p/{phone.public_id}"
        assert "Knee" not in answer.text


def test_one_programmes_phone_opens_no_other(app: Flask, cast: Cast, phone: Phone) -> None:
    """Another programme of the same patient, and another clinic's."""
    with app.app_context():
        ids = []
        for account, patient in ((cast.clinician, cast.patient), (cast.neighbour, cast.neighbours_patient)):
            other = started_programme(db.session.get_one(Account, account), db.session.get_one(Patient, patient))
            db.session.commit()
            ids.append(addresses.present(other).public_id)
    for public_id in ids:
        for page in PAGES:
            assert phone.client.get(f"/p/{public_id}/{page}").status_code == 303


def test_nothing_of_a_patients_page_is_kept_by_a_browser(phone: Phone) -> None:
    for page in PAGES:
        answer = phone.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "no-store", page
        assert answer.headers["Referrer-Policy"] == "no-referrer", page
        assert answer.headers["X-Robots-Tag"] == "noindex", page


def test_a_revoked_address_is_closed_at_once(app: Flask, cast: Cast, programme_id: int, phone: Phone) -> None:
    assert phone.get("today").status_code == 200
    with app.app_context():
        addresses.revoke(db.session.get_one(Account, cast.clinician), address_of(programme_id), NOW)
        db.session.commit()
    for page in PAGES:
        answer = phone.get(page)
        assert answer.status_code == 410, page
        assert "01632 960 123" in answer.text
        assert "Knee" not in answer.text


def test_a_programme_that_ended_says_whom_to_call_and_shows_no_exercise(
    app: Flask, cast: Cast, programme_id: int, phone: Phone
) -> None:
    with app.app_context():
        programmes.end(
            db.session.get_one(Account, cast.clinician), db.session.get_one(Programme, programme_id), "better"
        )
        db.session.commit()
    said = words(phone.get("today").text)
    assert "These exercises have ended" in said
    assert "Call 01632 960 123" in said
    assert "Knee" not in said
    nothing_but_help(phone)


def test_a_withdrawn_edition_says_so_and_shows_no_exercise(
    app: Flask, cast: Cast, programme_id: int, phone: Phone
) -> None:
    with app.app_context():
        latest = db.session.get_one(Programme, programme_id).latest
        assert latest
        handouts.withdraw(db.session.get_one(Account, cast.clinician), latest, "wrong side")
        db.session.commit()
    said = words(phone.get("today").text)
    assert "Please do not use edition 1" in said
    assert "Call 01632 960 123" in said
    assert "Knee" not in said
    assert "wrong side" not in said  # written for staff
    nothing_but_help(phone)


def nothing_but_help(phone: Phone) -> None:
    assert phone.get("exercises/knee-to-chest").status_code == 303
    assert phone.get("handout.pdf").status_code == 404
    assert phone.get("calendar.ics").status_code == 404
    assert "numb, tingling or odd feeling" in phone.get("help").text
    assert "Back to your exercises" not in phone.get("help").text


def test_before_the_first_edition_there_is_a_page_too(app: Flask, cast: Cast) -> None:
    with app.app_context():
        account = db.session.get_one(Account, cast.clinician)
        programme = started_programme(account, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        key = programme.id
    phone = opened(app, key)
    for page in ("today", "help"):
        assert "Your exercises are not ready yet" in phone.get(page).text
        assert "01632 960 123" in phone.get(page).text
    assert phone.get("handout.pdf").status_code == 404


def test_the_newest_edition_is_shown_with_what_changed(app: Flask, cast: Cast, programme_id: int, phone: Phone) -> None:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        programme = db.session.get_one(Programme, programme_id)
        programme.rows[0].dosage = replace(programme.rows[0].dosage, side=Side.RIGHT)
        edition_two(clinician, programme)
    said = words(phone.get("today").text)
    assert "It replaces edition 1. Put older sheets away." in said
    assert "What changed since last time" in said
    assert "Changed Knee to chest: side: right leg only (was each leg)" in said
    assert "Repeat 3 times, right leg only" in said
    card = words(phone.get("exercises/knee-to-chest").text)
    assert "right leg only" in card
    assert "The picture shows the right leg." in card


def test_a_later_edit_of_the_draft_or_the_catalogue_changes_nothing(
    app: Flask, cast: Cast, programme_id: int, phone: Phone
) -> None:
    before = phone.get("exercises/knee-to-chest").text
    with app.app_context():
        programme = db.session.get_one(Programme, programme_id)
        row = programme.rows[0]
        row.dosage = replace(row.dosage, reps=Range(9, 9))
        row.exercise.name, row.note = "Other name", "Other note"
        db.session.commit()
    assert phone.get("exercises/knee-to-chest").text == before


def test_the_clinics_new_phone_number_is_the_one_to_call(app: Flask, cast: Cast, phone: Phone) -> None:
    with app.app_context():
        db.session.get_one(Account, cast.clinician).clinic.branding.phone = "01632 960 999"
        db.session.commit()
    assert 'href="tel:01632960999"' in phone.get("today").text


def test_numbers_are_large_and_words_stay_words() -> None:
    assert large_numbers("Hold 20 to 30 seconds") == 'Hold <b class="n">20 to 30</b>\N{NO-BREAK SPACE}seconds'
    assert large_numbers("Move slowly") == "Move slowly"
    assert large_numbers("<i>3") == '&lt;i&gt;<b class="n">3</b>'


TURNS = (
    ((1,), 20, 1, "Today"),
    ((2,), 8, 1, "This morning"),
    ((2,), 14, 1, "This morning"),
    ((2,), 15, 2, "This evening"),
    ((3, 1), 12, 2, "Midday"),
    ((3, 1), 17, 3, "This evening"),
    ((6,), 17, 1, "Time 1 today"),
)


def test_the_turn_of_the_day_follows_the_clock(app: Flask, programme_id: int) -> None:
    with app.app_context():
        said = patient_page.shown(address_of(programme_id), NOW).said
    assert said
    for times, hour, turn, part in TURNS:
        exercises = tuple(
            replace(each, dosage=replace(each.dosage, times_per_day=Range(count, count)))
            for each, count in zip(said.exercises, times, strict=False)
        )
        at = datetime(2026, 11, 23, hour, tzinfo=UTC)
        assert patient_page.present_turn(exercises, {}, at) == (turn, part), (times, hour)


def test_many_times_a_day_a_turn_ends_with_its_last_tick(app: Flask, programme_id: int) -> None:
    with app.app_context():
        said = patient_page.shown(address_of(programme_id), NOW).said
    assert said
    often = tuple(replace(e, dosage=replace(e.dosage, times_per_day=Range(4, 4))) for e in said.exercises[:2])
    ticked = {(each.slug, turn): "done" for each in often for turn in (1, 2)}
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert patient_page.present_turn(often, ticked, at) == (3, "Time 3 today")
    all_of_it = ticked | {(each.slug, turn): "done" for each in often for turn in (3, 4)}
    assert patient_page.present_turn(often, all_of_it, at) == (4, "Time 4 today")


def test_what_belongs_to_the_morning_can_still_be_written_down_in_the_evening(
    app: Flask, programme_id: int, phone: Phone
) -> None:
    """Bird-dog is done once a day. In the evening it has no tick of its own, and the diary takes it."""
    evening = datetime(2026, 11, 23, 19, tzinfo=UTC)
    with app.app_context():
        address = address_of(programme_id)
        row = patient_page.shown(address, evening).row("bird-dog")
        assert row
        assert (row.due, row.done) == (False, "")
        handout = address.programme.latest
        assert handout
        day = address.programme.account.clinic.today(evening)
        kept = {"clinic_id": handout.clinic_id, "programme_id": programme_id, "handout_id": handout.id, "day": day}
        db.session.add(DiaryEntry(**kept, exercise="bird-dog", turn=1, done="done", written_at=evening))
        db.session.commit()
        row = patient_page.shown(address_of(programme_id), evening).row("bird-dog")
        assert row
        assert (row.due, row.done) == (False, "done")
        assert row not in patient_page.shown(address_of(programme_id), evening).counted


def test_the_states_in_the_service(app: Flask, programme_id: int) -> None:
    with app.app_context():
        shown = patient_page.shown(address_of(programme_id), NOW)
        assert shown.state is State.CURRENT
        assert isinstance(shown.handout, Handout)
        assert shown.row("knee-to-chest") is shown.rows[0]
        assert shown.row("nothing") is None
