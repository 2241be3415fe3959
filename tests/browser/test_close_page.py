"""Close on this phone: it forgets one programme, and keeps what another one has not sent yet."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, DiaryEntry, PatientAddress, Programme
from clinic_app.services import addresses
from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.issuing import Issued
from tests.patient_phone import BORN

# Resolves when the phone has neither a copy of the page nor a worker for it.
NOTHING_KEPT = """async (home) => {
  const kept = async () =>
    (await caches.has(`patient${home}`)) || (await navigator.serviceWorker.getRegistration(`${home}/`));
  while (await kept()) await new Promise((done) => setTimeout(done, 50));
}"""
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def open_page(app: Flask, person: Person, address: PatientAddress) -> str:
    with app.app_context():
        person.go(addresses.url(address).removeprefix(app.config["CLINIC"].public_url))
    person.press("Open")
    for name, value in BORN.items():
        person.type(name.title(), value)
    person.press("Open")
    person.arrive("/p/*/today")
    expect(person.find("Done: Knee to chest")).to_be_visible()
    return f"/p/{address.public_id}"


def test_closing_one_keeps_what_waits_in_another(
    app: Flask, cast: Cast, issued: Issued, person: Person, watch: Watch
) -> None:
    """A carer's address is another page on the same phone, as another programme's would be."""
    tab, context = person.tab, watch.context
    with app.app_context():
        programme = db.session.get_one(Programme, issued.programme_id)
        own, carers = (
            addresses.present(programme),
            addresses.for_carer(db.session.get_one(Account, cast.clinician), programme, "Grace"),
        )
        db.session.commit()
        db.session.refresh(own)
        db.session.refresh(carers)
        db.session.expunge_all()
    closed, other = open_page(app, person, own), open_page(app, person, carers)
    watch.offline_expected = True
    context.route(f"**{other}/diary", lambda route: route.abort("internetdisconnected"))
    person.press("Done: Knee to chest")
    expect(tab.get_by_text("1 entry waits for a connection.")).to_be_visible()
    person.go(f"{closed}/today")
    person.press("Close on this phone")
    person.arrive(closed)
    tab.evaluate(NOTHING_KEPT, closed)
    with app.app_context():
        assert db.session.scalars(select(DiaryEntry)).all() == []
    context.unroute(f"**{other}/diary")
    with tab.expect_response(lambda answer: answer.url.endswith(f"{other}/diary")) as sent:
        person.go(f"{other}/today")
    assert sent.value.ok
    expect(person.find("Done: Knee to chest")).to_have_attribute("aria-pressed", "true")
    with app.app_context():
        assert [row.exercise for row in db.session.scalars(select(DiaryEntry))] == ["knee-to-chest"]
