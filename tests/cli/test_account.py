"""`flask account create`: what is wrong is said in one sentence, and nothing is left half made."""

from __future__ import annotations

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.models import Account
from tests.cast import PASSWORD, Cast

NINA = ["nina@clinic.example", "--name", "Nina New", "--clinic", "harbour"]


def create(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["account", "create", *arguments])


def accounts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Account)) or 0


def signs_in(app: Flask, password: str) -> bool:
    answer = app.test_client().post("/sign-in", data={"email": "nina@clinic.example", "password": password})
    return answer.status_code in {302, 303}


def test_a_made_password_is_shown_once_and_works(app: Flask, cast: Cast) -> None:
    done = create(app, *NINA, "--role", "manager")
    assert done.exit_code == 0, done.output
    assert "nina@clinic.example can sign in as manager." in done.output
    shown = re.search(r"shown only now: (\S{20,})", done.output)
    assert shown
    assert signs_in(app, shown[1])


def test_a_given_password_is_taken_and_not_shown(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_ACCOUNT_PASSWORD", PASSWORD)
    done = create(app, *NINA)
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert signs_in(app, PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nina.example", *NINA[1:]], "is not an e-mail address"),
        ([*NINA, "--password", "too short"], "15 to 128 characters; this one has 9"),
        (["CLARA@clinic.example", *NINA[1:]], "already an account for"),
        ([*NINA[:3]], "Please name one clinic with --clinic. There are: harbour, hillside."),
        ([*NINA[:3], "--clinic", "absent"], "Please name one clinic"),
        ([*NINA, "--role", "owner"], "is not one of"),
        (["nina@clinic.example", "--clinic", "harbour"], "--name"),
    ],
)
def test_what_is_wrong_is_said_and_no_account_is_made(
    app: Flask, cast: Cast, arguments: list[str], sentence: str
) -> None:
    before = accounts(app)
    done = create(app, *arguments)
    assert done.exit_code in {1, 2}
    assert sentence in done.output
    assert "Traceback" not in done.output
    assert accounts(app) == before


def test_without_a_clinic_it_says_so(app: Flask) -> None:
    done = create(app, "nina@clinic.example", "--name", "Nina New")
    assert done.exit_code == 1
    assert "There are: none yet." in done.output
