"""The door of the patient's page: what a stranger, a scanner, a wrong date and the patient each get."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from clinic_app.database import db, utc_now
from clinic_app.models import Account, CodeTries, Concern, PatientAddress, Programme
from clinic_app.services import addresses, openings
from tests.cast import Cast
from tests.issuing import Issued
from tests.patient_phone import BORN

WRONG = {"day": "2", "month": "1", "year": "1957"}
FIELDS = ("wrong_tries", "openings", "locked_at", "first_opened_at", "last_opened_at", "revoked_at")


@dataclass(frozen=True, slots=True)
class Door:
    app: Flask
    clara: int
    public_id: str
    secret: str
    code: str

    @property
    def path(self) -> str:
        return f"/p/{self.public_id}"

    def open(
        self, born: dict[str, str], client: FlaskClient | None = None, headers: dict[str, str] | None = None
    ) -> TestResponse:
        form = {"given": self.secret, **born}
        return (client or self.app.test_client()).post(self.path, data=form, headers=headers)

    def row(self) -> dict[str, object]:
        with self.app.app_context():
            row = addresses.find(self.public_id)
            return {name: getattr(row, name) for name in FIELDS}

    def opened(self) -> FlaskClient:
        client = self.app.test_client()
        assert self.open(BORN, client).status_code == 303
        return client


@pytest.fixture
def door(app: Flask, cast: Cast, issued: Issued) -> Door:
    with app.app_context():
        address = addresses.present(db.session.get_one(Programme, issued.programme_id))
        secret, code = addresses.url(address).partition("#")[2], addresses.code(address)
        db.session.commit()
        return Door(app, cast.clinician, address.public_id, secret, code)


def test_the_patient_comes_in_and_stays(door: Door) -> None:
    client = door.app.test_client()
    answer = door.open(BORN, client)
    assert (answer.status_code, answer.location) == (303, f"{door.path}/today")
    assert client.get(f"{door.path}/today").status_code == 200
    assert client.get(door.path).status_code == 303
    assert door.row()["openings"] == 1


def test_the_code_leads_to_the_date_and_in(door: Door) -> None:
    client = door.app.test_client()
    asked = client.post("/p", data={"code": door.code.lower().replace("-", " ")})
    assert asked.status_code == 200
    assert "Your date of birth" in asked.text
    answer = client.post(door.path, data={"given": door.code, **BORN})
    assert answer.status_code == 303


def test_a_wrong_secret_says_nothing_and_is_no_try(door: Door) -> None:
    answer = door.app.test_client().post(door.path, data={"given": "x" * 32, **BORN})
    assert answer.status_code == 422
    assert "Ada" not in answer.text
    assert door.row()["wrong_tries"] == 0


def test_an_unknown_address_looks_like_one_with_a_wrong_secret(door: Door) -> None:
    client = door.app.test_client()
    unknown = client.post(f"/p/{'0' * 32}", data={"given": "x" * 32})
    for each in ("%00", f"{door.path[3:]}%00", f"{door.path[3:]}0"):  # PostgreSQL takes no NUL
        assert sentence(client.post(f"/p/{each}", data={"given": "x" * 32})) == sentence(unknown)
    known = client.post(door.path, data={"given": "x" * 32})
    assert unknown.status_code == known.status_code == 422
    assert sentence(unknown) == sentence(known)


def sentence(answer: TestResponse) -> str:
    return answer.text.partition('role="alert">')[2].partition("<")[0]


@pytest.mark.parametrize("born", [{}, {"day": "", "month": "", "year": ""}, {"day": "31", "month": "2", "year": "x"}])
def test_a_date_that_is_none_is_no_try(door: Door, born: dict[str, str]) -> None:
    assert door.open(born).status_code in {200, 422}
    assert door.row()["wrong_tries"] == 0


def test_five_wrong_dates_lock_it_until_staff_unlock(door: Door) -> None:
    statuses = [door.open(WRONG).status_code for _ in range(6)]
    assert statuses == [422] * 4 + [403] * 2
    locked = door.open(BORN)
    assert locked.status_code == 403
    assert "This page is locked" in locked.text
    with door.app.app_context():
        row = addresses.find(door.public_id)
        assert row is not None
        addresses.unlock(db.session.get_one(Account, door.clara), row)
        db.session.commit()
    assert door.open(BORN).status_code == 303


def test_of_fifty_wrong_tries_at_once_exactly_five_count(door: Door) -> None:
    gate = Barrier(50)

    def knock(_number: int) -> int:
        client = door.app.test_client()
        gate.wait()
        return door.open(WRONG, client).status_code

    with ThreadPoolExecutor(50) as people:
        answers = list(people.map(knock, range(50)))
    assert sorted(answers) == [403] * 46 + [422] * 4
    row = door.row()
    assert row["wrong_tries"] == openings.MOST_TRIES
    assert row["locked_at"] is not None
    with door.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Concern)) == 1


def test_a_scanner_uses_nothing_up(door: Door) -> None:
    """HEAD and GET, fifty times, of every address that a mail holds; then the patient comes in."""
    before = door.row()
    scanner = door.app.test_client()
    for _ in range(50):
        assert scanner.head(door.path).status_code == 200
        seen = scanner.get(door.path)
        assert seen.status_code == 200
        assert seen.headers["Cache-Control"] == "no-store"
        assert "Ada" not in seen.text
    for page in ("today", "help", "handout.pdf", "calendar.ics"):
        assert scanner.get(f"{door.path}/{page}").location == door.path
    assert door.row() == before
    assert door.open(BORN).status_code == 303
    assert door.row()["openings"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_the_form_of_another_site_is_refused(door: Door, headers: dict[str, str]) -> None:
    assert door.open(WRONG, headers=headers).status_code == 403
    assert door.row()["wrong_tries"] == 0


def test_a_revoked_address_is_closed_for_a_phone_that_was_inside(door: Door) -> None:
    phone = door.opened()
    assert phone.get(f"{door.path}/today").status_code == 200
    with door.app.app_context():
        row = addresses.find(door.public_id)
        assert row is not None
        addresses.revoke(db.session.get_one(Account, door.clara), row, utc_now())
        db.session.commit()
    assert phone.get(f"{door.path}/today").status_code == 410
    assert door.open(BORN).status_code == 410
    assert "Knee to chest" not in phone.get(f"{door.path}/today").text


def test_an_address_that_has_run_out_says_whom_to_call(door: Door) -> None:
    phone = door.opened()
    with door.app.app_context():
        row = addresses.find(door.public_id)
        assert row is not None
        row.expires_at = utc_now()
        db.session.commit()
    for answer in (phone.get(f"{door.path}/today"), door.open(BORN)):
        assert answer.status_code == 410
        assert "This page has run out" in answer.text
        assert "01632 960 123" in answer.text


def test_too_many_wrong_codes_from_one_place(door: Door) -> None:
    client = door.app.test_client()
    for _ in range(openings.MOST_CODES):
        assert client.post("/p", data={"code": "22222-22222"}).status_code == 422
    refused = client.post("/p", data={"code": door.code})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    elsewhere = client.post("/p", data={"code": door.code}, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert elsewhere.status_code == 200


def test_wrong_codes_of_one_place_at_the_same_moment_are_all_counted(door: Door) -> None:
    gate = Barrier(8)

    def guess(_number: int) -> int:
        client = door.app.test_client()
        gate.wait()
        return client.post("/p", data={"code": "22222-22222"}).status_code

    with ThreadPoolExecutor(8) as people:
        assert list(people.map(guess, range(8))) == [422] * 8
    with door.app.app_context():
        assert db.session.scalars(select(CodeTries.count)).all() == [8]


def test_the_cookie_is_for_this_site_alone_and_opens_one_address(door: Door) -> None:
    door.app.config["CLINIC"] = replace(door.app.config["CLINIC"], https=True)
    client = door.app.test_client()
    said = door.open(BORN, client).headers["Set-Cookie"]
    name, _, rest = said.partition("=")
    assert name == f"__Host-p-{door.public_id[:16]}"
    assert {part.strip() for part in rest.split(";")[1:]} >= {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert "Domain" not in said
    assert door.secret not in said
    assert client.get(f"{door.path}/today", base_url="https://localhost").status_code == 200
    assert client.get(f"/p/{'0' * 32}/today", base_url="https://localhost").status_code == 303


def test_a_forged_cookie_opens_nothing(door: Door) -> None:
    client = door.app.test_client()
    for value in (door.public_id, f"{door.public_id}.x.y", ""):
        client.set_cookie(f"p-{door.public_id[:16]}", value)
        assert client.get(f"{door.path}/today").status_code == 303


def test_the_cookie_of_one_address_does_not_fit_another(door: Door) -> None:
    with door.app.app_context():
        row = addresses.find(door.public_id)
        assert row is not None
        other = addresses.create(row.programme)
        db.session.commit()
        theirs = other.public_id
    cookie = door.opened().get_cookie(f"p-{door.public_id[:16]}")
    assert cookie
    client = door.app.test_client()
    client.set_cookie(f"p-{theirs[:16]}", cookie.value)
    assert client.get(f"/p/{theirs}/today").status_code == 303


def test_a_phone_can_be_made_to_forget(door: Door) -> None:
    phone = door.opened()
    closed = phone.post(f"{door.path}/close")
    # "storage" would take another programme's copies and entries too.
    assert (closed.status_code, closed.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert phone.get(f"{door.path}/today").status_code == 303
    assert door.opened().get(f"{door.path}/today").status_code == 200


def test_no_secret_is_written_into_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = door.app.test_client()
    client.post("/p", data={"code": door.code})
    door.open(WRONG, client)
    door.open(BORN, client)
    client.get(f"{door.path}/today")
    assert client.get(door.path).headers["Referrer-Policy"] == "no-referrer"
    for private in (door.secret, door.code, door.code.replace("-", "")):
        assert private not in caplog.text


def test_the_secret_stands_in_no_answer(door: Door) -> None:
    client = door.opened()
    for page in ("today", "help"):
        answer = client.get(f"{door.path}/{page}")
        for private in (door.secret, door.code):
            assert private not in answer.text + str(answer.headers)


def test_only_what_was_asked_for_is_kept_of_an_address(door: Door) -> None:
    with door.app.app_context():
        row = db.session.scalars(select(PatientAddress)).one()
        kept = " ".join(str(value) for value in vars(row).values())
    assert door.secret not in kept
    assert door.code.replace("-", "") not in kept
