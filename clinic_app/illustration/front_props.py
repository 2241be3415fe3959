"""Things seen from above, as values: what a figure lies on when the ceiling looks down at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clinic_app.illustration.values import Place, Value


@dataclass(frozen=True, slots=True)
class MatAbove(Value):
    """A mat from above: from `start` to `end`, and from `upper` down to `lower` in the picture."""

    kind: Literal["mat_above"]
    start: Place
    end: Place
    upper: Place
    lower: Place


@dataclass(frozen=True, slots=True)
class PillowAbove(Value):
    """A pillow from above with its middle at `x`, `y`."""

    kind: Literal["pillow_above"]
    x: Place
    y: Place


@dataclass(frozen=True, slots=True)
class WallBehind(Value):
    """A wall behind the figure, down to the floor at `y` in the picture."""

    kind: Literal["wall_behind"]
    y: Place
