"""Reading a table of exercises from CSV or XLSX: which file it is, its headings, then row after row.

What is wrong with a whole file is raised; what is wrong with a row stands in the row, and the next is read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from rapidfuzz.process import extractOne

from clinic_app.errors import BrokenContent
from clinic_app.services.exercise_columns import BY_NAME, COLUMNS, DATES, Fault

MOST_ROWS = 20_000
TOO_MANY = f"This file has more than {MOST_ROWS:,} exercises. Split it, and import one part after the other."
LONGEST_CELL = 8_000  # characters; the fullest cell of the starter pack has about 700
LONGEST_HEADING = 40
LARGEST_BOOK = 64 * 1024 * 1024  # bytes, unpacked; 10 000 exercises as long as ours need about 20 MB
FARTHEST_ROW = 10 * MOST_ROWS  # a stray cell far below makes a spreadsheet say that all rows above it are there
WIDEST = len(COLUMNS) + 20  # columns that are looked at
MOST_MEMBERS = 200  # files inside a workbook
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a file begins
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": "This is an old Excel file (.xls). Save it as .xlsx or CSV.",
    b"%PDF": "This is a PDF, not a table.",
    b"\x1f\x8b": "This is a packed file. Unpack it first.",
    b"\x89PNG": "This is a picture, not a table. Pictures travel in a content pack.",
    b"\xff\xd8\xff": "This is a picture, not a table. Pictures travel in a content pack.",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ODD_WORD = re.compile(r"[^\s,;|\"]*[^\x00-\x7f][^\s,;|\"]*")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """`number` as a spreadsheet counts: the headings are row 1. `cells` by the name of the column."""

    number: int
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """`rows` are read one at a time. `notes` are sentences for the person about how the file was read."""

    rows: Iterator[Row]
    notes: list[str] = field(default_factory=list)


def read_csv(data: bytes) -> Table:
    """Raises BrokenContent if this is no such table; taking a row raises it too, for a fault that ends the reading."""
    text, notes = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={each}" for each in DELIMITERS}:
        first, text = rest.partition("\n")[0], rest
    delimiter = max(DELIMITERS, key=lambda each: len(_names(first.split(each)) & BY_NAME.keys()))
    _refuse_too_many(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headings = _headings(_next_record(reader, 1) or [], f" The cells are separated by {DELIMITERS[delimiter]}.")
    return Table(_csv_rows(reader, headings), notes)


def read_xlsx(data: bytes) -> Table:
    """The first sheet. Raises as `read_csv` does."""
    _refuse_bombs(data)
    rows = _xlsx_rows(data)
    headings = _headings([value for value, _fault in next(rows, [])], " Only the first sheet is read.")
    return Table(_rows(rows, headings))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for start, sentence in OTHER_KINDS.items():
        if data.startswith(start):
            raise BrokenContent(sentence)
    if not data.strip():
        raise BrokenContent("This file is empty.")
    notes: list[str] = []
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        text, notes = _windows(data)
    if wrong := _CONTROL.search(text):
        line = text.count("\n", 0, wrong.start()) + 1
        raise BrokenContent(
            f"Line {line} holds a character that no text has (U+{ord(wrong[0]):04X}), so this is no CSV file. "
            "Save it as “CSV UTF-8” and try again."
        )
    return text, notes


def _windows(data: bytes) -> tuple[str, list[str]]:
    sentence = "The letters of this file cannot be read: it is neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8”."
    if data.startswith(UTF_16) or _CONTROL.search(data.decode("latin-1")):
        raise BrokenContent(sentence)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise BrokenContent(sentence) from None
    words = sorted({word for word in _ODD_WORD.findall(text) if len(word) < 40})[:5]
    note = "This file is not UTF-8; it was read as Windows-1252."
    return text, [f"{note} Look at these words: {', '.join(words)}." if words else note]


def _names(headings: Iterable[object]) -> set[str]:
    return {_name(each) for each in headings}


def _name(heading: object) -> str:
    return re.sub(r"[\s_-]+", "_", str(heading if heading is not None else "").strip(' "').lower())


def _headings(found: Sequence[object], hint: str) -> list[str]:
    """The columns in the order of the file; "" for one without a heading.

    Raises:
        BrokenContent: naming every column that is missing, unknown or there twice.
    """
    names = [_name(each)[:LONGEST_HEADING] for each in found]
    while names and not names[-1]:
        names.pop()
    if not set(names) & BY_NAME.keys():
        raise BrokenContent(f"The first row holds none of our headings, such as “name” and “steps”.{hint}")
    wrong = []
    if missing := [column.name for column in COLUMNS if column.needed and column.name not in names]:
        wrong.append(f"Missing: {', '.join(missing)}.")
    if unknown := [_unknown(name) for name in dict.fromkeys(names) if name and name not in BY_NAME]:
        wrong.append(f"Not known: {', '.join(unknown[:20])}.")
    if twice := [name for name in dict.fromkeys(names) if name and names.count(name) > 1]:
        wrong.append(f"There twice: {', '.join(twice)}.")
    if wrong:
        raise BrokenContent(f"The headings do not fit. {' '.join(wrong)}")
    return names


def _unknown(name: str) -> str:
    near = extractOne(name, BY_NAME.keys(), score_cutoff=75)
    return f"{name} (do you mean {near[0]}?)" if near else name


def _refuse_too_many(records: Iterator[list[str]]) -> None:
    """Counting costs little; reading twenty thousand rows only to refuse them costs seconds."""
    with suppress(csv.Error):  # told with its row, when that is read
        if sum(1 for record in islice(records, FARTHEST_ROW) if any(record)) > MOST_ROWS + 1:
            raise BrokenContent(TOO_MANY)


def _next_record(reader: Iterator[list[str]], number: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise BrokenContent(
            f"Row {number} cannot be read. Look for a quotation mark without its partner, or a far too long cell."
        ) from error


def _csv_rows(reader: Iterator[list[str]], headings: list[str]) -> Iterator[Row]:
    def records() -> Iterator[list[tuple[str, str]]]:
        number = 2
        while (record := _next_record(reader, number)) is not None:
            yield [(text, "") for text in record]
            number += 1

    return _rows(records(), headings)


def _rows(records: Iterable[Sequence[tuple[str, str]]], headings: list[str]) -> Iterator[Row]:
    """`records` are cells as text with their fault, or "". Empty rows are counted and left out."""
    count = 0
    for number, record in enumerate(records, start=2):
        if number > FARTHEST_ROW:
            raise BrokenContent(f"There are rows below row {FARTHEST_ROW:,}. Delete what stands there.")
        if not any(text.strip() or fault for text, fault in record):
            continue
        count += 1
        if count > MOST_ROWS:
            raise BrokenContent(TOO_MANY)
        yield _row(number, record, headings)


def _row(number: int, record: Sequence[tuple[str, str]], headings: list[str]) -> Row:
    row = Row(number, {name: "" for name in headings if name})
    for name, (text, found) in zip(headings, record, strict=False):
        fault = found
        if not fault and name and name not in DATES and _DATE.fullmatch(text):
            fault = "became a date. Format this column as text and type it again"
        if fault:
            row.faults.append((name, fault))
        elif len(text) > LONGEST_CELL:
            row.faults.append((name, f"has {len(text):,} characters, at most {LONGEST_CELL:,} are read"))
        elif name:
            row.cells[name] = text
        elif text.strip():
            row.faults.append(("", f"“{text.strip()[:40]}” stands in a column without a heading"))
    if any(text.strip() for text, _ in record[len(headings) :]):
        row.faults.append(("", f"has {len(record)} cells, but there are {len(headings)} headings"))
    return row


def _refuse_bombs(data: bytes) -> None:
    """Look through the workbook without unpacking it into memory."""
    sentence = "This Excel file cannot be opened. Save it once more as .xlsx, or as CSV UTF-8."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            members = book.infolist()
            size = sum(member.file_size for member in members)
            if size > LARGEST_BOOK or len(members) > MOST_MEMBERS:
                raise BrokenContent(
                    "This Excel file is far too large when it is unpacked. Split it, or save it as CSV."
                )
            for member in members:
                with book.open(member) as part:
                    _refuse_entities(iter(lambda part=part: part.read(1 << 20), b""))  # type: ignore[misc]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BrokenContent(sentence) from error


def _refuse_entities(blocks: Iterable[bytes]) -> None:
    before = b""
    for block in blocks:
        if _ENTITY.search(before + block.replace(b"\0", b"")):
            raise BrokenContent("This Excel file defines XML entities, which no spreadsheet does. It was not read.")
        before = block[-16:].replace(b"\0", b"")


def _cell(cell: Any) -> tuple[str, str]:
    """The text of a cell and its fault: what a spreadsheet computes may change until it is looked at again."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", f"cell {cell.coordinate} holds a formula. Put its value there instead"
    if cell.data_type == "e":
        return "", f"cell {cell.coordinate} holds the error {value}"
    return _written(value), ""


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _xlsx_rows(data: bytes) -> Iterator[list[tuple[str, str]]]:
    try:
        with closing(load_workbook(io.BytesIO(data), read_only=True, keep_links=False)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            for cells in sheet.iter_rows(max_col=WIDEST):
                yield [_cell(cell) for cell in cells]
    except BrokenContent:
        raise
    except Exception as error:
        raise BrokenContent("This Excel file cannot be opened. Save it once more as .xlsx, or as CSV UTF-8.") from error
