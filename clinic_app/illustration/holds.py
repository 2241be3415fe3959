"""Where the hand goes that holds a chair, leans on a wall or a table, or rests on an own leg: points in, points out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, between, direction, step
from clinic_app.illustration.props import Chair, Table, Wall, back_top

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clinic_app.illustration.posture import Leg
    from clinic_app.illustration.props import AnyProp
    from clinic_app.illustration.scene import Contact

THINGS = ("chair", "wall", "table")
OWN_LEGS = ("near_lap", "far_lap", "near_shin", "far_shin")

_ON_THE_THIGH = 4.6 + body.PALM  # half of the thigh in front, and the hand
_ON_THE_SHIN = 3.0 + body.PALM
_OVER_A_RAIL = 25.0  # degrees that the fingers fall over the back of a chair


def hand_on_thing(hand: Contact, props: Iterable[AnyProp], turn: int) -> tuple[Point, float]:
    """The wrist, and the direction of the fingers, of a hand on a chair's back, on a wall or on a table.

    Raises:
        ValueError: the end of a sentence, when the scene has no such thing or the place on it is not said.
    """
    ahead = 0.0 if turn > 0 else 180.0
    thing = next((prop for prop in props if prop.kind == hand.on), None)
    if isinstance(thing, Chair):
        rail = back_top(thing)
        return (rail[0] - 3.4 * turn, rail[1] - body.PALM + 0.4), ahead - turn * _OVER_A_RAIL
    if isinstance(thing, Wall):
        if hand.y is None:
            raise ValueError("on wall needs y.")
        return (thing.x - body.PALM if thing.room == "left" else thing.x + body.PALM, hand.y), 90.0
    if isinstance(thing, Table):
        if hand.x is None:
            raise ValueError("on table needs x.")
        return (hand.x, -thing.height - body.PALM), ahead
    raise ValueError(f"on {hand.on} needs such a thing among the props.")


def hand_on_leg(hand: Contact, legs: Mapping[str, Leg], turn: int) -> tuple[Point, float]:
    """The wrist and the direction of the fingers of a hand that lies on the front of a thigh or of a shin.

    Raises:
        ValueError: the end of a sentence, when it is not said how far along.
    """
    if hand.along is None:
        raise ValueError(f"on {hand.on} needs along.")
    limb, part = hand.on.split("_")
    leg = legs[limb]
    start, end, away = (leg.hip, leg.knee, _ON_THE_THIGH) if part == "lap" else (leg.knee, leg.ankle, _ON_THE_SHIN)
    along = direction(start, end)
    return step(between(start, end, hand.along), along + 90 * turn, away), along
