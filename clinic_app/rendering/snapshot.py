"""The snapshot of a handout as JSON: what issuing stores, and what every later rendition reads.

A snapshot written today must still be read in ten years. So the text carries a schema number, and an old one is brought
up step by step: `UPGRADES[1]` turns the data of schema 1 into that of schema 2, and so on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from clinic_app.errors import BrokenContent
from clinic_app.rendering.content import SCHEMA, Handout

Data = dict[str, Any]
Upgrade = Callable[[Data], Data]


def _without_motion(data: Data) -> Data:
    """Schema 1 had still pictures only."""
    return {**data, "exercises": [{**each, "moving": ""} for each in data["exercises"]]}


def _without_sides(data: Data) -> Data:
    """Schema 2 had the pictures of one side only."""
    return {**data, "exercises": [{**each, "sides": []} for each in data["exercises"]]}


# One function per old schema; it gets the data without "schema" and returns the data of the next one.
UPGRADES: Mapping[int, Upgrade] = MappingProxyType({1: _without_motion, 2: _without_sides})


def to_json(handout: Handout) -> str:
    """The canonical text: keys sorted, no blanks between the signs, letters as they are. Equal values, equal text."""
    data = _adapter().dump_python(handout, mode="json")
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, upgrades: Mapping[int, Upgrade] = UPGRADES, schema: int = SCHEMA) -> Handout:
    """Read a stored snapshot of this schema or an older one; unknown or missing fields are refused.

    Raises:
        BrokenContent: the text is no snapshot, or a newer version of the service wrote it.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise BrokenContent("This snapshot is not JSON.") from error
    number = data.pop("schema", None) if isinstance(data, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BrokenContent("This snapshot has no schema number.")
    if number > schema:
        raise BrokenContent(
            f"This handout was made by a newer version of the service (snapshot schema {number}, "
            f"this version reads up to {schema}). Update the service to open it."
        )
    for step in range(number, schema):
        if step not in upgrades:
            raise BrokenContent(f"This snapshot has schema {step}, and no upgrade from it is known.")
        data = upgrades[step](data)
    data = {**data, "schema": SCHEMA}
    try:
        handout = _adapter().validate_json(json.dumps(data), strict=True)
    except (ValidationError, ValueError) as error:
        raise BrokenContent(f"This snapshot does not fit its schema: {_first(error)}") from error
    # Unknown fields would be dropped without a word; so what was read must be all that was there.
    if place := _difference(json.loads(to_json(handout)), data):
        raise BrokenContent(f"This snapshot does not fit its schema: {place} is not a field of it.")
    return handout


def digest(handout: Handout) -> str:
    """SHA-256 (hex) of the canonical text."""
    return sha256(to_json(handout).encode()).hexdigest()


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def _difference(read: object, given: object, place: str = "") -> str:
    """Where `given` says something that `read` does not, or nothing."""
    if isinstance(read, dict) and isinstance(given, dict):
        for name in sorted(given.keys() | read.keys()):
            inner = f"{place}.{name}" if place else name
            if name not in read or name not in given:
                return inner
            if found := _difference(read[name], given[name], inner):
                return found
        return ""
    if isinstance(read, list) and isinstance(given, list) and len(read) == len(given):
        pairs = enumerate(zip(read, given, strict=True))
        return next((found for at, pair in pairs if (found := _difference(*pair, f"{place}.{at}"))), "")
    return "" if read == given else place


@cache
def _adapter() -> TypeAdapter[Handout]:
    return TypeAdapter(Handout)
