"""`flask handout …`: the sample from the content pack alone, and an edition exactly as it was issued."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from flask import Flask

from clinic_app import create_app
from clinic_app.config import Config
from clinic_app.database import db
from clinic_app.models import Handout
from clinic_app.services import handouts
from tests.cast import Cast
from tests.issuing import Issued
from tests.settings import config


@pytest.fixture
def without_database(tmp_path: Path) -> Flask:
    made: Config = config(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'absent.sqlite3'}")
    return create_app(made)


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_the_sample_needs_no_database_and_is_the_same_each_time(without_database: Flask, tmp_path: Path) -> None:
    runner = without_database.test_cli_runner()
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for file in files:
        done = runner.invoke(
            args=["handout", "sample", "--protocol", "low-back-six", "--on", "2026-11-23", "--out", str(file)]
        )
        assert done.exit_code == 0, done.output
        assert done.output.startswith(f"{file}: ")
        assert "pages" in done.output
    assert files[0].read_bytes() == files[1].read_bytes()
    said = words(files[0])
    assert "Exercises for Sample Patient" in said
    assert "23 November 2026" in said
    assert list(tmp_path.rglob("*.sqlite3*")) == []


def test_the_sample_in_large_print_holds_the_longest_safety_advice_that_ships(
    without_database: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "one.pdf"
    arguments = ["--protocol", "neck-stiff-and-sore", "--layout", "large_print", "--out", str(file)]
    done = without_database.test_cli_runner().invoke(args=["handout", "sample", *arguments])
    assert done.exit_code == 0, done.output
    assert "a face that drops" in words(file)


def test_an_unknown_protocol_names_those_there_are(without_database: Flask, tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    done = without_database.test_cli_runner().invoke(
        args=["handout", "sample", "--protocol", "no-such", "--out", str(file)]
    )
    assert done.exit_code == 1
    assert "There is no protocol no-such." in done.output
    assert "low-back-six" in done.output
    assert not file.exists()


@pytest.mark.parametrize("arguments", [["sample"], ["sample", "--protocol", "low-back-six"], ["pdf"], ["pdf", "1"]])
def test_what_is_left_out_is_named(without_database: Flask, arguments: list[str]) -> None:
    done = without_database.test_cli_runner().invoke(args=["handout", *arguments])
    assert done.exit_code == 2
    assert "Missing" in done.output


def test_an_edition_is_written_as_it_was_issued(app: Flask, issued: Issued, tmp_path: Path) -> None:
    with app.app_context():
        stored = handouts.pdf(db.session.get_one(Handout, issued.id))
    file = tmp_path / "edition.pdf"
    done = app.test_cli_runner().invoke(args=["handout", "pdf", str(issued.id), "--out", str(file)])
    assert done.exit_code == 0, done.output
    assert "edition 1" in done.output
    assert file.read_bytes() == stored


def test_a_number_that_is_not_there_is_said(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "edition.pdf"
    done = app.test_cli_runner().invoke(args=["handout", "pdf", "999999", "--out", str(file)])
    assert done.exit_code == 1
    assert "There is no handout 999999." in done.output
    assert not file.exists()
