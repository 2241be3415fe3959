"""`flask demo prepare`: once it makes the demo clinic, after that it only says how to sign in."""

from __future__ import annotations

from stat import S_IMODE

from flask import Flask
from sqlalchemy import select, text

from clinic_app.database import db
from clinic_app.models import Clinic
from clinic_app.services.demo import EMAIL, sign_in_file


def everything(app: Flask) -> dict[str, list[str]]:
    with app.app_context():
        return {
            table.name: sorted(map(str, db.session.execute(text(f"SELECT * FROM {table.name}"))))
            for table in db.metadata.sorted_tables
        }


def test_the_first_run_makes_a_clinic_that_can_be_signed_in_to(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "prepare"])
    assert done.exit_code == 0, done.output
    file = sign_in_file(app.config["CLINIC"].data)
    assert S_IMODE(file.stat().st_mode) == 0o600
    email, password = file.read_text("utf-8").split()
    assert email == EMAIL
    assert password in done.output
    assert "do not use it for real patients" in done.output
    with app.app_context():
        assert db.session.scalars(select(Clinic)).unique().one().is_demo
    client = app.test_client()
    assert "Demo clinic: do not use for real patients" in client.get("/sign-in").text
    answer = client.post("/sign-in", data={"email": email, "password": password}, follow_redirects=True)
    assert "Sample Patient" in answer.text


def test_the_second_run_changes_nothing(app: Flask) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["demo", "prepare"])
    file = sign_in_file(app.config["CLINIC"].data)
    before, kept, rows = file.read_bytes(), file.stat().st_mtime_ns, everything(app)
    second = runner.invoke(args=["demo", "prepare"])
    assert second.exit_code == 0, second.output
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, kept)
    assert everything(app) == rows
    assert "The demo clinic is ready." in first.output
    assert "The demo clinic is ready." not in second.output
    assert before.decode().split()[1] in second.output


def test_a_real_clinic_is_left_alone(app: Flask, cast: object) -> None:
    rows = everything(app)
    done = app.test_cli_runner().invoke(args=["demo", "prepare"])
    assert done.exit_code == 0, done.output
    assert done.output == ""
    assert everything(app) == rows
    assert not sign_in_file(app.config["CLINIC"].data).exists()


def test_an_old_file_that_others_could_read_is_replaced(app: Flask) -> None:
    file = sign_in_file(app.config["CLINIC"].data)
    file.write_text("left over\n")
    file.chmod(0o644)
    app.test_cli_runner().invoke(args=["demo", "prepare"])
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert "left over" not in file.read_text("utf-8")
