"""Choosing the figure in the pictures: for the clinic by a manager, for a patient by anybody on the staff."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.illustration.people import CHOICES, PARTS, PEOPLE, Person, look_of_person
from clinic_app.illustration.portrait import draw_portrait
from clinic_app.models import Account, Branding, Patient
from clinic_app.services import figures, patients
from clinic_app.services.patients import Details
from clinic_app.staff.forms.figure import WORDS
from tests.cast import Cast, sign_in

PREVIEW = "/staff/figures/preview.svg"
WORDS_OF_THE_CLINIC = {"name": "Quayside", "phone": "01632 960 999", "colour": "#0E5A68"}


def chosen(app: Flask, cast: Cast) -> tuple[Person, Person]:
    """What the clinic and Ada chose."""
    with app.app_context():
        clinic = db.session.get_one(Account, cast.manager).clinic_id
        branding = db.session.scalars(select(Branding).filter_by(clinic_id=clinic)).one()
        return figures.chosen_by(branding), figures.chosen_by(db.session.get_one(Patient, cast.patient))


def drawn(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"{PREVIEW}?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    ET.fromstring(answer.text)
    return answer.text


def test_every_choice_has_words() -> None:
    assert {part: tuple(words) for part, words in WORDS.items()} == CHOICES


def test_a_manager_chooses_for_the_clinic(app: Flask, cast: Cast) -> None:
    maya = sign_in(app.test_client(), "Maya")
    wanted = {"figure_hair": "scarf", "figure_age": "older"}
    answer = maya.post("/staff/branding", data={**WORDS_OF_THE_CLINIC, **wanted, "version": 1})
    assert answer.status_code == 303
    assert chosen(app, cast)[0] == Person(hair="scarf", age="older")
    page = maya.get("/staff/branding").text
    assert page.count('value="scarf" checked') == 1
    assert page.count('name="figure_skin" value="" checked') == 1


def test_the_choice_is_shown_with_the_sample_page_and_not_kept(app: Flask, cast: Cast) -> None:
    maya = sign_in(app.test_client(), "Maya")
    data = {**WORDS_OF_THE_CLINIC, "figure_shape": "large", "version": 1, "action": "try"}
    answer = maya.post("/staff/branding", data=data)
    assert answer.status_code == 200
    assert 'value="large" checked' in answer.text
    assert chosen(app, cast)[0] == Person()


@pytest.mark.parametrize("address", ["/staff/branding", "patient"])
def test_what_is_no_choice_is_refused(app: Flask, cast: Cast, address: str) -> None:
    maya = sign_in(app.test_client(), "Maya")
    data = {**WORDS_OF_THE_CLINIC, "reference": "1", "figure_hair": "mohican", "version": 1}
    answer = maya.post(f"/staff/patients/{cast.patient}" if address == "patient" else address, data=data)
    assert answer.status_code == 422
    assert 'href="#figure_hair"' in answer.text
    assert chosen(app, cast) == (Person(), Person())


def test_a_clinician_chooses_for_a_patient(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    data = {"name": "Ada Sample", "reference": "1", "version": 1, "figure_skin": "dark", "figure_hair": ""}
    assert clara.post(f"/staff/patients/{cast.patient}", data=data).status_code == 303
    assert chosen(app, cast) == (Person(), Person(skin="dark"))
    page = clara.get(f"/staff/patients/{cast.patient}/edit").text
    assert 'name="figure_skin" value="dark" checked' in page
    assert '<details class="fields" open>' in page


def test_the_record_says_what_was_chosen(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert "Figure in the pictures" not in clara.get(f"/staff/patients/{cast.patient}").text
    data = {"name": "Ada Sample", "reference": "1", "version": 1, "figure_skin": "very_dark", "figure_shape": "slim"}
    page = clara.post(f"/staff/patients/{cast.patient}", data=data, follow_redirects=True).text
    assert "<dd>Skin: very dark, Body shape: slim</dd>" in page


def test_two_records_that_are_joined_keep_what_either_chose(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    with app.app_context():
        account = db.session.get_one(Account, cast.manager)
        kept = patients.create(account, Details("Ada", reference="1", figure_skin="dark"))
        merged = patients.create(account, Details("Ada", reference="1", figure_skin="light", figure_age="older"))
        db.session.commit()
        numbers = kept.id, merged.id
    data = {"other": numbers[1], "version": 1, "other_version": 1}
    assert clara.post(f"/staff/patients/{numbers[0]}/merge", data=data).status_code == 303
    with app.app_context():
        joined = db.session.get_one(Patient, numbers[0])
        assert figures.chosen_by(joined) == Person(skin="dark", age="older")


def test_a_new_record_is_as_the_clinic(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    page = clara.get("/staff/patients/new").text
    assert page.count('value="" checked') >= len(PARTS)
    assert "As the clinic" in page
    assert '<details class="fields" open>' not in page


def test_a_preview_shows_what_was_chosen(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    with app.app_context():
        colour = db.session.get_one(Account, cast.manager).clinic.branding.colour
    assert drawn(clara) == draw_portrait(look_of_person(PEOPLE[0], colour))
    assert drawn(clara, "who=3&cut=head") == draw_portrait(look_of_person(PEOPLE[3], colour), "head")
    wanted = Person(hair="curls", shape="broad").over(PEOPLE[1])
    assert drawn(clara, "who=1&hair=curls&shape=broad") == draw_portrait(look_of_person(wanted, colour))


def test_a_preview_tries_a_colour_and_the_clinics_own_choice(app: Flask, cast: Cast) -> None:
    maya = sign_in(app.test_client(), "Maya")
    assert drawn(maya, "colour=%238a1f5c") != drawn(maya)
    data = {**WORDS_OF_THE_CLINIC, "figure_hair": "bald", "version": 1}
    assert maya.post("/staff/branding", data=data).status_code == 303
    assert drawn(maya) != drawn(maya, "over=clinic")
    assert drawn(maya, "hair=bald") == drawn(maya, "over=clinic")
    assert drawn(maya, "over=clinic&hair=bun") == drawn(maya, "hair=bun")


def test_nothing_odd_reaches_a_preview(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    usual = {drawn(clara), drawn(clara, "who=3")}
    for query in ("skin=<script>", "who=-1", "who=9999", "who=x", "cut=feet", "colour=red", "hair=%00"):
        assert drawn(clara, query) in usual, query
