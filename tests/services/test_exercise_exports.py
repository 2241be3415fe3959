"""What goes out comes in again: the catalogue as CSV, XLSX and content pack, on both databases."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select

from clinic_app.database import db
from clinic_app.models import Account, Exercise, ExerciseImport, Illustration, ProtocolExercise
from clinic_app.models.exercise_import import ImportState
from clinic_app.services import exercise_exports, exercise_import_reading, exercise_imports
from clinic_app.services.exercise_columns import guarded, unguarded
from clinic_app.services.exercise_entry import content_of
from clinic_app.services.exercise_import_checks import UNFINISHED
from tests.cast import Cast

KINDS = ("csv", "xlsx", "pack")


@pytest.fixture
def editor(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        yield db.session.get_one(Account, cast.editor)


def imported(editor: Account, data: bytes, name: str = "exercises.csv") -> ExerciseImport:
    """The file, read and checked to its end."""
    known = exercise_imports.photos_here(editor.clinic_id)
    found = exercise_imports.start(editor, exercise_import_reading.prepare(name, data, known))
    while (portion := exercise_imports.next_portion(found)) is not None:
        assert exercise_imports.note(found, portion)
    db.session.commit()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_clinics_own_export_would_change_nothing(editor: Account, kind: str) -> None:
    data = exercise_exports.written(kind, editor.clinic, exercise_exports.contents(editor.clinic_id))
    found = imported(editor, data)
    assert found.kind == kind
    assert [each for each in exercise_imports.outcomes(found) if each.kind != "unchanged"] == []
    assert exercise_imports.counts(found) == {"new": 0, "changed": 0, "unchanged": 41, "refused": 0}


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_fills_an_empty_clinic_with_equal_drafts(editor: Account, kind: str) -> None:
    before = {each["slug"]: each for each in exercise_exports.contents(editor.clinic_id)}
    data = exercise_exports.written(kind, editor.clinic, list(before.values()))
    db.session.execute(delete(ProtocolExercise))
    db.session.execute(delete(Illustration))
    db.session.execute(delete(Exercise))
    db.session.commit()
    found = imported(editor, data)
    assert exercise_imports.counts(found) == {"new": 41, "changed": 0, "unchanged": 0, "refused": 0}
    assert exercise_imports.apply(editor, found, only_good=False)
    db.session.commit()
    assert found.state == ImportState.APPLIED
    rows = db.session.scalars(select(Exercise).order_by(Exercise.slug)).all()
    for row in rows:
        expected = {**before[row.slug], "state": "draft", "state_reason": UNFINISHED}
        if kind != "pack":  # a table has no room for pictures, only for their words
            expected["pictures"] = [{**each, "scene": None} for each in expected["pictures"]]
        assert content_of(row) == expected
    assert len(rows) == 41
    again = imported(editor, data)
    assert exercise_imports.counts(again)["unchanged"] == 41


@pytest.mark.parametrize("kind", KINDS)
def test_equal_content_gives_equal_bytes(editor: Account, kind: str) -> None:
    exercises = exercise_exports.contents(editor.clinic_id, "published")
    assert exercises
    assert exercise_exports.written(kind, editor.clinic, exercises) == exercise_exports.written(
        kind, editor.clinic, exercises
    )


def test_a_pack_is_written_as_the_one_that_ships(editor: Account) -> None:
    data = exercise_exports.pack(editor.clinic, exercise_exports.contents(editor.clinic_id))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        text = book.read("exercises/bridge.toml").decode("utf-8")
        assert "poses/bridge-a.json" in book.namelist()
    assert "reps = [10, 15]" in text
    assert 'hold = { amount = [3, 5], unit = "seconds" }' in text
    assert "written_on = 2026-11-23" in text


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@name", "'=x", "''-1", "it's", "'quoted'", "a=b"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text
