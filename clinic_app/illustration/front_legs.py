"""Legs and feet in space: one outline where a leg lies across the view, round parts where it points at the reader."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_joints import HIP_HALF, HIP_OUT
from clinic_app.illustration.front_limbs import hull, looks_long, outer_turn, scaled, tone, tube
from clinic_app.illustration.front_posture import FrontPosture, out
from clinic_app.illustration.geometry import Knot, between, direction, signed, step
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import Bone, Station, limb_sides
from clinic_app.illustration.path import smooth
from clinic_app.illustration.space import dot, flat, minus, plus, times, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.front_posture import Leg3
    from clinic_app.illustration.looks import Build, Look

# Half-widths along each bone: share, outwards, inwards.
_THIGH: tuple[Station, ...] = ((0.0, 4.9, 4.7), (0.19, 4.9, 4.6), (0.5, 4.5, 4.1), (0.85, 3.7, 3.6))
_SHANK: tuple[Station, ...] = ((0.12, 3.4, 3.4), (0.35, 3.4, 3.4), (0.93, 2.6, 2.6))
_FORWARD = 45.0  # degrees that a knee bends more than the picture would show
_APART = 25.0  # degrees that a thigh goes out until its inner seam is seen from the crotch
_LOWER = 6.0  # that a foot lies below the knee when it is drawn darker


def draw_leg(posture: FrontPosture, side: Side, look: Look, *, near: bool) -> list[str]:
    """Foot and trouser leg, the part that is nearer to the reader last."""
    leg, build = posture.leg(side), look.build
    paint = tone(look.trousers, near=near)
    foot = draw_foot(leg, side, tone(look.skin, near=near))
    thigh, shank = _thigh(build), scaled(_SHANK, build.calf)
    a, b, c = flat(leg.hip), flat(leg.knee), flat(leg.ankle)
    bend = abs(signed(direction(b, c) - direction(a, b)))
    long = looks_long(leg.hip, leg.knee) and looks_long(leg.knee, leg.ankle)
    if long and bend < 115 and not _knee_comes_forward(leg, bend):
        turn = outer_turn(leg.hip, leg.ankle, posture.pelvis_frame, side)
        outer, inner = limb_sides([Bone(a, b, thigh, (3.6, 3.6)), Bone(b, c, shank)], turn)
        outer = [_hip_knot(posture, leg, turn, thigh[0][1]), *outer]
        knots = [*outer, *reversed(inner[1:]), _crotch(posture, leg, inner[1], turn)]
        cuff = (len(outer) - 1, len(outer), len(knots) - 2)
        cornered = [Knot(k.x, k.y, corner=k.corner or i in cuff) for i, k in enumerate(knots)]
        return [*foot, shape(smooth(cornered, closed=False).data(), paint)]
    knee, deep = [], near
    if posture.view == "above" and leg.ankle[2] < leg.knee[2] - _LOWER:
        # The knee is up and the foot down: a crease and a darker shank tell it.
        knee, deep = [_kneecap(leg)], False
        foot = draw_foot(leg, side, tone(look.skin, near=False))
    half = _THIGH[0][1] * build.thigh
    upper = closed(tube(a, b, [half, half, 4.4]), paint, *knee)
    lower = closed(_shank(leg, shank), tone(look.trousers, near=deep))
    if leg.ankle[2] > leg.knee[2]:
        return [upper, *foot, lower]
    return [*foot, lower, upper]


def _thigh(build: Build) -> tuple[Station, ...]:
    """As wide as the hips where it begins, and never across the middle."""
    outer = HIP_HALF * build.hips - HIP_OUT
    (top, _, first), (crotch, _, second), *rest = _THIGH
    return ((top, outer, first), (crotch, outer, second), *scaled(rest, build.thigh))


def _knee_comes_forward(leg: Leg3, bend: float) -> bool:
    """A bent knee that looks straight because it comes towards the reader."""
    straight = dot(unit(minus(leg.knee, leg.hip)), unit(minus(leg.ankle, leg.knee)))
    return math.degrees(math.acos(max(-1.0, min(1.0, straight)))) > bend + _FORWARD


def _kneecap(leg: Leg3) -> list[Knot]:
    """A crease round the end of a thigh that points at the reader."""
    along = direction(flat(leg.hip), flat(leg.knee))
    return [Knot(*step(flat(leg.knee), along + turn, 2.4), corner=True) for turn in (60, 20, -20, -60)]


def _hip_knot(posture: FrontPosture, leg: Leg3, turn: float, half: float) -> Knot:
    """Round the hip and into the seat, where a thigh goes inwards."""
    back = min(50.0, max(1.0, -_outwards(posture, leg, turn)))
    along = direction(flat(leg.hip), flat(leg.knee))
    deep = half + 0.8 * math.hypot(*posture.pelvis_frame.front[:2])  # a seat seen from its side reaches further
    return Knot(*step(flat(leg.hip), along + math.copysign(90 + back, turn), deep if back > 40 else half))


def _outwards(posture: FrontPosture, leg: Leg3, turn: float) -> float:
    """Degrees that the thigh goes out to its own side in the picture."""
    down = direction(flat(posture.hip), flat(minus(posture.hip, posture.pelvis_frame.up)))
    return signed(direction(flat(leg.hip), flat(leg.knee)) - down) * math.copysign(1, turn)


def _crotch(posture: FrontPosture, leg: Leg3, inner: Knot, turn: float) -> Knot:
    """Where the seam of an outstretched leg meets the other one; a leg held forward hides that place."""
    down = times(posture.pelvis_frame.up, -1)
    if dot(unit(minus(leg.knee, leg.hip)), down) < 0.8 and _outwards(posture, leg, turn) < _APART:
        return Knot(inner.x, inner.y, corner=True)
    return Knot(*flat(plus(posture.hip, times(down, 5.0))), corner=True)


def _shank(leg: Leg3, stations: Sequence[Station]) -> list[Knot]:
    """Round at the knee; cut straight at the ankle where it is seen from its side."""
    b, c = flat(leg.knee), flat(leg.ankle)
    if not looks_long(leg.knee, leg.ankle):
        return tube(b, between(b, c, 0.9), [3.6, 3.4, 3.0, 2.6])
    outer, inner = limb_sides([Bone(b, c, tuple(stations))], 90)
    along = direction(b, c)
    top = [Knot(*step(b, along + turn, 3.4)) for turn in (-110, 180, 110)]
    ends = [Knot(k.x, k.y, corner=True) for k in (outer[-1], inner[-1])]
    return [*outer[:-1], ends[0], ends[1], *reversed(inner[:-1]), *top]


# Half of the sole's outline (outwards, forward) in 1/100 stature, then the ridge from the ankle to the instep.
_SOLE = (
    (-1.7, -2.4),
    (1.7, -2.4),
    (2.2, 1.0),
    (2.9, 4.6),
    (2.3, 6.8),
    (0.6, 8.0),
    (-1.6, 8.4),
    (-2.4, 7.4),
    (-2.4, 4.2),
)
_SOLE_DOWN = 3.2


def draw_foot(leg: Leg3, side: Side, paint: Paint) -> list[str]:
    frame = leg.foot
    points = [plus(leg.ankle, frame.place(x * out(side), -_SOLE_DOWN + (0.9 if y > 6 else 0), y)) for x, y in _SOLE]
    points += [plus(leg.ankle, frame.place(x, -_SOLE_DOWN + 1.5, y)) for x, y in ((-2.0, 4.5), (2.0, 4.5), (0, 7.4))]
    points += [plus(leg.ankle, leg.shank.place(x, 1.0, z)) for x, z in ((-2.0, 0), (2.0, 0), (0, 1.8), (0, -2.0))]
    clefts = [
        [plus(leg.ankle, frame.place(x * out(side), -_SOLE_DOWN + rise, y)) for y, rise in ((7.6, 0.2), (6.9, 1.4))]
        for x in (-0.6, 0.9)
    ]
    seen = frame.front[2] > 0.3
    lines = [[Knot(*flat(point), corner=True) for point in (cleft if seen else [cleft[0]] * 2)] for cleft in clefts]
    return [closed(hull([flat(point) for point in points]), paint, *lines)]
