"""A dosage as JSON-ready data, and back, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from clinic_app.dosage.value import Dosage

_ADAPTER = TypeAdapter(Dosage)


def to_data(dosage: Dosage) -> dict[str, Any]:
    """The dosage as plain dicts, strings and ints; a range is {"minimum": 3, "maximum": 5}.

    Fields that are None or "" are left out. Numbers are always written, also where they equal today's default, so that
    old data keeps its meaning if a default changes. `side` is always written: null means "not chosen yet".
    """
    data: dict[str, Any] = _ADAPTER.dump_python(dosage, mode="json", exclude_none=True)
    data["side"] = None if dosage.side is None else dosage.side.value
    if "load" in data:
        data["load"] = {name: value for name, value in data["load"].items() if value != ""}
    return data


def from_data(data: Mapping[str, Any]) -> Dosage:
    """The dosage of data as `to_data` gives it; a field left out takes the default of `Dosage`.

    Raises:
        ValueError: naming the field that is unknown, missing, of the wrong type (True and 3.0 are no whole numbers),
            or out of order.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"A dosage is an object with named fields, not {type(data).__name__}.")
    try:
        # Strictness of the JSON kind: enums as strings and objects as dicts, but no bool or float for a whole number.
        return _ADAPTER.validate_json(json.dumps(dict(data), allow_nan=False), strict=True, extra="forbid")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "dosage"
        raise ValueError(f"{field}: {first['msg'].removeprefix('Value error, ')}") from error
    except TypeError as error:
        raise ValueError(f"A dosage holds only text, whole numbers and objects: {error}.") from error
