"""Between two frames: what is planted stays, bones keep their length, nothing sinks and nothing jumps."""

import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from clinic_app.illustration import Scene
from clinic_app.illustration.draw import draw_parts
from clinic_app.illustration.front_motion import mixed_frame, swung
from clinic_app.illustration.geometry import Point, direction, signed, step
from clinic_app.illustration.looks import the_look
from clinic_app.illustration.motion import between
from clinic_app.illustration.motion_limbs import STILL, Mix, mixed_arm, mixed_leg
from clinic_app.illustration.posture import Arm, Leg, Posture
from clinic_app.illustration.scene import Marks
from clinic_app.illustration.space import Frame3, dot
from clinic_app.illustration.views import AnyPosture, points, solve_view
from tests.shipped_pictures import DRAWN, scene, scenes_of

SHARES = (0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9)
FINE = 24
BONES = (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
ENDS = {"hand": "wrist", "foot": "ankle", "knee": "knee", "elbow": "elbow", "toes": "toe"}


@pytest.fixture(params=DRAWN)
def ways(request: pytest.FixtureRequest) -> list[tuple[Scene, Scene]]:
    """Of each exercise in turn the pairs of frames between which it moves."""
    return list(pairwise(scenes_of(request.param)))


def limbs(posture: AnyPosture) -> tuple[str, str]:
    return ("near", "far") if isinstance(posture, Posture) else ("left", "right")


def test_at_its_ends_the_way_is_the_frames(ways: list[tuple[Scene, Scene]]) -> None:
    for way in ways:
        assert between(*way, 0) == solve_view(way[0])
        assert between(*way, 1) == solve_view(way[1])


def test_planted_parts_stay_where_they_are(ways: list[tuple[Scene, Scene]]) -> None:
    for way in ways:
        first, last = (points(solve_view(each)) for each in way)
        shared = [
            part
            for part, contact in way[0].contacts.items()
            if part in way[1].contacts and way[1].contacts[part] == contact
        ]
        joints = [f"{limb}_{ENDS[end]}" for limb, _, end in (part.partition("_") for part in shared) if end in ENDS]
        planted = [joint for joint in joints if joint in first and math.dist(first[joint], last[joint]) < STILL]
        for share in SHARES:
            now = points(between(*way, share))
            slid = {joint: math.dist(now[joint], first[joint]) for joint in planted}
            assert {joint: far for joint, far in slid.items() if far > STILL} == {}


def test_bones_keep_their_length(ways: list[tuple[Scene, Scene]]) -> None:
    """In the plane; seen from the front a bone is drawn as long as it looks. A planted limb gives way a little."""
    for way in ways:
        ends = [solve_view(each) for each in way]
        if not isinstance(ends[0], Posture):
            continue
        lengths = [bones(points(end)) for end in ends]
        for share in SHARES:
            for bone, length in bones(points(between(*way, share))).items():
                low, high = sorted((lengths[0][bone], lengths[1][bone]))
                assert low * 0.9 <= length <= high * 1.1, (bone, share)


def bones(at: dict[str, Point]) -> dict[tuple[str, str, str], float]:
    return {(limb, a, b): math.dist(at[f"{limb}_{a}"], at[f"{limb}_{b}"]) for limb in ("near", "far") for a, b in BONES}


def lowest(of: Scene, posture: AnyPosture) -> float:
    """y of the lowest point at which a drawn command of the bare figure ends."""
    bare = replace(of, props=(), marks=Marks())
    nodes = [part.node for part in draw_parts(bare, posture, the_look("a"))]
    low = 0.0
    for data in re.findall(r'fill="#[^>]*?|d="([^"]*)" fill="#', "".join(nodes)):
        y = 0.0
        for command, text in re.findall(r"([Mlc])([^Mlcz]*)", data):
            y = float(re.findall(r"-?\d*\.?\d+", text)[-1]) + (0 if command == "M" else y)
            low = max(low, y)
    return low


def test_nothing_sinks_into_the_floor(ways: list[tuple[Scene, Scene]]) -> None:
    for way in ways:
        deepest = max(lowest(each, solve_view(each)) for each in way)
        assert {
            share: low for share in SHARES if (low := lowest(way[0], between(*way, share))) > max(deepest, 0) + 0.5
        } == {}


def test_nothing_jumps(ways: list[tuple[Scene, Scene]]) -> None:
    """A joint goes its way in even steps: none is many times as long as its share of the way."""
    for way in ways:
        seen = [points(between(*way, i / FINE)) for i in range(FINE + 1)]
        for joint in seen[0]:
            steps = [math.dist(a[joint], b[joint]) for a, b in pairwise(seen)]
            assert max(steps) <= 6 * sum(steps) / FINE + 0.4, joint


def test_a_hand_that_is_planted_in_one_frame_only_leaves_the_floor_in_its_joints() -> None:
    start, end = scene("bird-dog-a"), scene("bird-dog-b")
    heights = [-points(between(start, end, i / 8))["far_wrist"][1] for i in range(9)]
    assert heights == sorted(heights)
    assert heights[4] > heights[0] + 2


def test_the_knee_is_drawn_in_on_an_arc() -> None:
    """Half-way to the chest the knee is higher than on the straight line between both frames."""
    start, end = scene("knee-to-chest-a"), scene("knee-to-chest-b")
    knees = [points(between(start, end, share))["near_knee"] for share in (0, 0.5, 1)]
    assert knees[1][1] < (knees[0][1] + knees[2][1]) / 2 - 2


def test_an_arm_never_turns_the_long_way_round() -> None:
    start, end = scene("bird-dog-a"), scene("bird-dog-b")
    angles = []
    for i in range(13):
        posture = between(start, end, i / 12)
        assert isinstance(posture, Posture)
        angles.append(direction(posture.far_arm.shoulder, posture.far_arm.elbow))
    assert sum(abs(signed(b - a)) for a, b in pairwise(angles)) < 181


def test_frames_of_two_views_are_refused() -> None:
    side, front = scene("bridge-a"), replace(scene("bridge-a"), facing="down")
    with pytest.raises(ValueError, match="side"):
        between(side, front, 0.5)


def test_directions_turn_evenly_in_space() -> None:
    assert swung((2, 0, 0), (0, 4, 0), 0.5) == pytest.approx((3 / 2**0.5, 3 / 2**0.5, 0))
    assert swung((1, 0, 0), (1, 0, 0), 0.3) == pytest.approx((1, 0, 0))
    upright = Frame3((1, 0, 0), (0, 1, 0), (0, 0, 1))
    half = mixed_frame(upright, upright.turned(90).leaned(40), 0.5)
    for a, b in ((half.left, half.up), (half.up, half.front), (half.front, half.left)):
        assert dot(a, b) == pytest.approx(0, abs=1e-9)
    assert mixed_frame(upright, upright.turned(60), 0.5).front == pytest.approx(upright.turned(30).front)


def test_a_foot_that_steps_is_lifted_and_the_other_one_stands() -> None:
    """Walking, seen from the right: the foot that comes forward swings over the floor, the other one carries."""
    start, end = scene("walking-b"), scene("walking-c")
    first, half, last = (points(between(start, end, share)) for share in (0, 0.5, 1))
    limb, other = ("near", "far") if last["near_ankle"][0] > first["near_ankle"][0] else ("far", "near")
    assert half[f"{limb}_ankle"][1] < min(first[f"{limb}_ankle"][1], last[f"{limb}_ankle"][1]) - 0.5
    line = (first[f"{other}_ankle"][1] + last[f"{other}_ankle"][1]) / 2
    assert half[f"{other}_ankle"][1] == pytest.approx(line, abs=0.1)


def test_a_limb_that_nobody_planted_never_swings_below_where_it_lies() -> None:
    """A bent leg that straightens on the mat, and an arm: by their joints alone they would pass through it."""
    lying = solve_view(scene("bridge-a"))
    assert isinstance(lying, Posture)
    bent, straight = (joints_of((0.0, -4.0), angles) for angles in ((45.0, -75.0), (2.0, 0.0)))
    lowest_end = max(bent[2][1], straight[2][1])
    legs = [Leg(*joints, 0.0) for joints in (bent, straight)]
    arms = [Arm(*joints, 0.0) for joints in (bent, straight)]
    first, last = (
        replace(lying, hip=bent[0], ribs=bent[0], near_leg=leg, near_arm=arm)
        for leg, arm in zip(legs, arms, strict=True)
    )
    for share in SHARES:
        mix = Mix(first, last, share, {})
        assert mixed_leg(mix, first, "near").ankle[1] <= lowest_end + 1e-6
        assert mixed_arm(mix, first, "near").wrist[1] <= lowest_end + 1e-6


def joints_of(start: Point, angles: tuple[float, float]) -> tuple[Point, Point, Point]:
    middle = step(start, angles[0], 28)
    return start, middle, step(middle, angles[1], 20)
