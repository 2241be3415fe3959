"""What every part of a scene has in common: strictness, and the range that a place may be in."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
Place = Annotated[float, Field(ge=-150, le=150)]
"""Hundredths of the stature, x or y."""


class Value:
    """Strictness for all parts of a scene: no unknown key, no text where a number belongs, no infinity."""

    __slots__ = ()
    __pydantic_config__ = STRICT
