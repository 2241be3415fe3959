"""The patient's address: the paper can open it, a stolen database cannot, and nobody can bend it to another site."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import text

from clinic_app.database import db
from clinic_app.models import Account, Patient, PatientAddress, Programme
from clinic_app.services import addresses, handouts, printing
from tests.cast import Cast, sign_in
from tests.issuing import NOW, Issued, started_programme


@pytest.fixture
def programme(app: Flask, cast: Cast) -> Iterator[Programme]:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        started = started_programme(clinician, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        yield started


def whole_database() -> str:
    return "\n".join(
        str(row)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(text(f"SELECT * FROM {table.name}"))
    )


def test_the_address_is_long_and_its_code_is_legible(programme: Programme) -> None:
    printed = addresses.printed(programme)
    assert re.fullmatch(r"https://handouts\.example/p/[0-9a-f]{32}#[A-Za-z0-9_-]{32}", printed.url)
    letters = addresses.CODE_LETTERS
    assert re.fullmatch(f"[{letters}]{{5}}-[{letters}]{{5}}", printed.code)


def test_the_codes_letters_are_not_misread() -> None:
    letters = addresses.CODE_LETTERS
    assert len(letters) == len(set(letters)) == 30
    assert not set(letters) & set("01OILU")
    assert letters == letters.upper()


def test_every_letter_of_the_code_comes_up(app: Flask) -> None:
    """All thirty, at every place: a slip in the arithmetic would leave some out."""
    with app.app_context():
        codes = [addresses._code(f"{number:032x}") for number in range(600)]
    assert len(set(codes)) == len(codes)
    for place in range(addresses.CODE_LENGTH):
        assert {code[place] for code in codes} == set(addresses.CODE_LETTERS)


def test_every_edition_prints_the_same_address(programme: Programme) -> None:
    assert addresses.printed(programme) == addresses.printed(programme)


def test_two_programmes_have_nothing_in_common(app: Flask, cast: Cast, programme: Programme) -> None:
    other = started_programme(programme.account, programme.patient)
    ours, theirs = addresses.printed(programme), addresses.printed(other)
    assert ours.code != theirs.code
    assert set(re.split("[/#]", ours.url)) & set(re.split("[/#]", theirs.url)) == {
        "https:",
        "",
        "handouts.example",
        "p",
    }


def test_secret_and_code_are_stored_nowhere(app: Flask, programme: Programme) -> None:
    handouts.issue(programme.account, handouts.prepare(programme.account, programme, NOW), "click", NOW)
    db.session.commit()
    printed = addresses.printed(programme)
    secret, code = printed.url.partition("#")[2], printed.code
    stored = whole_database()
    row = db.session.query(PatientAddress).one()
    assert row.public_id in stored
    assert row.secret_digest == addresses.digest(secret)
    assert row.code_digest == addresses.digest(code.replace("-", ""))
    for private in (secret, code, code.replace("-", "")):
        assert private not in stored


def test_another_key_gives_another_secret(app: Flask, programme: Programme) -> None:
    before = addresses.printed(programme)
    app.config["CLINIC"] = replace(app.config["CLINIC"], address_key=b"another key")
    after = addresses.printed(programme)
    assert before.url.partition("#")[0] == after.url.partition("#")[0]
    assert before.url.partition("#")[2] != after.url.partition("#")[2]
    assert before.code != after.code


def test_a_revoked_address_is_printed_no_more(programme: Programme) -> None:
    old = addresses.printed(programme)
    db.session.query(PatientAddress).one().revoked_at = NOW
    addresses.create(programme)
    db.session.commit()
    assert addresses.printed(programme).code != old.code


def test_a_forged_host_does_not_reach_the_paper(app: Flask, issued: Issued) -> None:
    """The square on the sheet is read with a reader, as a phone reads it."""
    programme = issued.programme_id
    clara = sign_in(app.test_client(), "Clara")
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    with app.app_context():
        number = db.session.get_one(Programme, programme).handouts[0].id
        handout = db.session.get_one(Programme, programme).handouts[0]
        wanted = addresses.printed(handout.programme).url
        pages = printing.pool().pages_as_png(handouts.pdf(handout), 150, 1, 1)
    assert clara.get(f"/staff/handouts/{number}.pdf", headers=forged).status_code in {200, 303}
    assert [code.text for code in zxingcpp.read_barcodes(_picture(pages[0]))] == [wanted]
    assert wanted.startswith("https://handouts.example/p/")


def test_the_request_plays_no_part_in_the_address(app: Flask, programme: Programme) -> None:
    with app.test_request_context("/", base_url="https://evil.example", headers={"X-Forwarded-Host": "evil.example"}):
        assert addresses.printed(programme).url.startswith("https://handouts.example/p/")


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")
