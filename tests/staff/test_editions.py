"""The editions of a programme on one page: where each stands, what changed in words, ending and opening again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Range
from clinic_app.models import Account, AuditEvent, Handout, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import handouts
from clinic_app.staff.editions import Line, differences
from tests.cast import Cast, sign_in
from tests.issuing import Issued, edition_two


@pytest.fixture
def clara(app: Flask, cast: Cast, issued: Issued) -> FlaskClient:
    return sign_in(app.test_client(), "Clara")


@pytest.fixture
def two(app: Flask, cast: Cast, issued: Issued) -> Iterator[tuple[Handout, Handout]]:
    """Edition 1, and edition 2 in which much has changed."""
    with app.app_context():
        programme = db.session.get_one(Programme, issued.programme_id)
        rows = {row.exercise.slug: row for row in programme.rows}
        rows["knee-to-chest"].dosage = replace(rows["knee-to-chest"].dosage, reps=Range.of(5))
        rows["cat-cow"].is_removed = True
        rows["bridge"].note = "With a towel."
        second = edition_two(db.session.get_one(Account, cast.clinician), programme)
        yield db.session.get_one(Handout, issued.id), second


def test_the_differences_of_two_editions_in_words(two: tuple[Handout, Handout]) -> None:
    first, second = (snapshot.from_json(each.snapshot) for each in two)
    assert differences(first, second) == (
        Line("Changed", "Knee to chest: repeat 5 times each leg (was 3)"),
        Line("Stopped", "Cat and cow"),
        Line("Note", "Bridge: “With a towel.” (there was none)"),
        Line("Title", "“Low back: six exercises, week 2” (was “Low back: six exercises”)"),
    )
    assert Line("New", "Cat and cow") in differences(second, first)
    assert Line("Note", "Bridge: taken away (was “With a towel.”)") in differences(second, first)
    assert differences(first, first) == ()
    turned = replace(first, exercises=first.exercises[::-1], review_on=None)
    assert [line.tag for line in differences(first, turned)] == ["Order", "Review"]


def test_where_each_edition_stands(
    app: Flask, clara: FlaskClient, cast: Cast, issued: Issued, two: tuple[Handout, Handout]
) -> None:
    address = f"/staff/programmes/{issued.programme_id}/editions"
    clara.post(f"/staff/handouts/{issued.id}/printings")
    page = clara.get(address).text
    for words in ("Current", "Replaced", "by Clara Clinician", "Not printed", "repeat 5 times each leg (was 3)"):
        assert words in page
    assert "Draft of edition" not in page
    handouts.withdraw(db.session.get_one(Account, cast.clinician), two[1], "Wrong number")
    two[1].programme.version += 1
    db.session.commit()
    page = clara.get(address).text
    for words in ("Stopped: withdrawn", "Wrong number", "Draft of edition 3", "Replaced"):
        assert words in page
    assert page.count(">Withdraw<") == 1


def test_a_programme_ends_with_a_reason_and_opens_again(app: Flask, clara: FlaskClient, issued: Issued) -> None:
    address = f"/staff/programmes/{issued.programme_id}"
    refused = clara.post(f"{address}/end", data={"reason": "  "})
    assert refused.status_code == 422
    assert "Please say why the programme ends." in refused.text
    for _ in range(2):
        page = clara.post(f"{address}/end", data={"reason": "Discharged"}, follow_redirects=True).text
        assert "Stopped: the programme has ended" in page
        assert "Discharged" in page
    with app.app_context():
        ended = db.session.scalars(select(AuditEvent).filter_by(action="programme.end")).all()
        assert len(ended) == 1
    page = clara.post(f"{address}/reopen", follow_redirects=True).text
    assert "Current" in page
    assert "End this programme" in page


def test_a_programme_without_an_edition_shows_its_draft(app: Flask, clara: FlaskClient, cast: Cast) -> None:
    started = clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"}).location
    page = clara.get(f"{started}/editions").text
    assert "Draft of edition 1" in page
    assert "Continue" in page


def test_the_handout_leads_to_all_editions(clara: FlaskClient, issued: Issued) -> None:
    assert f"/staff/programmes/{issued.programme_id}/editions" in clara.get(f"/staff/handouts/{issued.id}").text
