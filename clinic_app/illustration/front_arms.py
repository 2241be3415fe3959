"""Arms and hands in space: one outline where an arm lies across the view, round parts where it points at the reader."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_limbs import looks_long, outer_turn, scaled, tone, tube
from clinic_app.illustration.front_posture import FrontPosture, fingertips, out
from clinic_app.illustration.front_trunk import shoulder_cap
from clinic_app.illustration.geometry import Knot, between, direction, signed, step
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import Bone, Station, limb_sides, square_ends
from clinic_app.illustration.path import smooth
from clinic_app.illustration.space import dot, flat, minus, plus, times, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.front_posture import Arm3
    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.looks import Look
    from clinic_app.illustration.scene import Hand

# Half-widths along each bone: share, outwards, inwards.
_UPPER_ARM: tuple[Station, ...] = ((0.4, 3.1, 2.9), (0.94, 2.6, 2.6))
_FOREARM: tuple[Station, ...] = ((0.2, 2.7, 2.6), (0.92, 1.8, 1.8))
_SLEEVE: tuple[Station, ...] = ((0.02, 3.1, 0.0), (0.2, 3.6, 3.2), (0.58, 3.8, 3.6))
_RAISED = 0.3  # share of the upper arm's length that goes up when the arm counts as raised


def draw_arm(posture: FrontPosture, side: Side, look: Look, hand: Hand, *, near: bool) -> list[str]:
    arm, skin = posture.arm(side), tone(look.skin, near=near)
    thickness = look.build.arm
    a, b, c = flat(arm.shoulder), flat(arm.elbow), flat(arm.wrist)
    turn = outer_turn(arm.shoulder, arm.wrist, posture.thorax_frame, side)
    over_the_shoulder = outer_turn(arm.shoulder, arm.elbow, posture.thorax_frame.leaned(-45 * out(side)), side)
    ends = (flat(shoulder_cap(posture, side)), _armpit(posture, side))
    sleeve = _sleeve(arm, ends, over_the_shoulder, look, near=near)
    upper = scaled(_UPPER_ARM, thickness)
    tips = flat(fingertips(arm)) if hand != "grip" else flat(plus(arm.wrist, times(arm.hand.up, -4.6)))
    lower = [Bone(b, c, _FOREARM, caps=(2.0, 2.0)), Bone(c, tips, palm(arm, hand))]
    bend = abs(signed(direction(b, c) - direction(a, b)))
    under, over = ([], _thumb(arm, skin)) if arm.hand.front[2] > 0 else (_thumb(arm, skin), [])
    cover = skin if look.sleeves is None else tone(look.sleeves, near=near)
    bare = look.sleeves is None
    if looks_long(arm.shoulder, arm.elbow) and looks_long(arm.elbow, arm.wrist) and bend < 140:
        bones = [Bone(a, b, upper, caps=(2.7, 2.7)), lower[0]]
        if not bare:
            whole = [*under, _bare_hand(lower, tips, turn, skin), *over]
            return [*whole, closed(square_ends(*limb_sides(bones, turn)), cover), sleeve]
        outer, inner = limb_sides([*bones, lower[1]], turn)
        return [*under, closed(_rounded(outer, inner, tips, lower[1]), skin), *over, sleeve]
    high = closed(tube(between(a, b, 0.35), b, [max(s[1:]) for s in upper[1:]]), cover)
    if looks_long(arm.elbow, arm.wrist):
        start = step(b, direction(c, b), 2.3)
        if bare:
            outer, inner = limb_sides(lower, turn)
            low = closed([Knot(*start), *_rounded(outer, inner, tips, lower[1])], skin)
        else:
            outer, inner = limb_sides(lower[:1], turn)
            forearm = [Knot(*start), *square_ends(outer, inner)]
            low = _bare_hand(lower, tips, turn, skin) + closed(forearm, cover)
    else:
        low = closed(tube(b, c, [2.6, 2.7, 2.4, 1.9]), cover) + closed(tube(c, tips, [1.8, 2.0, 1.9]), skin)
    if arm.wrist[2] > arm.shoulder[2]:
        return [high, sleeve, *under, low, *over]
    return [*under, low, *over, high, sleeve]


def _bare_hand(lower: Sequence[Bone], tips: Point, turn: float, skin: Paint) -> str:
    """The hand alone, from under the cuff of a long sleeve to the fingertips."""
    forearm, hand = lower
    cuff = between(forearm.start, forearm.end, 0.86)
    wrist = Bone(cuff, forearm.end, ((0.0, 1.9, 1.9), (0.8, 1.8, 1.8)), caps=(2.0, 2.0))
    outer, inner = limb_sides([wrist, hand], turn)
    return closed(_rounded(outer, inner, tips, hand), skin)


def palm(arm: Arm3, hand: Hand) -> tuple[Station, ...]:
    """As broad as the hand looks from here: flat or on its edge."""
    x, y = -arm.hand.up[0], -arm.hand.up[1]
    length = math.hypot(x, y) or 1.0
    square = (-y / length, x / length)
    broad = abs(arm.hand.front[0] * square[0] + arm.hand.front[1] * square[1])
    half = math.hypot(2.3 * broad, 1.5 * math.sqrt(max(0.0, 1 - broad**2)))
    if hand == "grip":
        return ((0.15, 1.9, 1.9), (0.75, 2.2, 2.2))
    return ((0.45, half, half), (0.9, 0.62 * half, 0.62 * half))


def _rounded(outer: Sequence[Knot], inner: Sequence[Knot], tips: Point, last: Bone) -> list[Knot]:
    tip = step(tips, direction(last.start, last.end), 0.5)
    knots = square_ends(list(outer), [*inner, Knot(*tip)])
    return [Knot(k.x, k.y, k.corner and i in (0, len(knots) - 1)) for i, k in enumerate(knots)]


def _thumb(arm: Arm3, paint: Paint) -> list[str]:
    base = flat(plus(arm.wrist, arm.hand.place(0, -1.4, 0.8)))
    tip = flat(plus(arm.wrist, arm.hand.place(0, -4.4, 2.7)))
    along = direction(base, tip)
    ends = [step(step(at, along, shift), along + turn, 0.9) for at, shift, turn in _thumb_line(base, tip)]
    return [shape(smooth([Knot(*end) for end in ends], closed=False).data(), paint)]  # no line at the palm


def _thumb_line(base: Point, tip: Point) -> list[tuple[Point, float, float]]:
    """Along one edge, round the tip and back along the other: where, how much further, to which side."""
    return [(base, 0.0, 90), (tip, -0.7, 90), (tip, 0.0, 0), (tip, -0.7, -90), (base, 0.0, -90)]


def _armpit(posture: FrontPosture, side: Side) -> Point | None:
    """Where a sleeve begins under a raised arm; None where the arm hangs or is held forward."""
    arm, frame = posture.arm(side), posture.thorax_frame
    if dot(unit(minus(arm.elbow, arm.shoulder)), frame.up) < _RAISED:
        return None
    return flat(plus(arm.shoulder, frame.place(-0.4 * out(side), -2.6, 0)))


def _sleeve(arm: Arm3, ends: tuple[Point, Point | None], turn: float, look: Look, *, near: bool) -> str:
    """Open at the shoulder: filled like the shirt, with no line where it joins the trunk."""
    a, b = flat(arm.shoulder), flat(arm.elbow)
    paint = tone(look.shirt, near=near)
    widths = scaled(_SLEEVE, look.build.arm)
    if not looks_long(arm.shoulder, arm.elbow):
        return closed(tube(a, between(a, b, 0.55), [widths[0][1], widths[1][1], widths[2][1]]), paint)
    outer, inner = limb_sides([Bone(a, b, widths)], turn)
    outer[-1], inner[-1] = (Knot(k.x, k.y, corner=True) for k in (outer[-1], inner[-1]))
    crown, armpit = Knot(*ends[0]), Knot(*(ends[1] or (inner[1].x, inner[1].y)), corner=True)
    seam = Knot(inner[1].x, inner[1].y, corner=True)
    return shape(smooth([crown, *outer, *reversed(inner[2:]), seam, armpit], closed=False).data(), paint)
