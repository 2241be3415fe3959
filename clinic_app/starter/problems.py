"""A validation error as one plain sentence that names file, field and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from clinic_app.errors import BrokenContent


class FieldProblem(ValueError):
    """A problem of one field inside a table that is read by hand; `path` is relative to that table."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


_Reason = Callable[[Mapping[str, Any]], str]
_REASONS: dict[str, _Reason] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a known field",
    "unexpected_keyword_argument": lambda _: "is not a known field",
    "string_type": lambda _: "must be text in quotes",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda ctx: f"is too long, at most {ctx['max_length']} characters",
    "string_pattern_mismatch": lambda _: "may have only small letters, digits and single hyphens",
    "int_type": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "greater_than_equal": lambda ctx: f"must be at least {ctx['ge']}",
    "less_than_equal": lambda ctx: f"must be at most {ctx['le']}",
    "enum": lambda ctx: f"must be one of {ctx['expected']}",
    "literal_error": lambda ctx: f"must be {ctx['expected']}",
    "tuple_type": lambda _: "must be a list in square brackets",
    "too_short": lambda ctx: f"needs at least {ctx['min_length']} entries",
    "too_long": lambda ctx: f"has too many entries, at most {ctx['max_length']}",
    "model_type": lambda _: "must be a table",
    "model_attributes_type": lambda _: "must be a table",
    "dataclass_type": lambda ctx: "must be a whole number or a list of two" if _is_range(ctx) else "must be a table",
    "date_type": lambda _: "must be a date such as 2026-11-23",
    "date_parsing": lambda _: "must be a date such as 2026-11-23",
    "date_from_datetime_parsing": lambda _: "must be a date such as 2026-11-23",
    "date_from_datetime_inexact": lambda _: "must be a date without a time",
}


def _is_range(ctx: Mapping[str, Any]) -> bool:
    return ctx.get("class_name") == "Range"


def broken(file: str, field: str, reason: str) -> BrokenContent:
    """The one sentence for a person: which file, which field, what is wrong."""
    where = f"{file}, {field}" if field else file
    return BrokenContent(f"{where}: {reason}.")


def first_problem(error: ValidationError) -> tuple[str, str]:
    """The field path ("precautions.2.code", counted from 1) and the reason of the first problem found."""
    first = error.errors(include_url=False, include_input=False)[0]
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    ctx: Mapping[str, Any] = first.get("ctx", {})
    cause = ctx.get("error")
    if isinstance(cause, FieldProblem):
        return ".".join(part for part in (path, cause.path) if part), cause.reason
    if reason := _REASONS.get(first["type"]):
        return path, reason(ctx)
    return path, str(cause) if cause is not None else first["msg"][:1].lower() + first["msg"][1:]
