"""Tables to bring in: a good row, and a file of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from clinic_app.services import exercise_exports
from clinic_app.services.exercise_columns import COLUMNS, cells

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
