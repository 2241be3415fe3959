"""Neck, shirt and seat of the figure in space: bands round the spine, as broad as their cross-sections look."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from clinic_app.illustration import joints as body
from clinic_app.illustration.front_joints import SIDES
from clinic_app.illustration.front_posture import FrontPosture, out
from clinic_app.illustration.geometry import Knot
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import square_ends
from clinic_app.illustration.path import smooth
from clinic_app.illustration.space import Frame3, Vector, minus, plus, times

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.looks import Look


class Section(NamedTuple):
    """A cut through the body: an ellipse with half of its breadth and half of its depth."""

    middle: Vector
    frame: Frame3
    breadth: float
    depth: float


def band(sections: list[Section], reach: dict[int, list[Vector]] | None = None) -> tuple[list[Knot], list[Knot]]:
    """Both edges of a body part from its first section to its last: the one that is right when upright, then left.

    `reach`: section number -> points that the section has to take in as well.
    """
    right, left = [], []
    for i, section in enumerate(sections):
        before, after = sections[max(0, i - 1)].middle, sections[min(len(sections) - 1, i + 1)].middle
        across = _across(before, after)
        half = math.hypot(
            section.breadth * _along(section.frame.left, across), section.depth * _along(section.frame.front, across)
        )
        wants = [_along(minus(point, section.middle), across) for point in (reach or {}).get(i, [])]
        right.append(_knot(section.middle, across, max([half, *wants])))
        left.append(_knot(section.middle, across, -max([half, *(-want for want in wants)])))
    return right, left


def _across(before: Vector, after: Vector) -> tuple[float, float]:
    """Square to the spine in the picture: to the right where the spine runs up (x right, y up)."""
    x, y = after[0] - before[0], after[1] - before[1]
    length = math.hypot(x, y) or 1.0
    return (y / length, -x / length)


def _along(a: Vector, across: tuple[float, float]) -> float:
    return a[0] * across[0] + a[1] * across[1]


def _knot(middle: Vector, across: tuple[float, float], length: float) -> Knot:
    return Knot(middle[0] + across[0] * length, -(middle[1] + across[1] * length))


def _on_thorax(posture: FrontPosture, share: float) -> Vector:
    return plus(posture.ribs, times(posture.thorax_frame.up, body.THORAX * share))


def draw_trunk(posture: FrontPosture, look: Look) -> str:
    build = look.build
    thorax, lumbar = posture.thorax_frame, posture.lumbar_frame
    hem = plus(posture.hip, times(posture.pelvis_frame.up, body.PELVIS * 0.42))
    sections = [
        Section(hem, posture.pelvis_frame, 9.3 * build.hips, 6.6 * build.belly),
        Section(posture.waist, lumbar, 8.1 * build.belly, 6.2 * build.belly),
        Section(posture.ribs, lumbar, 8.3 * build.chest, 6.0 * build.chest),
        Section(_on_thorax(posture, 0.45), thorax, 9.0 * build.chest, 6.8 * build.chest),
        Section(_on_thorax(posture, 0.72), thorax, 9.2 * build.chest, 6.6 * build.chest),
    ]
    right, left = band(sections)
    side = _right_hand_side(posture)
    right = [*right, *_shoulder(posture, side, build.shoulders)]
    left = [*left, *_shoulder(posture, _other(side), build.shoulders)]
    dip = plus(posture.neck, posture.neck_frame.place(0, -0.5 if posture.thorax_frame.front[2] < 0 else -1.6, 0))
    knots = square_ends(right, left)
    knots.insert(len(right), Knot(dip[0], -dip[1]))
    return closed(knots, Paint(look.shirt.near, look.shirt.contour))


def shoulder_cap(posture: FrontPosture, side: Side) -> Vector:
    """Where the shirt's line over the shoulder goes on to the sleeve."""
    return plus(posture.arm(side).shoulder, posture.thorax_frame.place(-1.6 * out(side), 2.9, 0))


def _shoulder(posture: FrontPosture, side: Side, breadth: float) -> list[Knot]:
    """Over the shoulder and up the slope to the neck."""
    frame = posture.thorax_frame
    joint = posture.arm(side).shoulder
    tip = plus(joint, frame.place(0.6 * out(side) * breadth, 1.2, 0))
    cap = shoulder_cap(posture, side)
    neck = plus(posture.neck, posture.neck_frame.place(3.7 * out(side), 1.0, 0))
    return [Knot(point[0], -point[1]) for point in (tip, cap, neck)]


def _right_hand_side(posture: FrontPosture) -> Side:
    """The side of the body that is at the right when the trunk is seen upright."""
    across = _across(posture.ribs, posture.neck)
    left = minus(posture.left_arm.shoulder, posture.right_arm.shoulder)
    return "left" if _along(left, across) >= 0 else "right"


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"


def draw_neck(posture: FrontPosture, look: Look) -> str:
    frame = posture.neck_frame
    start = plus(posture.neck, times(posture.thorax_frame.up, -1.5))
    end = plus(posture.crown_base, times(posture.head_frame.up, 2.4))
    sections = [
        Section(start, posture.thorax_frame, 4.6, 4.0),
        Section(posture.neck, frame, 3.3 * look.build.neck, 3.4),
        Section(end, posture.head_frame, 3.0, 3.2),
    ]
    return closed(square_ends(*band(sections)), Paint(look.skin.near, look.skin.contour))


def draw_seat(posture: FrontPosture, look: Look) -> str:
    """From below the hem to the crotch; the legs are drawn over its lower edge."""
    frame, build = posture.pelvis_frame, look.build
    top = plus(posture.hip, times(frame.up, body.PELVIS * 0.58))
    low = plus(posture.hip, times(frame.up, -4.6))
    sections = [
        Section(top, frame, 8.6 * build.hips, 6.2 * build.seat),
        Section(plus(posture.hip, times(frame.up, 2.0)), frame, 9.5 * build.hips, 6.8 * build.seat),
        Section(plus(posture.hip, times(frame.up, -1.5)), frame, 9.5 * build.hips, 6.8 * build.seat),
        Section(low, frame, 5.0, 3.2),
    ]
    return closed(square_ends(*band(sections)), Paint(look.trousers.near, look.trousers.contour))


def draw_back_lines(posture: FrontPosture, look: Look) -> list[str]:
    """The inner edges of the shoulder blades, seen from behind: they come together when the shoulders draw back."""
    lines = []
    for side in SIDES:
        joint = posture.arm(side).shoulder
        frame = posture.thorax_frame
        edge = [(-4.2, 0.5, 0.0), (-5.0, -4.0, 0.0), (-3.6, -8.4, 0.0)]
        points = [plus(joint, frame.place(x * out(side), y, z)) for x, y, z in edge]
        pen = smooth([Knot(point[0], -point[1]) for point in points], closed=False)
        lines.append(shape(pen.data(), Paint("none", look.shirt.contour, 0.6, round_ends=True)))
    return lines
