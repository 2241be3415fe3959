"""Bringing exercises in, as an editor meets it: what is read, what is written, and what never is."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Account, ExerciseImport
from clinic_app.services import (
    exercise_entry,
    exercise_exports,
    exercise_import_reading,
    exercise_imports,
    exercises,
    printing,
)
from clinic_app.services.exercise_columns import cells
from clinic_app.services.exercise_history import content_now, newest, revisions
from tests.cast import Cast, sign_in
from tests.staff.imported_tables import (
    HEADINGS,
    count,
    example,
    find,
    press,
    send,
    table,
    upload,
    zipped,
)


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t")])
def test_encodings_and_delimiters_are_recognised(edgar: FlaskClient, encoding: str, delimiter: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    row = example(name="Café bridge")
    writer.writerows([[name.upper().replace("_", " ") for name in HEADINGS], [row[name] for name in HEADINGS]])
    page = send(edgar, text.getvalue().encode(encoding))
    assert "All rows are good." in page.text
    assert "Café bridge" in page.text


def test_windows_letters_are_read_and_shown_to_be_looked_at(edgar: FlaskClient) -> None:
    page = send(edgar, table([example(name="Café bridge")]).decode().encode("cp1252"))
    assert "All rows are good." in page.text
    assert "it was read as Windows-1252. Look at these words: Café" in page.text


def test_new_exercises_become_drafts_that_the_search_finds(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    page = send(edgar, table([example(state="published", review_status="reviewed", reviewed_by="Someone else")]))
    done = press(edgar, page, "apply")
    assert "New ones are drafts until they are reviewed." in done.text
    assert "Imported on" in done.text
    with app.app_context():
        made = find(cast, "sofa-bridge")
        assert made.state == "draft"
        assert made.details["review"] == {"status": "awaiting clinic review", "due": "2028-11-23"}
        assert [(each.number, each.what) for each in revisions(made)] == [(1, "Imported from exercises.csv")]
        assert exercise_entry.read(content_now(made)).name == "Sofa bridge"
    assert "Sofa bridge" in edgar.get("/staff/search", query_string={"q": "sofa"}).text
    again = press(edgar, page, "apply")
    assert again.status_code == 200, "a double click imports once"
    assert "Nothing would change" in send(edgar, table([example()])).text


def test_a_published_exercise_stays_in_use_until_its_change_is_reviewed(
    app: Flask, cast: Cast, edgar: FlaskClient
) -> None:
    bridge = cells(exercise_exports.example()[0])
    page = send(edgar, table([{**bridge, "dose": "3x12 h5 rest 60 1/day 3d/wk", "feel": "Warm thighs."}]))
    words = " ".join(page.text.split())
    assert ">2-3x10-15 h3-5 rest 60 1/day 3-5d/wk</td>" in words
    assert ">3x12 h5 rest 60 1/day 3d/wk</td>" in words
    assert "picture" not in words.partition("Changed</h2>")[2], "a table leaves the pictures alone"
    press(edgar, page, "apply")
    with app.app_context():
        row = find(cast, "bridge")
        assert row.is_published
        assert row.details["feel"] == "Your bottom and the backs of your thighs working."
        assert content_now(row)["feel"] == "Warm thighs."
        assert content_now(row)["pictures"][0]["scene"], "the drawing stays"
        assert (newest(row), row.proposed, row.proposed_state) == (2, 2, "draft")


def test_a_column_that_is_left_out_stays_as_it_is_and_an_empty_cell_empties(
    app: Flask, cast: Cast, edgar: FlaskClient
) -> None:
    bridge = cells(exercise_exports.example()[0])
    few = [name for name in HEADINGS if name not in {"aliases", "pictures", "harder", "easier", "equipment"}]
    assert "Nothing would change" in send(edgar, table([bridge], few)).text
    page = send(edgar, table([{**bridge, "aliases": ""}]))
    assert "<td>aliases</td>" in page.text
    assert "(empty)" in page.text


def test_a_catalogue_that_changed_meanwhile_is_compared_again(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    bridge = cells(exercise_exports.example()[0])
    page = send(edgar, table([{**bridge, "feel": "Warm thighs."}]))
    with app.app_context():
        maya, row = db.session.get_one(Account, cast.manager), find(cast, "bridge")
        exercises.save(maya, row, {**content_now(row), "feel": "Warm thighs."}, newest(row))
        db.session.commit()
    again = press(edgar, page, "apply")
    assert "The catalogue changed since the check. Nothing was imported yet" in again.text
    while "Checked " in again.text:
        again = press(edgar, page, "continue")
    assert "Nothing would change" in again.text
    with app.app_context():
        assert newest(find(cast, "bridge")) == 2


def test_a_fault_while_writing_leaves_nothing_behind(
    app: Flask, edgar: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(app)
    bridge = cells(exercise_exports.example()[0])
    page = send(edgar, table([example(), {**bridge, "feel": "Warm thighs."}]))

    def refuse(*_: object) -> bool:
        raise Conflict("Somebody else saved this exercise.")

    monkeypatch.setattr(exercises, "save", refuse)
    assert press(edgar, page, "apply").status_code == 409
    assert count(app) == before
    monkeypatch.undo()
    press(edgar, page, "apply")
    assert count(app) == before + 1


def test_a_cancelled_import_changes_nothing_and_keeps_its_report(app: Flask, edgar: FlaskClient) -> None:
    before = count(app)
    page = send(edgar, table([example(), example(slug="x", feel="")]))
    assert "The import was cancelled." in press(edgar, page, "cancel").text
    assert press(edgar, page, "apply").status_code == 409
    assert count(app) == before
    shown = edgar.get(page.request.path).text
    assert "This import was cancelled." in shown
    assert "is missing" in shown


def test_more_changes_than_can_be_saved_at_once_are_said_before(
    edgar: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise_imports, "MOST_CHANGED", 0)
    bridge = cells(exercise_exports.example()[0])
    page = send(edgar, table([{**bridge, "feel": "Warm thighs."}]), "C:\\tables\\a\x07b.csv")
    assert "More than 0 exercises would change at once." in page.text
    assert "Import the" not in page.text
    assert press(edgar, page, "apply").status_code == 409


def test_two_tabs_that_check_the_same_file_do_no_harm(
    app: Flask, cast: Cast, edgar: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise_import_reading, "PORTION", 2)
    rows = [example(slug=f"sofa-{number}", name=f"Sofa {number}") for number in range(5)]
    address = upload(edgar, table(rows), "exercises.csv").location
    assert "Checked 0 of 5 rows" in edgar.get(address).text
    part = edgar.post(f"{address}/continue", headers={"HX-Request": "true"})
    assert "Checked 2 of 5 rows" in part.text
    with app.app_context():
        found = db.session.scalars(select(ExerciseImport)).one()
        first, second = (exercise_imports.next_portion(found) for _ in range(2))
        assert first
        assert second
        assert exercise_imports.note(found, first)
        assert not exercise_imports.note(found, second)
        db.session.commit()
    assert "Checked 4 of 5 rows" in edgar.get(address).text
    last = edgar.post(f"{address}/continue", headers={"HX-Request": "true"})
    assert (last.status_code, last.headers["HX-Redirect"]) == (204, address)
    assert "Import the 5 rows" in edgar.get(address).text


def test_a_photo_comes_in_clean_and_goes_out_again(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    with app.app_context():
        clinic = db.session.get_one(Account, cast.editor).clinic
        content = {**exercise_exports.example()[0], "slug": "sofa", "name": "Sofa", "aliases": []}
        text = zipfile.ZipFile(io.BytesIO(exercise_exports.pack(clinic, [content]))).read("exercises/sofa.toml")
    page = send(edgar, zipped({"my pack/exercises/sofa.toml": text, "my pack/photos/sofa-a.left.jpg": b"GIF89a"}))
    assert "could not be read as a picture" in page.text
    assert "<td>pictures.1</td>" in page.text
    photo = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(photo, "JPEG", comment=b"secret place")
    page = send(edgar, zipped({"exercises/sofa.toml": text, "photos/sofa-a.left.jpg": photo.getvalue()}), "pack.zip")
    press(edgar, page, "apply")
    with app.app_context():
        picture = find(cast, "sofa").illustrations[0]
        assert (picture.photo_side, picture.photo_type, picture.scene) == ("left", "image/jpeg", None)
        assert picture.photo
        assert b"secret" not in printing.store().get(picture.photo)
    out = edgar.get("/staff/exercises/export", query_string={"kind": "pack"})
    assert "photos/sofa-a.left.jpg" in zipfile.ZipFile(io.BytesIO(out.data)).namelist()
    assert "Nothing would change" in send(edgar, out.data, "pack.zip").text


@pytest.mark.parametrize(("kind", "suffix"), [("csv", "csv"), ("xlsx", "xlsx"), ("pack", "zip")])
def test_an_export_is_a_file_to_keep(edgar: FlaskClient, kind: str, suffix: str) -> None:
    answer = edgar.get("/staff/exercises/export", query_string={"kind": kind, "state": "draft"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="exercises-draft-')
    assert answer.headers["Content-Disposition"].endswith(f'.{suffix}"')
    assert edgar.get("/staff/exercises/export", query_string={"kind": "exe"}).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_is_a_good_file(edgar: FlaskClient, kind: str) -> None:
    answer = edgar.get(f"/staff/exercises/import/example.{kind}")
    assert "Nothing would change" in send(edgar, answer.data, f"example.{kind}").text


def test_a_drawing_that_comes_without_words_gets_those_of_its_pose(app: Flask, cast: Cast, edgar: FlaskClient) -> None:
    """From a pack, and from a table that empties the words of a picture that is here."""
    with app.app_context():
        clinic = db.session.get_one(Account, cast.editor).clinic
        changed = {"slug": "sofa", "name": "Sofa", "aliases": [], "easier": [], "harder": []}
        bridge = {**content_now(find(cast, "bridge")), **changed}
        book = zipfile.ZipFile(io.BytesIO(exercise_exports.pack(clinic, [bridge])))
        files: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    text = book.read("exercises/sofa.toml").decode()
    without = re.sub(r"(?m)^alt = .*\n", "", text)
    assert without != text
    press(edgar, send(edgar, zipped({**files, "exercises/sofa.toml": without}), "pack.zip"), "apply")
    made = ["Lying on your back, knees bent, feet flat.", "Lying on your back, hips lifted, knees bent, feet flat."]
    with app.app_context():
        alts = [each.alt for each in find(cast, "sofa").illustrations]
        row = cells(exercise_entry.content_of(find(cast, "sofa")))
    assert [alt[: len(words)] for alt, words in zip(alts, made, strict=True)] == made
    page = send(edgar, table([{**row, "pictures": "A: Start: | B: Lift and hold: My own words."}]))
    press(edgar, page, "apply")
    with app.app_context():
        shown = content_now(find(cast, "sofa"))["pictures"]
    assert shown[0]["alt"] == alts[0]
    assert shown[1]["alt"] == "My own words."
