"""Long files: read and checked in bounded time and memory, refused beyond a limit, written in one go."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Exercise, ExerciseImport, ExerciseWord
from clinic_app.models.exercise_import import ImportState
from clinic_app.services import exercise_exports, exercise_import_reading, exercise_imports
from clinic_app.services.exercise_columns import COLUMNS, cells
from tests.cast import Cast

MANY = 1_200


@pytest.fixture
def editor(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        yield db.session.get_one(Account, cast.editor)


def table(rows: int, **changes: str) -> bytes:
    """So many exercises of one pattern, each with a slug and a name of its own."""
    bridge = {**cells(exercise_exports.example()[0]), "aliases": "", "easier": "", "harder": "", **changes}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in COLUMNS])
    writer.writeheader()
    for number in range(rows):
        writer.writerow({**bridge, "slug": f"sofa-{number}", "name": f"Sofa {number}"})
    return text.getvalue().encode("utf-8")


def checked(editor: Account, data: bytes) -> ExerciseImport:
    found = exercise_imports.start(editor, exercise_import_reading.prepare("a.csv", data, {}))
    while (portion := exercise_imports.next_portion(found)) is not None:
        exercise_imports.note(found, portion)
    db.session.commit()
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hundred_thousand_rows_are_refused_without_being_taken_into_memory(app: Flask) -> None:
    headings = ",".join(column.name for column in COLUMNS)
    row = ",".join("x" for _ in COLUMNS)
    data = "\n".join([headings, *(row for _ in range(100_000))]).encode("ascii")
    with app.app_context():
        tracemalloc.start()
        began = time.process_time()
        prepared = exercise_import_reading.prepare("a.csv", data, {})
        took = time.process_time() - began
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert prepared.refusal == (
        "This file has more than 20,000 exercises. Split it, and import one part after the other."
    )
    assert took < 15, "seconds of the processor, with the memory being watched; about one without"
    assert most < 8 * len(data)


def test_many_rows_are_checked_in_portions_written_at_once_and_found(
    editor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = exercise_imports.start(editor, exercise_import_reading.prepare("a.csv", table(MANY), {}))
    seen = []
    while (portion := exercise_imports.next_portion(found)) is not None:
        exercise_imports.note(found, portion)
        seen.append((found.rows_checked, str(found.state)))
    assert seen == [(500, "checking"), (1000, "checking"), (1200, "checked")]
    assert exercise_imports.counts(found)["new"] == MANY
    assert exercise_imports.apply(editor, found, only_good=False)
    db.session.commit()
    left = []
    while found.report["unfound"]:
        left.append(found.report["unfound"])
        exercise_imports.make_findable(found)
        db.session.commit()
    assert left, "the search learns thousands in portions of their own"
    rows = select(func.count()).select_from(Exercise).where(Exercise.slug.like("sofa-%"))
    assert db.session.scalar(rows) == MANY
    words = select(func.count()).select_from(ExerciseWord).where(ExerciseWord.word == "sofa")
    assert db.session.scalar(words) == MANY


def test_more_changes_than_can_be_saved_at_once_are_not_begun(editor: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(editor, table(3))
    exercise_imports.apply(editor, found, only_good=False)
    db.session.commit()
    monkeypatch.setattr(exercise_imports, "MOST_CHANGED", 2)
    changed = checked(editor, table(3, feel="Warm thighs."))
    with pytest.raises(NotAllowed, match="More than 2 exercises would change"):
        exercise_imports.apply(editor, changed, only_good=False)
    assert changed.state == ImportState.CHECKED


def test_a_clinician_brings_nothing_in(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        prepared = exercise_import_reading.prepare("a.csv", table(1), {})
        with pytest.raises(NotAllowed, match="Only editors and managers"):
            exercise_imports.start(clara, prepared)
