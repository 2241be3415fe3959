"""`flask catalogue …`: a list that other tools can read, and a check that names file, field and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import delete

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Account, ExerciseWord
from clinic_app.services import search
from clinic_app.starter.pack import SHIPPED
from tests.cast import Cast
from tests.settings import config


@pytest.fixture
def runner(tmp_path: Path) -> FlaskCliRunner:
    """Without a database: the content pack is files."""
    app: Flask = create_app(config(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'absent.sqlite3'}"))
    return app.test_cli_runner()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def test_the_list_is_one_exercise_a_line(runner: FlaskCliRunner) -> None:
    done = runner.invoke(args=["catalogue", "list"])
    assert done.exit_code == 0
    rows = [line.split("\t") for line in done.output.splitlines()]
    assert {len(row) for row in rows} == {3}
    assert {state for _, state, _ in rows} <= {"draft", "published", "archived"}
    slugs = [slug for slug, _, _ in rows]
    assert len(slugs) == len(set(slugs)) == len(list((SHIPPED / "exercises").glob("*.toml")))
    assert ["bridge", "published", "Bridge"] in rows


def test_the_shipped_pack_has_nothing_to_put_right(runner: FlaskCliRunner) -> None:
    done = runner.invoke(args=["catalogue", "check"])
    assert done.exit_code == 0, done.output
    assert "nothing to put right" in done.output


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('name = "Bridge"', 'name = ""', ["bridge.toml", "name"]),
        ('name = "Bridge"', 'name = "Bridge', ["bridge.toml"]),
        ('state = "published"', 'state = "ready"', ["bridge.toml", "state"]),
        ('name = "Bridge"', 'name = "Bridge"\nnickname = "Hips"', ["bridge.toml", "nickname"]),
    ],
)
@pytest.mark.parametrize("command", ["check", "list"])
def test_a_broken_file_is_named_with_its_field(
    runner: FlaskCliRunner, pack: Path, command: str, before: str, after: str, named: list[str]
) -> None:
    file = pack / "exercises" / "bridge.toml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    done = runner.invoke(args=["catalogue", command, "--pack", str(pack)])
    assert done.exit_code == 1
    for word in named:
        assert word in done.output
    assert "Traceback" not in done.output


def test_a_missing_folder_is_said(runner: FlaskCliRunner, tmp_path: Path) -> None:
    done = runner.invoke(args=["catalogue", "check", "--pack", str(tmp_path / "absent")])
    assert done.exit_code == 1
    assert "pack.toml: the file is missing" in done.output
    assert "Traceback" not in done.output


def test_index_fills_what_is_missing_and_says_how_much(app: Flask, cast: Cast) -> None:
    index = ["catalogue", "index"]
    assert app.test_cli_runner().invoke(args=index).output == ""
    with app.app_context():
        harbour = db.session.get_one(Account, cast.clinician).clinic_id
        db.session.execute(delete(ExerciseWord).where(ExerciseWord.clinic_id == harbour))
        db.session.commit()
    done = app.test_cli_runner().invoke(args=index)
    assert (done.exit_code, done.output) == (0, "harbour: 41 exercises can be searched now.\n")
    with app.app_context():
        assert search.exercises(db.session.get_one(Account, cast.clinician), "bridge").total
    with app.app_context():  # as it was written before whole names were looked for
        db.session.execute(delete(ExerciseWord).where(ExerciseWord.clinic_id == harbour, ExerciseWord.word < "!"))
        db.session.commit()
    assert app.test_cli_runner().invoke(args=index).output == done.output
    done = app.test_cli_runner().invoke(args=[*index, "--all"])
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["harbour", "hillside"]
