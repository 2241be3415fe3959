"""The screens of a diary for staff and of a copied sheet, in their states, for somebody who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask

from clinic_app.database import db, utc_now
from clinic_app.models import DiaryDay, DiaryEntry, Handout
from clinic_app.models.diary import Done, Source
from clinic_app.services.patient_page import read
from tests.browser.person import Person
from tests.cast import Cast
from tests.issuing import Issued, issued_handout


def diary_review_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    issued = issued_handout(app, cast)
    person.go(f"/staff/programmes/{issued.programme_id}/diary")
    yield "diary for staff, nothing written"
    _write(app, issued)
    person.go(f"/staff/programmes/{issued.programme_id}/diary")
    person.tab.get_by_text("The same as a table").click()
    person.tab.get_by_text("Pain as a table").click()
    yield "diary for staff"
    person.go(f"/staff/programmes/{issued.programme_id}/diary?until=2020-01-01")
    yield "diary for staff, long ago"
    person.go(f"/staff/programmes/{issued.programme_id}/diary/paper")
    yield "ticks from paper"
    person.tab.locator(".paper-sore:enabled").first.fill("11")
    person.press("Save the ticks")
    person.find("Please put this right", "heading").wait_for()
    yield "ticks from paper, errors"


def _write(app: Flask, issued: Issued) -> None:
    """Three days up to today: done, partly and not today, pain, a note, and ticks from paper."""
    with app.app_context():
        handout = db.session.get_one(Handout, issued.id)
        clinic = handout.programme.account.clinic
        today = clinic.today(utc_now())
        shared = {"clinic_id": clinic.id, "programme_id": issued.programme_id, "handout_id": issued.id}
        for back, done in enumerate(Done):
            day = today - timedelta(days=back)
            source = Source.PAPER if back == 0 else Source.PHONE
            for each in read(handout.snapshot).exercises:
                written = {"day": day, "exercise": each.slug, "done": done, "source": source}
                db.session.add(DiaryEntry(**shared, **written, written_at=utc_now()))
            felt = {"day": day, "pain_before": 3 + back, "pain_after": 5, "worse": back == 1, "source": source}
            db.session.add(DiaryDay(**shared, **felt, note="Stairs were hard.", written_at=utc_now()))
        db.session.commit()
