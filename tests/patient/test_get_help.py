"""When to get help: the whole safety box, and the phone one tap away."""

from __future__ import annotations

from html import unescape

from flask import Flask

from clinic_app.database import db
from clinic_app.models import Handout, Programme
from clinic_app.rendering import snapshot
from tests.patient_phone import Phone


def one_of(programme_id: int) -> Handout:
    latest = db.session.get_one(Programme, programme_id).latest
    assert latest
    return latest


def test_the_whole_safety_box_is_there_most_urgent_first(app: Flask, programme_id: int, phone: Phone) -> None:
    text = unescape(phone.get("help").text)
    with app.app_context():
        safety = snapshot.from_json(one_of(programme_id).snapshot).safety
    rows = (safety.urgent, safety.stop, safety.specialist)
    said = [safety.title, safety.lead, *safety.emergency, *(part for row in rows for part in (row.action, row.when))]
    places = [text.index(f">{part}<") if f">{part}<" in text else text.index(part) for part in said]
    assert places == sorted(places)
    for link in ("tel:999", "tel:111", "tel:01632960123"):
        assert f'href="{link}"' in text
    assert "No one watches this page. Call us." in text


def test_help_and_the_clinics_phone_are_one_tap_away_on_every_page(phone: Phone) -> None:
    for page in ("today", "exercises/knee-to-chest"):
        text = phone.get(page).text
        bar = text[text.index('class="bar"') :]
        assert f'href="/p/{phone.public_id}/help"' in bar
        assert 'href="tel:01632960123"' in bar
        assert bar.count("<a ") == 2
