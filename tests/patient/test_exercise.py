"""Each exercise on the phone has the numbers, side and words of the edition, for every protocol that ships."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Range, Side
from clinic_app.dosage.value import Mode
from clinic_app.models import Account, Patient, Programme, Protocol
from clinic_app.rendering import content, snapshot
from clinic_app.services import handouts
from tests.cast import Cast
from tests.issuing import NOW, started_programme
from tests.patient_phone import Phone, opened, words

SHORT = 120  # seconds: from here on whole minutes are said


def issue_each_protocol(app: Flask, cast: Cast) -> Iterator[tuple[Phone, content.Handout]]:
    """Ada gets every protocol in turn; left is chosen where the protocol leaves the side open."""
    with app.app_context():
        slugs = sorted(set(db.session.scalars(select(Protocol.slug))))
    assert len(slugs) >= 7
    for slug in slugs:
        with app.app_context():
            clara = db.session.get_one(Account, cast.clinician)
            programme = started_programme(clara, db.session.get_one(Patient, cast.patient), slug)
            for row in programme.rows:
                if row.dosage.side is None:
                    row.dosage = replace(row.dosage, side=Side.LEFT)
            db.session.commit()
            handout = handouts.issue(clara, handouts.prepare(clara, programme, NOW), slug, NOW)
            db.session.commit()
            said, key = snapshot.from_json(handout.snapshot), programme.id
        yield opened(app, key), said


def numbers(dosage: Dosage) -> list[int]:
    """The numbers of a dose in the order in which its card says them, by the fields and not by our words."""
    found = []
    if dosage.mode is Mode.TIMED and dosage.duration:
        found += in_time(dosage.duration)
    elif dosage.hold and dosage.mode is not Mode.CONTINUOUS:
        found += ends(dosage.hold.amount)
    reps = dosage.reps or Range(1, 1)
    found += ends(reps)
    if dosage.side is Side.EACH:
        found += ends(reps) * 2  # so many left, so many right
    if dosage.side is Side.ALTERNATE and dosage.reps:
        found += ends(Range(reps.minimum // 2, reps.maximum // 2))
    if dosage.days_per_week != Range(7, 7):
        found += ends(dosage.days_per_week)
    found += ends(dosage.times_per_day)
    if dosage.sets.maximum > 1:
        found += ends(dosage.sets)
        found += in_time(Range(dosage.rest, dosage.rest)) if dosage.rest else []
    return found


def ends(amount: Range) -> list[int]:
    return [amount.minimum] if amount.is_single else [amount.minimum, amount.maximum]


def in_time(seconds: Range) -> list[int]:
    whole = seconds.minimum >= SHORT and not seconds.minimum % 60 and not seconds.maximum % 60
    return [each // 60 for each in ends(seconds)] if whole else ends(seconds)


def read(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def between(html: str, start: str, end: str) -> str:
    return html[html.index(start) :].split(end, 1)[0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_numbers_of_every_shipped_protocol_are_those_of_its_edition(
    app: Flask, cast: Cast, unprinted: None
) -> None:
    seen = 0
    for phone, said in issue_each_protocol(app, cast):
        today = phone.get("today").text
        rows = today.split('<li class="row">')[1:]
        assert len(rows) == len(said.exercises)
        for each, row in zip(said.exercises, rows, strict=True):
            html = phone.get(f"exercises/{each.slug}").text
            card = unescape(words(html))
            band = words(between(html, '<dl class="band"', "</dl>"))
            assert read(band) == numbers(each.dosage), each.slug
            in_row = set(read(words(" ".join(re.findall(r'<p class="dose">(.*?)</p>', row)))))
            assert in_row >= {*ends(each.dosage.reps or Range(1, 1))}, each.slug
            assert in_row <= {*numbers(each.dosage), *read(each.sentence)}, each.slug
            for text in (*each.steps, each.feel, each.take_care, each.note, each.easier.removeprefix("Easier: ")):
                assert text in card, each.slug
            for picture in each.pictures:
                assert picture.caption in card
                assert f'src="/p/{phone.public_id}/pictures/{picture.file}"' in html
                assert picture.file in between(html, 'class="frames"', "</div>")
            assert each.moving in html
            if each.dosage.side in {Side.LEFT, Side.RIGHT}:
                assert f"{each.dosage.side} {each.body_part} only" in band
                assert f"{each.dosage.side} {each.body_part} only" in words(row)
            seen += 1
    assert seen >= 25


def test_an_exercise_that_the_edition_does_not_have_is_not_found(phone: Phone) -> None:
    assert phone.get("exercises/clam").status_code == 404
    assert phone.get("exercises/nothing").status_code == 404


def test_one_leads_to_the_next_and_back(app: Flask, programme_id: int, phone: Phone) -> None:
    with app.app_context():
        latest = db.session.get_one(Programme, programme_id).latest
        assert latest
        slugs = [each.slug for each in snapshot.from_json(latest.snapshot).exercises]
    for at, slug in enumerate(slugs):
        pager = between(phone.get(f"exercises/{slug}").text, 'class="pager"', "</nav>")
        here = [*(slugs[at - 1 : at] if at else ()), *slugs[at + 1 : at + 2]]
        assert re.findall(r"/exercises/([a-z-]+)", pager) == here


def test_it_is_read_aloud_only_where_the_phone_has_a_voice(phone: Phone) -> None:
    """Without a script the button is not there; the script shows it."""
    html = phone.get("exercises/bridge").text
    assert re.search(r'<button[^>]* id="read-aloud"[^>]* hidden', html)
    for part in ("<h1", '<dl class="band"', '<ol class="steps"'):
        assert f"{part} data-read" in html
