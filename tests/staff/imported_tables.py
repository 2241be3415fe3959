"""Bringing exercises in, as an editor does it: files of tables, and the buttons."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from clinic_app.database import db
from clinic_app.models import Account, Exercise
from clinic_app.services import (
    exercise_exports,
)
from clinic_app.services.exercise_columns import COLUMNS, cells
from tests.cast import Cast

HEADINGS = [column.name for column in COLUMNS]
Row = dict[str, str]


def example(**changes: str) -> Row:
    """A good row of an exercise that the clinic does not have."""
    bridge = cells(exercise_exports.example()[0])
    return {**bridge, "slug": "sofa-bridge", "name": "Sofa bridge", "aliases": "", **changes}


def table(rows: Iterable[Row], headings: Iterable[str] = HEADINGS) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(headings), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


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
