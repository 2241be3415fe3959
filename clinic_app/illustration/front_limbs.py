"""Arms and legs in space: one outline where a limb lies across the view, round parts where it points at the reader."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_joints import HIP_HALF, HIP_OUT
from clinic_app.illustration.front_posture import FrontPosture, fingertips, out
from clinic_app.illustration.front_trunk import shoulder_cap
from clinic_app.illustration.geometry import Knot, between, direction, signed, step
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import Bone, Station, limb_sides, square_ends
from clinic_app.illustration.path import smooth
from clinic_app.illustration.space import Frame3, Vector, dot, flat, minus, plus, times, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.front_posture import Arm3, Leg3
    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.looks import Build, Cloth, Look
    from clinic_app.illustration.scene import Hand

# Half-widths along each bone: share, outwards, inwards.
_THIGH: tuple[Station, ...] = ((0.0, 4.9, 4.7), (0.19, 4.9, 4.6), (0.5, 4.5, 4.1), (0.85, 3.7, 3.6))
_SHANK: tuple[Station, ...] = ((0.12, 3.4, 3.4), (0.35, 3.4, 3.4), (0.93, 2.6, 2.6))
_UPPER_ARM: tuple[Station, ...] = ((0.4, 3.1, 2.9), (0.94, 2.6, 2.6))
_FOREARM: tuple[Station, ...] = ((0.2, 2.7, 2.6), (0.92, 1.8, 1.8))
_SLEEVE: tuple[Station, ...] = ((0.02, 3.1, 0.0), (0.2, 3.6, 3.2), (0.58, 3.8, 3.6))

_SEEN = 0.5  # of its length: a bone that looks shorter points at the reader
_FORWARD = 45.0  # degrees that a knee bends more than the picture would show
_APART = 25.0  # degrees that a thigh goes out until its inner seam is seen from the crotch
_RAISED = 0.3  # share of the upper arm's length that goes up when the arm counts as raised
_LOWER = 6.0  # that a foot lies below the knee when it is drawn darker
_STEPS = 5
_BALLS = 12
_TOGETHER = 1.3  # corners of an outline that are so near count as one


def tone(cloth: Cloth, *, near: bool) -> Paint:
    return Paint(cloth.near if near else cloth.far, cloth.contour)


def _scaled(stations: Sequence[Station], factor: float) -> tuple[Station, ...]:
    return tuple((share, outer * factor, inner * factor) for share, outer, inner in stations)


def _looks_long(start: Vector, end: Vector) -> bool:
    return math.dist(start[:2], end[:2]) >= _SEEN * math.dist(start, end)


def _outer_turn(start: Vector, end: Vector, frame: Frame3, side: Side) -> float:
    """+90 or -90: the turn from a bone's direction in the picture to the outer side of the limb."""
    x, y = end[0] - start[0], end[1] - start[1]
    outwards = times(frame.left, out(side))
    return 90 if x * outwards[1] - y * outwards[0] > 0 else -90


def tube(start: Point, end: Point, widths: Sequence[float]) -> list[Knot]:
    """The outline of balls in a row: a limb that points at the reader is as wide as its thickest ball, never less."""
    length = math.dist(start, end)
    along = direction(start, end)
    balls = [(length * i / _BALLS, _even(widths, i / _BALLS)) for i in range(_BALLS + 1)]
    low = min(place - width for place, width in balls)
    high = max(place + width for place, width in balls)
    places = [low + (high - low) * (1 - math.cos(math.pi * i / _STEPS)) / 2 for i in range(_STEPS + 1)]

    def half(at: float) -> float:
        return math.sqrt(max(0.0, *(width**2 - (at - place) ** 2 for place, width in balls)))

    def edge(turn: float) -> list[Knot]:
        return [Knot(*step(step(start, along, at), along + turn, half(at))) for at in places[1:-1]]

    tip, tail = Knot(*step(start, along, high)), Knot(*step(start, along, low))
    return [tail, *edge(90), tip, *reversed(edge(-90))]


def _even(widths: Sequence[float], share: float) -> float:
    """The width at a share of the way, where the widths stand in equal steps."""
    at = share * (len(widths) - 1)
    i = min(int(at), len(widths) - 2)
    return widths[i] + (widths[i + 1] - widths[i]) * (at - i)


# Legs


def draw_leg(posture: FrontPosture, side: Side, look: Look, *, near: bool) -> list[str]:
    """Foot and trouser leg, the part that is nearer to the reader last."""
    leg, build = posture.leg(side), look.build
    paint = tone(look.trousers, near=near)
    foot = draw_foot(leg, side, tone(look.skin, near=near))
    thigh, shank = _thigh(build), _scaled(_SHANK, build.calf)
    a, b, c = flat(leg.hip), flat(leg.knee), flat(leg.ankle)
    bend = abs(signed(direction(b, c) - direction(a, b)))
    long = _looks_long(leg.hip, leg.knee) and _looks_long(leg.knee, leg.ankle)
    if long and bend < 115 and not _knee_comes_forward(leg, bend):
        turn = _outer_turn(leg.hip, leg.ankle, posture.pelvis_frame, side)
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
    return ((top, outer, first), (crotch, outer, second), *_scaled(rest, build.thigh))


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
    if not _looks_long(leg.knee, leg.ankle):
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


def hull(points: Sequence[Point]) -> list[Knot]:
    """The outline round all points, from its leftmost one."""
    ordered = sorted(set(points))

    def chain(run: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for x, y in run:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept

    corners = [*chain(ordered)[:-1], *chain(ordered[::-1])[:-1]]
    apart = [at for i, at in enumerate(corners) if math.dist(at, corners[i - 1]) > _TOGETHER]
    return [Knot(*point) for point in apart]


# Arms


def draw_arm(posture: FrontPosture, side: Side, look: Look, hand: Hand, *, near: bool) -> list[str]:
    arm, skin = posture.arm(side), tone(look.skin, near=near)
    thickness = look.build.arm
    a, b, c = flat(arm.shoulder), flat(arm.elbow), flat(arm.wrist)
    turn = _outer_turn(arm.shoulder, arm.wrist, posture.thorax_frame, side)
    over_the_shoulder = _outer_turn(arm.shoulder, arm.elbow, posture.thorax_frame.leaned(-45 * out(side)), side)
    ends = (flat(shoulder_cap(posture, side)), _armpit(posture, side))
    sleeve = _sleeve(arm, ends, over_the_shoulder, look, near=near)
    upper = _scaled(_UPPER_ARM, thickness)
    tips = flat(fingertips(arm)) if hand != "grip" else flat(plus(arm.wrist, times(arm.hand.up, -4.6)))
    lower = [Bone(b, c, _FOREARM, caps=(2.0, 2.0)), Bone(c, tips, palm(arm, hand))]
    bend = abs(signed(direction(b, c) - direction(a, b)))
    under, over = ([], _thumb(arm, skin)) if arm.hand.front[2] > 0 else (_thumb(arm, skin), [])
    cover = skin if look.sleeves is None else tone(look.sleeves, near=near)
    bare = look.sleeves is None
    if _looks_long(arm.shoulder, arm.elbow) and _looks_long(arm.elbow, arm.wrist) and bend < 140:
        bones = [Bone(a, b, upper, caps=(2.7, 2.7)), lower[0]]
        if not bare:
            whole = [*under, _bare_hand(lower, tips, turn, skin), *over]
            return [*whole, closed(square_ends(*limb_sides(bones, turn)), cover), sleeve]
        outer, inner = limb_sides([*bones, lower[1]], turn)
        return [*under, closed(_rounded(outer, inner, tips, lower[1]), skin), *over, sleeve]
    high = closed(tube(between(a, b, 0.35), b, [max(s[1:]) for s in upper[1:]]), cover)
    if _looks_long(arm.elbow, arm.wrist):
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
    widths = _scaled(_SLEEVE, look.build.arm)
    if not _looks_long(arm.shoulder, arm.elbow):
        return closed(tube(a, between(a, b, 0.55), [widths[0][1], widths[1][1], widths[2][1]]), paint)
    outer, inner = limb_sides([Bone(a, b, widths)], turn)
    outer[-1], inner[-1] = (Knot(k.x, k.y, corner=True) for k in (outer[-1], inner[-1]))
    crown, armpit = Knot(*ends[0]), Knot(*(ends[1] or (inner[1].x, inner[1].y)), corner=True)
    seam = Knot(inner[1].x, inner[1].y, corner=True)
    return shape(smooth([crown, *outer, *reversed(inner[2:]), seam, armpit], closed=False).data(), paint)
