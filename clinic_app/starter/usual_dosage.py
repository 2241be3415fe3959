"""The dosage table of a content file: `reps = 10` and `reps = [10, 15]` read as ranges."""

from __future__ import annotations

from pydantic import ValidationError

from clinic_app.dosage import Dosage
from clinic_app.dosage.codec import from_data
from clinic_app.starter.problems import FieldProblem, first_problem

_RANGES = frozenset({"sets", "reps", "duration", "times_per_day", "days_per_week", "weeks"})
_RANGED_PARTS = frozenset({"hold", "effort"})  # their `amount` is a range


def read_dosage(table: object) -> Dosage:
    """Turn the `[dosage]` table into the typed value; units are those of `Dosage`.

    Raises:
        FieldProblem: for an unknown field, a wrong type, or a range that runs backwards.
    """
    if not isinstance(table, dict):
        raise FieldProblem("", "must be a table")
    data = {field: _range(value) if field in _RANGES else value for field, value in table.items()}
    for field in _RANGED_PARTS & table.keys():
        part = table[field]
        if isinstance(part, dict) and "amount" in part:
            data[field] = {**part, "amount": _range(part["amount"])}
    try:
        return from_data(data)
    except ValueError as error:
        if isinstance(error.__cause__, ValidationError):
            raise FieldProblem(*first_problem(error.__cause__)) from None
        raise FieldProblem("", str(error)) from None


def _range(value: object) -> object:
    """3 is exactly 3, [3, 5] is 3 to 5; anything else is left for the type check to refuse."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {"minimum": value, "maximum": value}
    if isinstance(value, list) and len(value) == 2:
        return {"minimum": value[0], "maximum": value[1]}
    return value
