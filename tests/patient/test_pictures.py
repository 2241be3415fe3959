"""Pictures: those of the present edition and no other, unable to run anything."""

from __future__ import annotations

import gzip
from io import BytesIO

from flask import Flask
from PIL import Image

from clinic_app.database import db
from clinic_app.models import Account, Patient, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import handouts
from clinic_app.services.printing import store
from tests.cast import Cast
from tests.issuing import NOW, edition_two, started_programme
from tests.patient_phone import Phone


def named(app: Flask, programme_id: int) -> tuple[set[str], set[str]]:
    """The stills and the moving pictures that the newest edition names."""
    with app.app_context():
        latest = db.session.get_one(Programme, programme_id).latest
        assert latest
        said = snapshot.from_json(latest.snapshot)
    stills = {picture.file for each in said.exercises for picture in each.pictures}
    return stills, {each.moving for each in said.exercises}


def test_every_picture_of_the_edition_is_there_to_the_byte(app: Flask, programme_id: int, phone: Phone) -> None:
    stills, moving = named(app, programme_id)
    assert len(stills) >= 12
    assert len(moving) == 6
    for digest in stills | moving:
        answer = phone.get(f"pictures/{digest}")
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
        with app.app_context():
            assert answer.data == store().get(digest)
    assert all(b"<animate" in phone.get(f"pictures/{digest}").data for digest in moving)


def test_a_picture_may_move_but_not_run_or_load_anything(app: Flask, programme_id: int, phone: Phone) -> None:
    _, moving = named(app, programme_id)
    answer = phone.get(f"pictures/{min(moving)}")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_phone_keeps_a_picture_and_shares_it_with_nobody(app: Flask, programme_id: int, phone: Phone) -> None:
    stills, _ = named(app, programme_id)
    kept = phone.get(f"pictures/{min(stills)}").headers["Cache-Control"]
    assert "private" in kept
    assert "immutable" in kept
    assert "public" not in kept
    assert phone.get("pictures/" + 64 * "0").headers["Cache-Control"] == "no-store"


def test_a_drawing_is_packed_for_whoever_can_unpack_it(app: Flask, programme_id: int, phone: Phone) -> None:
    _, moving = named(app, programme_id)
    plain, packed = (
        phone.get(f"pictures/{min(moving)}"),
        phone.get(f"pictures/{min(moving)}", **{"Accept-Encoding": "gzip"}),
    )
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 20_000
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_picture_of_another_handout_or_of_the_store_is_not_found(
    app: Flask, cast: Cast, programme_id: int, phone: Phone
) -> None:
    """It exists and its digest is right; this edition does not name it."""
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        other = started_programme(clinician, db.session.get_one(Patient, cast.patient), "neck-stiff-and-sore")
        db.session.commit()
        handout = handouts.issue(clinician, handouts.prepare(clinician, other, NOW), "key", NOW)
        db.session.commit()
        other_id, pdf = other.id, handout.pdf
    theirs = set[str]().union(*named(app, other_id)) - set[str]().union(*named(app, programme_id))
    assert theirs
    for digest in (*theirs, pdf):
        with app.app_context():
            assert store().get(digest)
        assert phone.get(f"pictures/{digest}").status_code == 404
    for name in ("0" * 64, "..%2f..%2fclinic.sqlite3", "x"):
        assert phone.get(f"pictures/{name}").status_code == 404


def test_a_withdrawn_edition_shows_no_picture(app: Flask, cast: Cast, programme_id: int, phone: Phone) -> None:
    stills, _ = named(app, programme_id)
    with app.app_context():
        latest = db.session.get_one(Programme, programme_id).latest
        assert latest
        handouts.withdraw(db.session.get_one(Account, cast.clinician), latest, "wrong side")
        db.session.commit()
    assert phone.get(f"pictures/{min(stills)}").status_code == 404


def test_the_page_has_the_clinics_logo_and_colour(app: Flask, cast: Cast, programme_id: int, phone: Phone) -> None:
    """Those of the edition, as on its sheet; until it has some, ours."""
    assert "colour.css" not in phone.get("today").text
    drawn = BytesIO()
    Image.new("RGB", (60, 20), "#a3182a").save(drawn, "PNG")
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        branding = clinician.clinic.branding
        branding.colour, branding.logo_type = "#7A1220", "image/png"
        logo = branding.logo = store().put(drawn.getvalue())
        db.session.commit()
        edition_two(clinician, db.session.get_one(Programme, programme_id))
    assert f'src="/p/{phone.public_id}/pictures/{logo}"' in phone.get("today").text
    assert phone.get(f"pictures/{logo}").mimetype == "image/png"
    assert f'href="/p/{phone.public_id}/colour.css"' in phone.get("today").text
    assert phone.get("colour.css").text == ":root { --brand: #7A1220; }\n"
