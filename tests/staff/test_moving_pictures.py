"""An exercise in motion: the right side, the right revision, small, and only where there are drawings."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Illustration
from tests.cast import Cast, sign_in
from tests.exercise_form import begun, number_of

MIRROR = "scale(-1 1)"


def address(app: Flask, name: str, query: str = "") -> str:
    return f"/staff/exercises/{number_of(app, name)}/moving.svg{query}"


def test_the_document_is_safe_and_packed_for_whoever_can_unpack_it(app: Flask, clara: FlaskClient) -> None:
    plain = clara.get(address(app, "Bridge"))
    assert plain.mimetype == "image/svg+xml"
    assert plain.text.startswith("<svg ")
    assert "<animate " in plain.text
    assert plain.headers["Cache-Control"] == "no-store"
    assert plain.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    packed = clara.get(address(app, "Bridge"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 20_000


def test_the_side_that_is_asked_for_is_shown(app: Flask, clara: FlaskClient) -> None:
    """As posed, the exercise shows the right side: the reader sees somebody who lies with the head at the left."""
    name = "Knee to chest"
    assert MIRROR not in clara.get(address(app, name)).text
    assert MIRROR not in clara.get(address(app, name, "?side=right")).text
    assert MIRROR in clara.get(address(app, name, "?side=left")).text
    assert clara.get(address(app, name, "?side=up")).status_code == 404


def test_where_sides_alternate_both_are_shown_in_turn(app: Flask, clara: FlaskClient) -> None:
    assert 'type="scale"' in clara.get(address(app, "Bird-dog")).text
    assert 'type="scale"' not in clara.get(address(app, "Bird-dog", "?side=left")).text


def test_a_revision_moves_as_it_is_written_there(app: Flask, cast: Cast) -> None:
    edgar = sign_in(app.test_client(), "Edgar")
    number = begun(edgar, app)
    assert "<animate " in edgar.get(f"/staff/exercises/{number}/moving.svg?revision=1").text
    assert edgar.get(f"/staff/exercises/{number}/moving.svg?revision=99").status_code == 404


@pytest.mark.parametrize("change", [{"scene": None}, {"photo": "0" * 64, "photo_type": "image/jpeg"}])
def test_what_is_not_drawn_does_not_move(app: Flask, clara: FlaskClient, change: dict[str, str | None]) -> None:
    """One drawing alone, or a photo among them."""
    number = number_of(app)
    with app.app_context():
        end = db.session.scalars(select(Illustration).filter_by(exercise_id=number, letter="B")).one()
        for name, value in change.items():
            setattr(end, name, value)
        db.session.commit()
    assert clara.get(address(app, "Bridge")).status_code == 404
    page = clara.get(f"/staff/exercises/{number}").text
    assert "data-moving-picture" not in page
    assert "moving_picture.js" not in page


def test_the_exercise_moves_on_its_page_and_has_its_still_picture(app: Flask, clara: FlaskClient) -> None:
    page = clara.get(f"/staff/exercises/{number_of(app)}").text
    assert "data-moving-picture" in page
    assert '<source media="(prefers-reduced-motion: reduce)" srcset="/staff/exercises/' in page
    assert "/pictures/B?" in page.split("<source")[1].split(">")[0]
    assert "moving_picture.js" in page
