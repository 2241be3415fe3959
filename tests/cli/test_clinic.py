"""`flask clinic create`: a clinic with its catalogue, or one sentence and nothing."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.models import Clinic, Exercise
from tests.cast import Cast

QUAY = ["quay", "--name", "Quay Physiotherapy", "--phone", "01632 960 789"]


def create(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["clinic", "create", *arguments])


def clinics(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Clinic)) or 0


def test_a_new_clinic_has_the_starter_catalogue_and_takes_an_account(app: Flask, cast: Cast) -> None:
    done = create(app, *QUAY)
    assert done.exit_code == 0, done.output
    with app.app_context():
        clinic = db.session.scalars(select(Clinic).where(Clinic.slug == "quay")).unique().one()
        held = select(func.count()).select_from(Exercise).where(Exercise.clinic_id == clinic.id)
        assert db.session.scalar(held) == 41
        assert clinic.name == "Quay Physiotherapy"
    arguments = ["account", "create", "quinn@clinic.example", "--name", "Quinn", "--clinic", "quay"]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Quay Street", *QUAY[1:]], "is no short name"),
        (["harbour", *QUAY[1:]], "There is already a clinic called harbour."),
        ([*QUAY[:3], "--phone", "ask us"], "Please give a phone number"),
        (["quay", "--name", "x" * 81, "--phone", "1"], "1 to 80 characters"),
        ([*QUAY, "--pack", "nowhere"], "nowhere"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(app: Flask, cast: Cast, arguments: list[str], sentence: str) -> None:
    before = clinics(app)
    done = create(app, *arguments)
    assert done.exit_code != 0
    assert sentence in done.output
    assert clinics(app) == before
