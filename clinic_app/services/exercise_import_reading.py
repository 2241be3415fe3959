"""Reading a file of exercises, whichever kind it is, into stored portions of lines that are then checked.

Touches no database: a large file takes seconds, and nobody's save may wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path, PureWindowsPath
from typing import Any

from clinic_app.errors import BrokenContent
from clinic_app.plain_text import visible
from clinic_app.services import exercise_packs, exercise_tables, photos
from clinic_app.services.exercise_columns import data_of
from clinic_app.services.exercise_import_checks import Line
from clinic_app.services.printing import store
from clinic_app.storage import sha256

PORTION = 500  # lines that are checked in one go, which takes about half a second
LONGEST_NAME = 200
# What a workbook holds beside its sheets; a zip without them is a content pack.
WORKBOOK = b"[Content_Types].xml"

Stored = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read: `lines` are stored portions. `refusal` says why the file cannot be used, or is ""."""

    filename: str
    kind: str  # "pack", "csv" or "xlsx"
    file: str
    lines: tuple[str, ...] = ()
    rows: int = 0
    notes: tuple[str, ...] = ()
    refusal: str = ""


def prepare(filename: str, data: bytes, photos_here: Mapping[str, str]) -> Prepared:
    """Read a zip, CSV or XLSX; a file that cannot be used is kept with the reason.

    `photos_here`: the photos that the clinic's exercises have already, by name, with their media type.
    """
    kind = _kind(data)
    file = store().put(data)
    name = visible(PureWindowsPath(filename).name).replace("\n", "�")[:LONGEST_NAME] or "file"
    try:
        if kind == "pack":
            files = exercise_packs.zip_files(data)
            return _prepared(name, kind, file, _pack_lines(files, photos_here), exercise_packs.notes(files))
        table = exercise_tables.read_xlsx(data) if kind == "xlsx" else exercise_tables.read_csv(data)
        return _prepared(name, kind, file, _table_lines(table), table.notes)
    except BrokenContent as error:
        return Prepared(name, kind, file, refusal=str(error))


def prepare_folder(folder: Path, photos_here: Mapping[str, str]) -> Prepared:
    """A content pack's folder on this machine. Raises BrokenContent if it holds no exercises."""
    files = exercise_packs.folder_files(folder)
    return _prepared(
        folder.name, "pack", store().put(b""), _pack_lines(files, photos_here), exercise_packs.notes(files)
    )


def put(rows: Iterable[Any]) -> str:
    """Store a portion of plain data."""
    return store().put(json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def get(name: str) -> list[Any]:
    """The portion that `put` stored under `name`."""
    rows: list[Any] = json.loads(store().get(name))
    return rows


def line_of(stored: Mapping[str, Any]) -> Line:
    """A line of a stored portion. Only here are the cells of a table read: doses and lists take their time."""
    if "cells" not in stored:
        return Line(**stored)
    data, faults = data_of(stored["cells"])
    told = {column for column, _reason in stored["faults"]}
    return Line(stored["place"], data, faults=[*stored["faults"], *(each for each in faults if each[0] not in told)])


def _kind(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return "csv"
    return "xlsx" if WORKBOOK in data else "pack"


def _prepared(name: str, kind: str, file: str, found: Iterator[Stored], notes: list[str]) -> Prepared:
    portions: list[str] = []
    rows = 0
    while portion := list(islice(found, PORTION)):
        portions.append(put(portion))
        rows += len(portion)
    if not rows:
        raise BrokenContent("There are headings, but no exercise below them.")
    return Prepared(name, kind, file, tuple(portions), rows, tuple(notes))


def _table_lines(table: exercise_tables.Table) -> Iterator[Stored]:
    for row in table.rows:
        yield {"place": f"row {row.number}", "cells": row.cells, "faults": row.faults}


def _pack_lines(files: exercise_packs.Files, photos_here: Mapping[str, str]) -> Iterator[Stored]:
    def keep(data: bytes) -> tuple[str, str]:
        name = sha256(data)
        if name in photos_here:  # our own export: cleaned once more, it would count as another photo
            return name, photos_here[name]
        kept = photos.keep(data)
        return kept.name, kept.media_type

    for entry in exercise_packs.entries(files, keep):
        yield {**asdict(entry), "whole": True}
