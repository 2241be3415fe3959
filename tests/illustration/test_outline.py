"""Every outline keeps its commands at every angle, and its line never crosses itself."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from clinic_app.illustration import joints as body
from clinic_app.illustration.arms import arm_knots
from clinic_app.illustration.figure import leg_knots
from clinic_app.illustration.geometry import Knot, Point, step
from clinic_app.illustration.joints import LIMITS
from clinic_app.illustration.outline import Bone, limb_sides, square_ends
from clinic_app.illustration.path import smooth
from clinic_app.illustration.posture import Arm, Leg, Posture

HIP = (0.0, 0.0)
SWEEP = 10  # degrees from one angle to the next
DRAWN = 0.1  # path data has one decimal


def letters(knots: Sequence[Knot]) -> str:
    return re.sub(r"[^A-Za-z]", "", smooth(knots, closed=True).data())


def line(knots: Sequence[Knot]) -> list[Point]:
    """The drawn outline as a closed broken line of about 5 points a command."""
    x = y = 0.0
    points: list[Point] = []
    for command, text in re.findall(r"([Mlc])([^Mlcz]*)", smooth(knots, closed=True).data()):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
        steps = [(x + values[i], y + values[i + 1]) for i in range(0, len(values), 2)]
        if command == "M":
            steps = [(values[0], values[1])]
        if command == "c":
            points += [_bezier((x, y), *steps, share=k / 5) for k in range(1, 5)]
        x, y = steps[-1]
        points.append((x, y))
    return points


def _bezier(a: Point, b: Point, c: Point, d: Point, *, share: float) -> Point:
    k = 1 - share
    x, y = (k**3 * a[i] + 3 * k * k * share * b[i] + 3 * k * share**2 * c[i] + share**3 * d[i] for i in (0, 1))
    return x, y


def crossings(points: Sequence[Point]) -> list[Point]:
    """Where a closed line crosses itself by more than rounding."""
    lines = list(pairwise([*points, points[0]]))
    found = []
    for i, (a, b) in enumerate(lines):
        for c, d in lines[i + 2 : len(lines) - (i == 0)]:
            across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
            if abs(across) < 1e-9:
                continue
            t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
            u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / across
            depth = min(t, 1 - t) * ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
            other = min(u, 1 - u) * ((d[0] - c[0]) ** 2 + (d[1] - c[1]) ** 2) ** 0.5
            if depth > DRAWN and other > DRAWN:
                found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return found


def posture(turn: int = 1, hip: float = 0, knee: float = 0, elbow: float = 0, wrist: float = 0) -> Posture:
    """A figure that stands upright but for the near limbs' angles."""
    waist = step(HIP, 90, body.PELVIS)
    ribs = step(waist, 90, body.LUMBAR)
    neck = step(ribs, 90, body.THORAX)
    thigh = 270 + turn * hip
    knee_at = step(HIP, thigh, body.THIGH)
    leg = Leg(HIP, knee_at, step(knee_at, thigh - turn * knee, body.SHANK), thigh - turn * knee + turn * 90)
    elbow_at = step(neck, 270, body.UPPER_ARM)
    forearm = 270 + turn * elbow
    arm = Arm(neck, elbow_at, step(elbow_at, forearm, body.FOREARM), forearm + turn * wrist)
    crown = step(neck, 90, body.NECK)
    return Posture(turn, HIP, waist, ribs, neck, crown, step(crown, 90, body.HEAD), 90, 90, 90, 90, leg, leg, arm, arm)


def angles(joint: str) -> list[float]:
    low, high = LIMITS[f"near_{joint}"]
    return [low + i * SWEEP for i in range(int((high - low) / SWEEP) + 1)]


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("joint", ["hip", "knee", "elbow", "wrist"])
def test_a_joint_swept_over_its_range_keeps_the_commands_and_one_clean_line(joint: str, turn: int) -> None:
    found = set()
    for angle in angles(joint):
        stood = posture(turn, **{joint: angle})
        if joint in {"hip", "knee"}:
            outlines = [leg_knots(stood, stood.near_leg, "near"), leg_knots(stood, stood.near_leg, "far")]
        else:
            outlines = [arm_knots(stood.near_arm, turn, "flat")]
        found.add(tuple(letters(knots) for knots in outlines))
        assert [crossings(line(knots)) for knots in outlines] == [[] for _ in outlines], (joint, angle)
    assert len(found) == 1


@pytest.mark.parametrize("hip", [-30, 0, 25, 60, 90, 120, 135])
def test_hip_and_knee_together_keep_one_clean_line(hip: float) -> None:
    """Up to the angle at which the shank touches what is above it: from there the parts lie on each other."""
    for knee in (0, 10, 25, 60, 90, 120, 140):
        stood = posture(hip=hip, knee=knee)
        assert crossings(line(leg_knots(stood, stood.near_leg, "near"))) == [], knee


@pytest.mark.parametrize("angle", [0, 10, 25, 60, 90, 120, 150])
@pytest.mark.parametrize("side", [1, -1])
def test_any_two_bones_fold_cleanly_to_both_sides(angle: float, side: int) -> None:
    stations = ((0.1, 4.0, 3.6), (0.5, 3.6, 4.2), (0.9, 3.0, 3.0))
    end = step(HIP, 0, 24)
    bones = [Bone(HIP, end, stations, caps=(3.6, 3.6)), Bone(end, step(end, side * angle, 24), stations)]
    front, back = limb_sides(bones, 90)
    assert len(front) == len(back) == 2 * len(stations) + 2
    assert crossings(line(square_ends(front, back))) == []


def test_a_small_change_of_the_angle_is_a_small_change_of_the_outline() -> None:
    """Nothing jumps: a limb that moves one degree moves none of its points far."""
    for joint in ("hip", "knee", "elbow", "wrist"):
        low, high = LIMITS[f"near_{joint}"]
        before: list[Knot] = []
        for angle in range(int(low), int(high) + 1):
            stood = posture(**{joint: angle})
            leg = joint in {"hip", "knee"}
            knots = leg_knots(stood, stood.near_leg, "near") if leg else arm_knots(stood.near_arm, 1, "flat")
            for a, b in zip(before, knots, strict=bool(before)):
                assert abs(a.x - b.x) + abs(a.y - b.y) < 3.0, (joint, angle)
            before = knots


def test_the_ends_of_an_outline_are_its_only_corners() -> None:
    same = [Knot(0, 0), Knot(1, 0), Knot(0, 0)]  # a knot in the middle may lie where the first one lies
    assert [knot.corner for knot in square_ends(same, same)] == [True, False, True, True, False, True]
