"""The guided session's page: the edition's own numbers, for whoever opened the address and nobody else."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from flask import Flask

from clinic_app.database import db, utc_now
from clinic_app.dosage import BodyPart, Side
from clinic_app.dosage.guide import StepKind, plan
from clinic_app.models import Account, DiaryEntry, Handout
from clinic_app.models.diary import Done
from clinic_app.patient.guided_words import ORDERS, side_words
from clinic_app.rendering import snapshot
from clinic_app.rendering.content import Exercise
from clinic_app.services import addresses, handouts, patient_page
from tests.cast import Cast
from tests.issuing import Issued
from tests.patient_phone import Phone, opened

PLAN = re.compile(r"data-plan='([^']*)'")
PLAN_ID = re.compile(r'data-plan-id="([^"]*)"')


def plans(page: str) -> list[dict[str, Any]]:
    return [json.loads(html.unescape(found)) for found in PLAN.findall(page)]


def exercises(app: Flask, handout: Issued) -> tuple[Exercise, ...]:
    with app.app_context():
        return snapshot.from_json(db.session.get_one(Handout, handout.id).snapshot).exercises


def tick(app: Flask, handout: Issued, phone: Phone, *slugs: str) -> None:
    """What the patient did in the present turn of today."""
    with app.app_context():
        address = addresses.find(phone.public_id)
        assert address is not None
        now = utc_now()
        shown = patient_page.shown(address, now)
        for slug in slugs:
            db.session.add(
                DiaryEntry(
                    clinic_id=address.clinic_id,
                    programme_id=handout.programme_id,
                    handout_id=handout.id,
                    day=shown.day,
                    exercise=slug,
                    turn=shown.turn,
                    done=Done.DONE,
                    written_at=now,
                )
            )
        db.session.commit()


def test_every_number_is_the_editions_own(app: Flask, issued: Issued) -> None:
    page = opened(app, issued.programme_id).get("session")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    expected = {each.slug: each for each in exercises(app, issued)}
    found = plans(page.text)
    assert found
    for data in found:
        exercise = expected[data["slug"]]
        rows = [
            [step.kind, step.lower, step.upper, step.side, step.number, step.round, int(step.optional)]
            for step in plan(exercise.dosage)
        ]
        assert data["steps"] == rows
        assert exercise.name in html.unescape(page.text)
        assert exercise.sentence in html.unescape(page.text)


def test_the_page_is_small(app: Flask, issued: Issued) -> None:
    page = opened(app, issued.programme_id).get("session")
    assert len(page.data) < 60_000


def test_what_is_ticked_is_not_done_again_until_all_is(app: Flask, issued: Issued) -> None:
    phone = opened(app, issued.programme_id)
    before = phone.get("session").text
    slugs = [data["slug"] for data in plans(before)]
    tick(app, issued, phone, slugs[0])
    after = phone.get("session").text
    assert [data["slug"] for data in plans(after)] == slugs[1:]
    # What a phone keeps of the one list does not fit the other.
    assert PLAN_ID.findall(before) != PLAN_ID.findall(after)
    tick(app, issued, phone, *slugs[1:])
    assert [data["slug"] for data in plans(phone.get("session").text)] == slugs


def test_a_stranger_gets_no_exercise(app: Flask, issued: Issued) -> None:
    phone = opened(app, issued.programme_id)
    answer = app.test_client().get(f"/p/{phone.public_id}/session")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/p/{phone.public_id}")
    assert "data-plan" not in answer.text


def test_a_withdrawn_edition_is_not_counted(app: Flask, cast: Cast, issued: Issued) -> None:
    phone = opened(app, issued.programme_id)
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handouts.withdraw(clara, db.session.get_one(Handout, issued.id), "The wrong leg was printed.")
        db.session.commit()
    answer = phone.get("session")
    assert answer.status_code == 303
    assert answer.location.endswith("/today")


def test_every_kind_of_step_and_every_side_has_words() -> None:
    # The order to change sides names the part of the body.
    assert set(ORDERS) == set(StepKind) - {StepKind.SWITCH_SIDES}
    for part in BodyPart:
        assert set(side_words(part)) == {*Side, "switch"} - {Side.EACH}
    assert side_words(BodyPart.LEG)["switch"] == "Other leg now"
    for words in (*ORDERS.values(), *side_words(BodyPart.ARM).values()):
        assert len(words.split()) <= 7
