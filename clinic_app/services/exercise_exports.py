"""The catalogue as files that an import reads back: CSV, XLSX and a content pack. Equal content gives equal bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from clinic_app.database import db
from clinic_app.models import Clinic, Exercise
from clinic_app.services.exercise_columns import COLUMNS, cells, guarded
from clinic_app.services.exercise_entry import Content, content_from, content_of
from clinic_app.services.exercise_import_checks import pack_shape
from clinic_app.services.printing import store
from clinic_app.starter.pack import load_pack

KINDS = {
    "csv": ("csv", "text/csv"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pack": ("zip", "application/zip"),
}
SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip knows
EXAMPLES = ("bridge", "bird-dog")
WIDE = {"steps", "mistakes", "precautions", "pictures"}


def contents(clinic_id: int, state: str = "") -> list[Content]:
    """The exercises in use, or those of one state, in the order of their slugs."""
    query = select(Exercise).where(Exercise.clinic_id == clinic_id).order_by(Exercise.slug)
    if state:
        query = query.where(Exercise.state == state)
    return [content_of(row) for row in db.session.scalars(query.options(selectinload(Exercise.illustrations)))]


def example() -> list[Content]:
    """Two exercises of the pack that ships, to start a table from: one without sides and one with."""
    shipped = load_pack()
    return [content_from(shipped.exercise(slug), []) for slug in EXAMPLES]


def written(kind: str, clinic: Clinic, exercises: Sequence[Content]) -> bytes:
    """The file of that kind ("csv", "xlsx", "pack")."""
    if kind == "pack":
        return pack(clinic, exercises)
    return csv_table(exercises) if kind == "csv" else xlsx_table(exercises)


def csv_table(exercises: Iterable[Content]) -> bytes:
    """With the mark at its beginning by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows(_row(content) for content in exercises)
    return text.getvalue().encode("utf-8-sig")


def xlsx_table(exercises: Iterable[Content]) -> bytes:
    """Every cell is text, so that a spreadsheet makes no date of a dose."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Exercises")
    sheet.freeze_panes = "C2"
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[_letters(number)].width = 60 if column.name in WIDE else 24
    sheet.append([_cell(sheet, column.name, bold=True) for column in COLUMNS])
    for content in exercises:
        sheet.append([_cell(sheet, text) for text in _row(content)])
    saved = io.BytesIO()
    book.save(saved)
    return _same_every_time(saved.getvalue())


def pack(clinic: Clinic, exercises: Iterable[Content]) -> bytes:
    """A zip in the layout of the pack that ships: texts, drawings and photos."""
    files: dict[str, bytes] = {"pack.toml": _toml(_about(clinic)).encode("utf-8")}
    for content in exercises:
        shaped = pack_shape(content)
        files[f"exercises/{content['slug']}.toml"] = _toml(shaped).encode("utf-8")
        for picture, said in zip(content["pictures"], shaped["pictures"], strict=True):
            if picture["photo"]:
                side = f".{picture['photo_side']}" if picture["photo_side"] else ""
                name = f"photos/{said['pose']}{side}.{SUFFIX[picture['photo_type']]}"
                files[name] = store().get(picture["photo"])
            elif picture["scene"]:
                text = json.dumps(picture["scene"], indent=2, sort_keys=True, ensure_ascii=False)
                files[f"poses/{said['pose']}.json"] = f"{text}\n".encode()
    return _zip(files)


def _row(content: Content) -> list[str]:
    texts = cells(content)
    return [guarded(texts[column.name]) for column in COLUMNS]


def _letters(number: int) -> str:
    return f"{chr(64 + number // 26) if number >= 26 else ''}{chr(65 + number % 26)}"


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _same_every_time(book: bytes) -> bytes:
    """The workbook without the moment it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        files = {name: made.read(name) for name in made.namelist()}
    moment = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    return _zip({name: moment.sub(rb"\g<1>2000-01-01T00:00:00Z", data) for name, data in files.items()})


def _zip(files: Mapping[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            book.writestr(info, data, zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def _about(clinic: Clinic) -> dict[str, Any]:
    return {
        "name": f"Exercises of {clinic.name}"[:80],
        "version": "1",
        "language": "en-GB",
        "licence": "As each exercise says",
        "author": clinic.name[:80],
        "review_status": "awaiting clinic review",
        "notice": "A clinician of your clinic must review these exercises before patients get them.",
    }


def _toml(data: Mapping[str, Any]) -> str:
    """TOML of the shape that content packs have: values, then tables, then lists of tables."""
    lines = _pairs({key: value for key, value in data.items() if not _is_table(value)})
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{key}]", *_pairs(value)]
    for key, value in data.items():
        for row in value if isinstance(value, list) and _is_table(value) else ():
            lines += ["", f"[[{key}]]", *_pairs(row)]
    return "\n".join([*lines, ""])


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(key, value)}" for key, value in table.items() if value is not None]


def _value(key: str, value: Any) -> str:
    if isinstance(value, Mapping) and value.keys() == {"minimum", "maximum"}:
        low, high = value["minimum"], value["maximum"]
        return str(low) if low == high else f"[{low}, {high}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_pairs(value))} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(key, each) for each in value)}]"
    if key in {"written_on", "due", "reviewed_on"}:
        return str(value)  # TOML has dates
    # A TOML text is written like one of JSON; numbers are the same in both.
    return json.dumps(value, ensure_ascii=False)
