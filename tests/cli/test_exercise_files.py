"""`flask catalogue export` and `import`: what comes out goes in, and nothing is written unless it is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.starter.pack import SHIPPED
from tests.cast import Cast

EDGAR = ["--as", "edgar@clinic.example"]


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["catalogue", *words])
    assert "Traceback" not in done.output
    return done.exit_code, done.output


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Exercise)) or 0


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx", "all.zip"])
def test_an_export_comes_in_again_and_changes_nothing(app: Flask, cast: Cast, tmp_path: Path, name: str) -> None:
    file = str(tmp_path / name)
    assert run(app, "export", file, "--clinic", "harbour") == (0, f"41 exercises are in {file}.\n")
    code, said = run(app, "import", file, *EDGAR)
    assert (code, said.splitlines()[-1]) == (0, "0 new, 0 changed, 41 unchanged, 0 refused")


def test_a_folder_is_written_only_when_asked_and_only_whole(app: Flask, cast: Cast, tmp_path: Path) -> None:
    pack = Path(shutil.copytree(SHIPPED, tmp_path / "pack", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    text = (pack / "exercises" / "bridge.toml").read_text("utf-8").replace('"Hip lift", "Glute bridge"', "")
    fresh = text.replace('slug = "bridge"', 'slug = "sofa"').replace('name = "Bridge"', 'name = "Sofa"')
    (pack / "exercises" / "sofa.toml").write_text(fresh, "utf-8")
    (pack / "exercises" / "broken.toml").write_text(fresh, "utf-8")
    before = count(app)
    code, said = run(app, "import", str(pack), *EDGAR)
    assert code == 0
    assert "exercises/broken.toml, slug: must be the same as the name of the file" in said
    assert said.splitlines()[-1] == "1 new, 0 changed, 41 unchanged, 1 refused"
    code, said = run(app, "import", str(pack), *EDGAR, "--apply")
    assert code == 1
    assert "Some rows were refused." in said
    assert count(app) == before
    assert run(app, "import", str(pack), *EDGAR, "--apply", "--only-good")[0] == 0
    assert count(app) == before + 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", str(SHIPPED / "pack.toml"), *EDGAR], "none of our headings"),
        (["import", str(SHIPPED / "poses"), *EDGAR], "There is no exercise in here."),
        (["import", str(SHIPPED), "--as", "nobody@clinic.example"], "There is no account for nobody@clinic.example."),
        (["import", str(SHIPPED), "--as", "clara@clinic.example"], "Only editors and managers"),
        (["export", "catalogue.doc"], "ends with .csv, .xlsx or .zip"),
        (["export", "catalogue.csv"], "Please name one clinic with --clinic: harbour, hillside."),
    ],
)
def test_what_cannot_be_done_is_said(app: Flask, cast: Cast, words: list[str], sentence: str) -> None:
    code, said = run(app, *words)
    assert code == 1
    assert sentence in said
