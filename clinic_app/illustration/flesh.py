"""Builds: how far the flesh of a slim or a large person lies from the bones of the average figure.

Joints keep their width, so that planted knees, elbows, hands and feet stay where they were solved. Flesh that lies on
the mat flattens there and neither sinks into the mat nor lifts from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clinic_app.illustration.geometry import Knot
from clinic_app.illustration.outline import Station

_EDGE: Final = -0.35  # where the edge of a part lies when its contour touches what carries it
_SOFT: Final = 4.0  # how far above it its pressure ends


def fleshed(
    stations: Sequence[Station], weights: Sequence[float], front: float, back: float | None = None
) -> tuple[Station, ...]:
    """Stations of a bone, wider by the factors; a weight of 0 keeps a station as it is, 1 takes the whole factor."""
    behind = front if back is None else back
    return tuple(
        (share, ahead * (1 + (front - 1) * weight), rear * (1 + (behind - 1) * weight))
        for (share, ahead, rear), weight in zip(stations, weights, strict=True)
    )


def rested(knots: Sequence[Knot], average: Sequence[Knot], support: float = 0.0) -> list[Knot]:
    """An outline of any build, laid down as the average one lies: away from what it lies on it is as wide as it is.

    `support` is the height of what carries the part, in 1/100 stature: 0 for the mat, the seat's for a chair.
    """
    return [_laid(knot, plain, support) for knot, plain in zip(knots, average, strict=True)]


def _laid(knot: Knot, plain: Knot, support: float) -> Knot:
    free = max(0.0, min(1.0, (-plain.y - support) / _SOFT))
    height = plain.y + (knot.y - plain.y) * free
    return Knot(knot.x, min(height, max(plain.y, _EDGE - support)), knot.corner)
