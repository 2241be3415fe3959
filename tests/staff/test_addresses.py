"""The patient's link at the desk: shown on demand, closed, made anew, unlocked, and given to carers."""

from __future__ import annotations

import re

from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, AuditEvent, Concern, Handout, PatientAddress
from clinic_app.models.concern import ConcernKind
from clinic_app.services import addresses, concerns
from tests.cast import Cast
from tests.sending_desk import Desk


def test_without_a_link_nothing_is_issued_and_it_says_why(desk: Desk, cast: Cast) -> None:
    with desk.app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handout = db.session.get_one(Handout, desk.handout)
        addresses.revoke(clara, addresses.present(handout.programme), utc_now())
        handout.programme.title, handout.programme.version = "Week 2", handout.programme.version + 1
        db.session.commit()
    version = re.search(r'name="version"[^>]*value="(\d+)"', desk.clara.get(f"/staff/programmes/{desk.programme}").text)
    assert version
    page = desk.press(f"/staff/programmes/{desk.programme}/handouts", version=version[1], title="Week 2")
    assert "link is closed" in page


def test_the_link_is_shown_on_demand_and_it_is_noted(desk: Desk) -> None:
    with desk.app.app_context():
        code = addresses.code(db.session.scalars(select(PatientAddress)).one())
    assert code not in desk.text(f"/staff/programmes/{desk.programme}/editions")
    assert code in desk.press(f"/staff/programmes/{desk.programme}/address")
    with desk.app.app_context():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "address.show")).one()
        assert code not in event.note


def test_a_carer_gets_a_link_that_is_closed_by_itself(desk: Desk) -> None:
    editions = f"/staff/programmes/{desk.programme}/editions"
    assert "Please write who the address is for." in desk.press(
        f"/staff/programmes/{desk.programme}/addresses", name=""
    )
    assert "<strong>Grace, daughter</strong>" in desk.press(
        f"/staff/programmes/{desk.programme}/addresses", name="Grace, daughter"
    )
    assert "Grace, daughter" in desk.text(editions)
    with desk.app.app_context():
        own, carer = db.session.scalars(select(PatientAddress.id).order_by(PatientAddress.id))
    assert desk.clara.post(f"/staff/addresses/{own}/revoke").status_code == 409
    assert "The link of Grace, daughter is closed." in desk.press(f"/staff/addresses/{carer}/revoke")
    assert "Nobody else has a link." in desk.text(editions)
    with desk.app.app_context():
        assert db.session.get_one(PatientAddress, own).revoked_at is None


def test_a_locked_page_is_told_unlocked_and_dealt_with(desk: Desk) -> None:
    with desk.app.app_context():
        address = db.session.scalars(select(PatientAddress)).one()
        address.locked_at, address.wrong_tries = utc_now(), 5
        words = "The patient's page is locked after five wrong dates of birth."
        concerns.raise_once(address.clinic_id, ConcernKind.LOCKED, "locked:1", words, programme=address.programme)
        db.session.commit()
        number, concern = address.id, db.session.scalars(select(Concern.id)).one()
    for page in ("/staff/today", "/staff/concerns"):
        assert "page is locked: Ada Example" in desk.text(page)
    assert "There are five new tries." in desk.press(f"/staff/addresses/{number}/unlock")
    for _ in range(2):
        assert "It is off the list." in desk.press(f"/staff/concerns/{concern}/handled")
    assert "Nothing needs you" in desk.text("/staff/concerns")
