"""The rows of the protocol editor as they were sent, and what its buttons do to them. Nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from clinic_app.services.protocol_content import Line

MOST = 60  # rows that are read, removed ones among them
FIELD = re.compile(r"lines-(\d{1,4})-exercise_id")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed. `heading` stands above it; empty, it belongs to the group of the row before."""

    exercise_id: str
    heading: str
    dose: str
    removed: bool = False


def read(sent: MultiDict[str, str]) -> list[Row]:
    """The rows in the order of the page; one exercise stands there once."""
    numbers = sorted(int(match[1]) for name in sent if (match := FIELD.fullmatch(name)))[:MOST]
    rows: dict[str, Row] = {}
    for number in numbers:
        key = sent[f"lines-{number}-exercise_id"]
        row = Row(
            key,
            sent.get(f"lines-{number}-heading", ""),
            sent.get(f"lines-{number}-dose", ""),
            removed=bool(sent.get(f"lines-{number}-removed")),
        )
        rows.setdefault(key, row)
    return list(rows.values())


def write(sent: MultiDict[str, str], rows: Iterable[Row]) -> MultiDict[str, str]:
    """What was sent, with these rows instead of its own."""
    made: MultiDict[str, str] = MultiDict(
        (name, value) for name, value in sent.items(multi=True) if not name.startswith("lines-")
    )
    for number, row in enumerate(rows):
        made[f"lines-{number}-exercise_id"] = row.exercise_id
        made[f"lines-{number}-heading"] = row.heading
        made[f"lines-{number}-dose"] = row.dose
        made[f"lines-{number}-removed"] = "1" if row.removed else ""
    return made


def of_lines(lines: Sequence[Line], doses: Sequence[str]) -> list[Row]:
    """Stored lines as rows: a heading is shown where its group begins."""
    before = ["", *(line.group for line in lines)]
    return [
        Row(str(line.exercise.id), "" if line.group == last else line.group, dose)
        for line, dose, last in zip(lines, doses, before, strict=False)
    ]


def groups(rows: Sequence[Row]) -> list[str]:
    """The heading that each row stands under."""
    found: list[str] = []
    for row in rows:
        found.append(row.heading.strip() or (found[-1] if found else ""))
    return found


def move(rows: list[Row], index: int, step: int) -> list[Row]:
    """Move a row one place among those that are not removed. Headings keep their places."""
    places = [number for number, row in enumerate(rows) if not row.removed]
    if index not in places or not 0 <= places.index(index) + step < len(places):
        return rows
    there = places[places.index(index) + step]
    made = list(rows)
    made[index] = replace(rows[there], heading=rows[index].heading)
    made[there] = replace(rows[index], heading=rows[there].heading)
    return made


def remove(rows: list[Row], index: int) -> list[Row]:
    """Set a row aside. Its heading goes to the next row, if that has none: the others stay in their group."""
    if not 0 <= index < len(rows):
        return rows
    made = list(rows)
    heading = rows[index].heading
    made[index] = replace(rows[index], removed=True, heading="")
    following = next((number for number in range(index + 1, len(rows)) if not rows[number].removed), None)
    if following is not None and heading and not rows[following].heading:
        made[following] = replace(rows[following], heading=heading)
    return made


def put_back(rows: list[Row], index: int) -> list[Row]:
    if not 0 <= index < len(rows):
        return rows
    return [replace(row, removed=False) if number == index else row for number, row in enumerate(rows)]


def add(rows: list[Row], exercise_id: str, dose: str) -> list[Row]:
    """Add an exercise at the end; one that was removed comes back as it was typed, one that is in stays."""
    for number, row in enumerate(rows):
        if row.exercise_id == exercise_id:
            return put_back(rows, number)
    return [*rows, Row(exercise_id, "", dose)]
