"""A table of exercises: one row is one exercise, a cell holds a text, a list, or a dose in shorthand.

The guide for clinic staff (docs/clinic-guide.md) says the same in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from clinic_app.dosage import shorthand
from clinic_app.dosage.codec import from_data, to_data
from clinic_app.plain_text import tidy

# A spreadsheet takes a cell that starts like this for a formula and may run it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Read = Callable[[str], Any]
Write = Callable[[Any], str]
Fault = tuple[str, str]  # a column (or a field of a pack's file), and what is wrong there


@dataclass(frozen=True, slots=True)
class Column:
    """`path` is the place in the content pack. `needed`: a table without this column is refused.

    `shown_only`: written for people to read; an import leaves it alone.
    """

    name: str
    path: str
    write: Write
    read: Read
    needed: bool = True
    shown_only: bool = False


def guarded(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """The inverse of `guarded`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value.value if isinstance(value, Enum) else value)


def _escaped(text: str, also: str = "") -> str:
    return re.sub(rf"([\\|{also}])", r"\\\1", text)


def _cut(text: str, separators: str, most: int = 0) -> list[str]:
    """`text` cut at each of the separators that has no backslash before it; at most `most` cuts, 0 for no limit."""
    parts: list[str] = []
    start = place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] in separators and (not most or len(parts) < most):
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [part.strip() for part in (*parts, text[start:])]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _items(text: str) -> list[str]:
    return [part for part in _cut(text, "|\n") if part]


def _read_list(text: str) -> list[str]:
    return [_plain(item) for item in _items(text)]


def _write_list(values: Iterable[object]) -> str:
    return " | ".join(_escaped(_text(value)) for value in values)


def _read_parts(names: tuple[str, ...], example: str, text: str) -> list[dict[str, str]]:
    read = []
    for item in _items(text):
        parts = _cut(item, ":", len(names) - 1)
        if len(parts) != len(names):
            raise ValueError(f"“{item[:60]}” is not written like “{example}”")
        read.append({name: _plain(part) for name, part in zip(names, parts, strict=True)})
    return read


def _write_parts(names: tuple[str, ...], values: Iterable[Any]) -> str:
    rows = ([_text(value.get(name)) for name in names] for value in values)
    return " | ".join(": ".join([*(_escaped(part, ":") for part in row[:-1]), _escaped(row[-1])]) for row in rows)


def _read_dose(text: str) -> dict[str, Any]:
    return to_data(shorthand.parse(text))


def _write_dose(value: Mapping[str, Any]) -> str:
    return shorthand.write(from_data(value))


def _text_column(name: str, path: str = "", *, needed: bool = True, shown_only: bool = False) -> Column:
    return Column(name, path or name, _text, str, needed, shown_only)


def _list_column(name: str, path: str = "", *, needed: bool = True) -> Column:
    return Column(name, path or name, _write_list, _read_list, needed)


def _parts_column(name: str, parts: tuple[str, ...], example: str, *, needed: bool = True) -> Column:
    return Column(name, name, partial(_write_parts, parts), partial(_read_parts, parts, example), needed)


LINK = ("slug", "rule")
COLUMNS = (
    _text_column("slug"),
    _text_column("name"),
    _list_column("aliases", needed=False),
    _list_column("regions", "body_regions"),
    _text_column("kind"),
    _text_column("starting_position"),
    _text_column("body_part", needed=False),
    _list_column("equipment", needed=False),
    _list_column("steps"),
    _text_column("both_sides_step", needed=False),
    _text_column("feel"),
    _list_column("mistakes"),
    _text_column("take_care"),
    _parts_column("precautions", ("code", "severity", "text"), "knee_pain: ask: Sore knees: use a cushion."),
    _parts_column("easier", LINK, "pelvic-tilt: If lifting is too much.", needed=False),
    _text_column("easier_tip"),
    _parts_column("harder", LINK, "side-plank: When 3 rounds feel easy.", needed=False),
    Column("dose", "dosage", _write_dose, _read_dose),
    _text_column("benefit"),
    _text_column("targets"),
    _text_column("evidence_source", "evidence.source"),
    _text_column("evidence_grade", "evidence.grade"),
    _parts_column("pictures", ("letter", "caption", "alt"), "A: Start: A person lies on their back.", needed=False),
    _text_column("author"),
    _text_column("written_on"),
    _text_column("licence"),
    _text_column("review_due", "review.due"),
    _text_column("state", needed=False, shown_only=True),
    _text_column("state_reason", needed=False, shown_only=True),
    _text_column("review_status", "review.status", needed=False, shown_only=True),
    _text_column("reviewed_by", "review.reviewed_by", needed=False, shown_only=True),
    _text_column("reviewed_on", "review.reviewed_on", needed=False, shown_only=True),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
READ = tuple(column for column in COLUMNS if not column.shown_only)
LISTS = frozenset(column.path for column in COLUMNS if column.write is _write_list or isinstance(column.write, partial))
DATES = frozenset({"written_on", "review_due", "reviewed_on"})


def cells(content: Mapping[str, Any]) -> dict[str, str]:
    """The row of an exercise: the text of each cell by the name of its column. What a draft lacks is an empty cell."""
    return {column.name: column.write(_at(content, column)) for column in COLUMNS}


def data_of(row: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """A row as the content pack writes an exercise, and what could not be read of it. Nothing is checked further.

    A column that is not in the row is not in the answer; an empty cell is None there.
    """
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in READ:
        text = tidy(unguarded(row.get(column.name, "")))
        if column.name not in row:
            continue
        try:
            value = column.read(text) if text or column.path in LISTS else None
        except ValueError as error:
            faults.append((column.name, str(error)))
            continue
        table, _, key = column.path.rpartition(".")
        (data.setdefault(table, {}) if table else data)[key] = value
    return data, faults


def column_of(path: str) -> str:
    """The column that holds a field of a content file: "evidence.source" stands in evidence_source."""
    for column in COLUMNS:
        if path == column.path or path.startswith(f"{column.path}."):
            return column.name
    return path


def _at(content: Mapping[str, Any], column: Column) -> Any:
    value: Any = content
    for key in column.path.split("."):
        value = value.get(key) if value else None
    return value if value is not None or column.path not in LISTS else ()
