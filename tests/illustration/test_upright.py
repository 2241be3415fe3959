"""Standing and sitting: feet on the floor, hips on the seat, hands where the words of the exercise say."""

import math
from dataclasses import replace
from typing import Any

import pytest

from clinic_app.illustration import Scene, draw, read_scene
from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import direction, signed
from clinic_app.illustration.posture import Leg, Posture
from clinic_app.illustration.props import Chair, Wall, back_top
from clinic_app.illustration.shoes import TRAINER
from clinic_app.illustration.side_solver import solve
from tests.shipped_pictures import pose, scene

SITTING = (
    "sit-to-stand-a",
    "sit-to-stand-b",
    "chin-tuck-a",
    "chin-tuck-b",
    "sciatic-nerve-slider-a",
    "sciatic-nerve-slider-b",
    "seated-forward-bend-a",
    "seated-forward-bend-b",
)


def both(exercise: str) -> tuple[Posture, Posture]:
    return solve(scene(f"{exercise}-a")), solve(scene(f"{exercise}-b"))


def knee(leg: Leg, turn: int = 1) -> float:
    return signed(turn * (direction(leg.hip, leg.knee) - direction(leg.knee, leg.ankle)))


def chair_of(of: Scene) -> Chair:
    return next(prop for prop in of.props if isinstance(prop, Chair))


def read(name: str, **changes: Any) -> Scene:
    return read_scene(pose(name) | changes, "pose")


@pytest.mark.parametrize("name", SITTING)
def test_who_sits_has_the_hips_on_the_seat_and_the_back_before_the_chairs_back(name: str) -> None:
    of = scene(name)
    chair, posture = chair_of(of), solve(of)
    assert -posture.hip[1] == pytest.approx(chair.height + body.SEAT_REST)
    assert chair.x - 11 < posture.hip[0] - 6 < posture.hip[0] < chair.x + 11


@pytest.mark.parametrize("name", ["sit-to-stand-c", "mini-squat-b", "calf-stretch-b", "standing-back-bend-b"])
def test_flat_feet_stand_on_the_floor(name: str) -> None:
    posture = solve(scene(name))
    for leg in (posture.near_leg, posture.far_leg):
        assert leg.ankle[1] == pytest.approx(-body.SOLE)
        assert leg.foot_angle == 0


def test_a_foot_on_a_step_stands_as_high_as_the_step() -> None:
    props = [{"kind": "step", "start": -5, "end": 20, "height": 9}]
    contacts = {"near_foot": {"on": "step", "x": 6}, "far_foot": {"on": "floor", "x": -1}}
    joints = {key: angle for key, angle in pose("sit-to-stand-c")["joints"].items() if key != "near_knee"}
    posture = solve(
        read(
            "sit-to-stand-c",
            props=props,
            contacts=contacts,
            pelvis={"x": 0, "angle": 90},
            joints=joints | {"far_knee": 3},
        )
    )
    assert posture.near_leg.ankle[1] == pytest.approx(-9 - body.SOLE)
    assert knee(posture.far_leg) == pytest.approx(3)
    assert knee(posture.near_leg) > 30


def test_standing_is_as_high_as_the_knee_allows() -> None:
    low = {**pose("sit-to-stand-c")["joints"], "near_knee": 40}
    high = solve(scene("sit-to-stand-c")).hip[1]
    assert solve(read("sit-to-stand-c", joints=low)).hip[1] > high + 2
    assert knee(solve(read("sit-to-stand-c", joints=low)).near_leg) == pytest.approx(40)


def test_sit_to_stand_leans_the_nose_over_the_toes_and_ends_tall() -> None:
    lean, stand = solve(scene("sit-to-stand-b")), solve(scene("sit-to-stand-c"))
    toes = lean.near_leg.ankle[0] + 8
    assert abs(lean.head[0] + 6 - toes) < 8
    assert stand.near_leg.ankle == lean.near_leg.ankle
    assert knee(stand.near_leg) < 6
    assert abs(stand.head[0] - stand.near_leg.ankle[0]) < 6


def test_heels_rise_about_the_balls_of_the_feet_with_straight_knees() -> None:
    flat, high = both("heel-raises")
    for before, after in ((flat.near_leg, high.near_leg), (flat.far_leg, high.far_leg)):
        assert before.foot_angle == 0
        assert -50 < signed(after.foot_angle) < -25
        assert knee(after) < 5
        assert after.toes == 0  # the toes lie flat
    assert high.hip[1] < flat.hip[1] - 2


@pytest.mark.parametrize("name", ["heel-raises-a", "heel-raises-b", "mini-squat-a", "mini-squat-b"])
def test_hands_hold_the_back_of_the_chair(name: str) -> None:
    of = scene(name)
    rail, posture = back_top(chair_of(of)), solve(of)
    for arm in (posture.near_arm, posture.far_arm):
        assert math.dist(arm.wrist, rail) < 5
        assert arm.wrist[1] < rail[1]


def test_the_squat_is_shallow_with_the_knees_over_the_toes() -> None:
    posture = solve(scene("mini-squat-b"))
    assert 35 <= knee(posture.near_leg) <= 65
    assert posture.near_leg.knee[0] <= posture.near_leg.ankle[0] + 10
    assert posture.hip[0] < posture.near_leg.ankle[0] - 4


def test_the_calf_is_stretched_by_a_straight_knee_and_a_heel_that_stays_down() -> None:
    of = scene("calf-stretch-b")
    wall, posture = next(prop for prop in of.props if isinstance(prop, Wall)), solve(of)
    assert knee(posture.near_leg) < 5
    assert posture.near_leg.foot_angle == 0
    assert 20 < knee(posture.far_leg) < 80
    assert posture.near_leg.ankle[0] < posture.far_leg.ankle[0] - 15
    assert posture.near_arm.wrist[0] == pytest.approx(wall.x - body.PALM)
    assert signed(posture.near_arm.hand_angle) == 90


def test_the_back_bends_over_the_hands_while_the_eyes_look_ahead() -> None:
    start, end = both("standing-back-bend")
    assert signed(end.thorax_angle - end.pelvis_angle) > 12
    assert signed(end.thorax_angle - start.thorax_angle) > 15
    assert abs(signed(end.head_angle - 90)) < 25  # not thrown back
    assert knee(end.near_leg) < 5
    for posture in (start, end):
        assert posture.near_arm.wrist[0] < posture.waist[0]
        assert posture.near_arm.elbow[0] < posture.near_arm.wrist[0]


def test_the_chin_slides_straight_back() -> None:
    start, end = both("chin-tuck")
    assert end.head[0] < start.head[0] - 3
    assert abs(end.head[1] - start.head[1]) < 1.5
    assert abs(signed(end.head_angle - start.head_angle)) < 4  # the eyes stay level
    assert end.neck == start.neck


def test_the_head_lifts_as_the_knee_straightens() -> None:
    start, end = both("sciatic-nerve-slider")
    assert knee(start.near_leg) > 70
    assert knee(end.near_leg) < 15
    assert signed(end.head_angle - start.head_angle) > 40
    assert end.far_leg.ankle == start.far_leg.ankle


def test_the_back_rolls_down_and_the_hands_slide_down_the_shins() -> None:
    start, end = both("seated-forward-bend")
    assert signed(end.pelvis_angle - end.thorax_angle) > 50
    assert end.near_arm.wrist[1] > end.near_leg.knee[1] + 8
    assert end.head[1] > start.head[1] + 25


def test_half_kneeling_shifts_the_hips_forward_over_a_planted_knee_and_foot() -> None:
    start, end = both("hip-flexor-stretch")
    assert end.near_leg.knee == start.near_leg.knee
    assert end.far_leg.ankle == start.far_leg.ankle
    assert -end.near_leg.knee[1] == pytest.approx(3 + body.KNEE_REST)  # on the cushion
    assert end.hip[0] > start.hip[0] + 3
    assert abs(signed(direction(end.hip, end.neck) - 90)) < 10  # stays tall
    assert end.pelvis_angle > start.pelvis_angle + 5  # the bottom is tucked under


def test_a_step_swings_the_arm_of_the_other_side() -> None:
    for name in ("walking-b", "walking-c"):
        posture = solve(scene(name))
        near_leg_ahead = posture.near_leg.ankle[0] > posture.far_leg.ankle[0]
        near_arm_ahead = posture.near_arm.wrist[0] > posture.far_arm.wrist[0]
        assert near_leg_ahead != near_arm_ahead


@pytest.mark.parametrize("name", ["walking-a", "walking-b", "walking-c"])
def test_who_walks_wears_shoes_as_the_steps_say(name: str) -> None:
    svg = draw(scene(name))
    assert svg.count(TRAINER.near) == svg.count(TRAINER.far) == 1
    barefoot = draw(replace(scene(name), shoes=False))
    assert TRAINER.near not in barefoot


def test_shoes_are_for_the_side_view() -> None:
    with pytest.raises(ValueError, match=r"^pose: shoes are drawn in the side view only\.$"):
        read_scene(pose("neck-rotation-a") | {"shoes": True}, "pose")


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("chin-tuck-a", {"props": []}, "hips on chair needs such a thing among the props."),
        ("heel-raises-a", {"props": []}, "near_hand on chair needs such a thing among the props."),
        ("chin-tuck-a", {"pelvis": {"x": -14, "angle": 91, "height": 30}}, "pelvis.height is solved from a contact"),
        ("walking-a", {"pelvis": {"x": 60, "angle": 90}}, "near_foot at x -1 is out of reach."),
    ],
)
def test_what_cannot_be_is_said(name: str, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^pose: ") as caught:
        read(name, **changes)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("hand", "message"),
    [
        ({"on": "wall"}, "near_hand on wall needs y."),
        ({"on": "table"}, "near_hand on table needs such a thing among the props."),
        ({"on": "near_lap"}, "near_hand on near_lap needs along."),
        ({"on": "step"}, "near_hand cannot rest on step."),
        ({"on": "wall", "y": -150}, "near_hand on wall is out of reach."),
    ],
)
def test_a_hand_that_has_no_place_is_said(hand: dict[str, Any], message: str) -> None:
    contacts = pose("calf-stretch-a")["contacts"] | {"near_hand": hand}
    with pytest.raises(ValueError, match=r"^pose: ") as caught:
        read("calf-stretch-a", contacts=contacts)
    assert message in str(caught.value)
