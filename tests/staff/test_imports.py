"""Bringing exercises in, as an editor meets it: every sentence about a bad file, and nothing half done."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Account, Exercise, ExerciseImport
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
from tests.staff.imported_tables import HEADINGS, Row, example, table


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


def workbook(rows: Iterable[Row]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append([row[name] for name in HEADINGS])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def zipped(files: dict[str, bytes | str]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data)
    return saved.getvalue()


def upload(person: FlaskClient, data: bytes, name: str) -> TestResponse:
    """Send the form in one piece: the test client itself leaves its temporary file open for large ones."""
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(data), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    return person.post("/staff/exercises/import", data=body, content_type=kind)


def send(person: FlaskClient, data: bytes, name: str = "exercises.csv") -> TestResponse:
    """Choose the file, press the button, and go on until the check is done."""
    answer = upload(person, data, name)
    assert answer.status_code == 303, answer.text
    page = person.get(answer.location)
    while "Checked " in page.text:
        person.post(f"{answer.location}/continue")
        page = person.get(answer.location)
    return page


def press(person: FlaskClient, page: TestResponse, action: str, **data: str) -> TestResponse:
    return person.post(f"{page.request.path}/{action}", data=data, follow_redirects=True)


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Exercise)) or 0


def find(cast: Cast, slug: str) -> Exercise:
    clinic = db.session.get_one(Account, cast.editor).clinic_id
    return db.session.scalars(select(Exercise).filter_by(clinic_id=clinic, slug=slug)).one()


# What one may not bring in


BAD_FILES = [
    (b"", "This file is empty."),
    (b" \r\n\r\n", "This file is empty."),
    (b"name;steps\n", "Missing: slug, regions, kind"),
    (table([]), "There are headings, but no exercise below them."),
    (table([example()], [*HEADINGS, "colour"]), "Not known: colour."),
    (table([example()], [*HEADINGS, "equipmnt"]), "Not known: equipmnt (do you mean equipment?)."),
    (table([example()], [*HEADINGS, "name"]), "There twice: name."),
    (table([example()], [name for name in HEADINGS if name not in {"dose", "feel"}]), "Missing: feel, dose."),
    (b"first,second\n1,2\n", "The first row holds none of our headings"),
    (table([example()]).replace(b"Sofa", b"So\0fa"), "Line 2 holds a character that no text has (U+0000)"),
    (bytes(range(256)) * 40, "neither UTF-8 nor Windows-1252"),
    (table([example(name="Ž")]).decode().encode("utf-16-le"), "holds a character that no text has"),
    (table([example()]).replace(b"Sofa bridge", b"Sof\x81 bridge"), "neither UTF-8 nor Windows-1252"),
    (table([example(feel="Never ends")]).replace(b"Never ends", b'"Never ends'), "Row 2 cannot be read."),
    (table([example(feel="x" * 10_000_000)]), "Row 2 cannot be read."),
    (b"%PDF-1.7 ...", "This is a PDF, not a table."),
    (b"\x89PNG\r\n\x1a\n", "This is a picture, not a table."),
    (b"\xd0\xcf\x11\xe0" + bytes(600), "This is an old Excel file"),
    (b"PK\x03\x04 and nothing of a zip", "This zip file is damaged."),
    (workbook([example()])[:-400], "This Excel file cannot be opened."),
]


def test_a_file_that_cannot_be_used_says_why(app: Flask, edgar: FlaskClient) -> None:
    before = count(app)
    for data, sentence in BAD_FILES:
        page = send(edgar, data)
        assert "This file cannot be used." in page.text, sentence
        assert sentence in page.text
    assert edgar.get("/staff/exercises/import").text.count("Cannot be read") == len(BAD_FILES)
    assert count(app) == before


def test_no_file_at_all_is_said_beside_the_field(edgar: FlaskClient) -> None:
    answer = edgar.post("/staff/exercises/import", data={})
    assert answer.status_code == 422
    assert "Please choose a file first." in answer.text


def test_an_upload_that_is_too_large_is_refused_whole(app: Flask, edgar: FlaskClient) -> None:
    answer = upload(edgar, bytes(49 * 2**20), "big.csv")
    assert answer.status_code == 413
    assert "too large" in answer.text


BAD_ROWS: list[tuple[Row, str, str]] = [
    ({"dose": "a lot"}, "dose", "is not understood"),
    ({"dose": "300x10"}, "dose", "300"),
    ({"kind": "dance"}, "kind", "must be one of"),
    ({"feel": ""}, "feel", "is missing"),
    ({"steps": "Only one."}, "steps", "needs at least 3 entries"),
    ({"precautions": "knee_pain: Sore knees"}, "precautions", "is not written like"),
    ({"written_on": "yesterday"}, "written_on", "must be a date such as"),
    ({"name": "Bridge"}, "name", "is already a name of “bridge”"),
    ({"aliases": "hip LIFT"}, "aliases", "is already a name of “bridge”"),
    ({"easier": "nowhere: If it hurts."}, "easier", "there is no exercise “nowhere”"),
    ({"easier": "sofa-bridge: If it hurts."}, "easier", "an exercise cannot lead to itself"),
    (
        {"slug": "bridge", "name": "Bridge", "easier": "single-leg-bridge: If it hurts."},
        "easier and harder",
        "go round in a circle",
    ),
    ({"feel": "x" * 9000}, "feel", "has 9,000 characters"),
    ({"feel": "Warm \u202e thighs."}, "feel", "hidden or direction-changing character"),
]


def test_a_row_is_refused_with_its_number_its_column_and_the_reason(app: Flask, edgar: FlaskClient) -> None:
    before = count(app)
    good = example(slug="wall-bridge", name="Wall bridge")
    for changes, column, reason in BAD_ROWS:
        page = send(edgar, table([good, example(**changes)]))
        words = " ".join(page.text.split())
        assert "Row 3</th>" in words, changes
        assert f"<td>{column}</td>" in words, changes
        assert reason in words, changes
        assert "1 row is refused." in words
        assert "Import the 1 good row" in words
        assert press(edgar, page, "apply").status_code == 409
        assert count(app) == before, "nothing is imported by surprise"
        report = edgar.get(f"{page.request.path}/report.csv").get_data().decode("utf-8-sig")
        lines = [row for row in csv.DictReader(io.StringIO(report)) if row["result"] == "refused"]
        assert {(line["place"], line["column"]) for line in lines} == {("row 3", column)}, changes
        assert reason in lines[0]["reason"]


def test_a_row_that_leads_to_a_refused_one_is_refused_too(edgar: FlaskClient) -> None:
    first = example(slug="first", name="First", harder="second: Later.")
    second = example(slug="second", name="Second", harder="third: Later.")
    third = example(slug="third", name="Third", feel="")
    page = send(edgar, table([first, second, third]))
    assert "No row of this file can be imported." in page.text
    assert "there is no exercise “second” that could be imported" in page.text


def test_the_same_exercise_twice_in_a_file(edgar: FlaskClient) -> None:
    page = send(edgar, table([example(), example(name="Another")]))
    assert "“sofa-bridge” is already used in row 2" in page.text


def test_too_many_cells_in_a_row(edgar: FlaskClient) -> None:
    page = send(edgar, table([example()]).rstrip(b"\r\n") + b",and more\r\n")
    assert f"has {len(HEADINGS) + 1} cells, but there are {len(HEADINGS)} headings" in page.text


def test_a_formula_is_named_by_its_cell(edgar: FlaskClient) -> None:
    page = send(edgar, workbook([example(feel='=CONCATENATE("a","b")')]), "exercises.xlsx")
    assert "cell K2 holds a formula. Put its value there instead" in page.text


def test_a_dose_that_became_a_date_is_seen(edgar: FlaskClient) -> None:
    page = send(edgar, table([example(dose="2026-10-03")]))
    assert "became a date. Format this column as text" in page.text


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE a [<!ENTITY x "ha">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_workbook_with_entities_is_not_read(edgar: FlaskClient, entity: str) -> None:
    good = zipfile.ZipFile(io.BytesIO(workbook([example()])))
    files: dict[str, bytes | str] = {name: good.read(name) for name in good.namelist()}
    sheet = good.read("xl/worksheets/sheet1.xml").decode()
    start = sheet.index("<worksheet")
    files["xl/worksheets/sheet1.xml"] = sheet[:start] + entity + sheet[start:]
    assert "defines XML entities" in send(edgar, zipped(files), "exercises.xlsx").text


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(edgar: FlaskClient) -> None:
    bomb = zipped({"[Content_Types].xml": "x", "xl/worksheets/sheet1.xml": bytes(70 * 2**20)})
    assert "far too large when it is unpacked" in send(edgar, bomb, "exercises.xlsx").text


TOML = "exercises/bridge.toml"


BAD_ZIPS: list[tuple[dict[str, bytes | str], str]] = [
    ({"../exercises/bridge.toml": "x"}, "leads out of the zip"),
    ({"/exercises/bridge.toml": "x"}, "leads out of the zip"),
    ({"exercises\\..\\bridge.toml": "x"}, "leads out of the zip"),
    ({"C:/exercises/bridge.toml": "x"}, "leads out of the zip"),
    ({TOML: "x", "poses/inner.zip": b"PK"}, "There is a packed file inside: inner.zip."),
    ({TOML: bytes(2 * 2**20)}, "is packed far too tightly"),
    ({"readme.txt": "x"}, "There is no exercise in here."),
    ({"a/exercises/bridge.toml": "x", "b/exercises/bridge.toml": "x"}, "There are two files exercises/bridge.toml"),
    ({TOML: "x", "photos/a-b.png": "x", "photos/a-b.jpg": "x"}, "two photos for one picture"),
]


def test_a_zip_that_would_do_harm_is_refused_whole(edgar: FlaskClient) -> None:
    for files, sentence in BAD_ZIPS:
        assert sentence in send(edgar, zipped(files), "pack.zip").text, sentence


def test_a_link_inside_a_zip_is_refused(edgar: FlaskClient) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as book:
        link = zipfile.ZipInfo(TOML)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        book.writestr(link, "/etc/passwd")
    assert "is a link to another place" in send(edgar, saved.getvalue(), "pack.zip").text


def test_too_many_files_in_a_zip(edgar: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic_app.services.exercise_packs.MOST_FILES", 2)
    assert "This zip holds 3 files" in send(edgar, zipped({TOML: "x", "a": "x", "b": "x"}), "pack.zip").text


# What one may bring in


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
