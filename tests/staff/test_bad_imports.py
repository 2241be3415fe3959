"""Files that an editor may not bring in: every sentence about them, and nothing half done."""

from __future__ import annotations

import csv
import io
import stat
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, sign_in
from tests.staff.imported_tables import (
    HEADINGS,
    Row,
    count,
    example,
    press,
    send,
    table,
    upload,
    workbook,
    zipped,
)


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


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
