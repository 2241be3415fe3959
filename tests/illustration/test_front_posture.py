"""The body in space: left is left from every side, joints keep their ranges, and what is planted stays planted."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from clinic_app.illustration import Scene, read_scene, side_shown
from clinic_app.illustration import joints as body
from clinic_app.illustration.front_joints import FOOT_REST, FRONT_LIMITS, HIP_OUT, SIDES, Side
from clinic_app.illustration.front_posture import FrontPosture, front_points, out
from clinic_app.illustration.front_solver import solve_front
from clinic_app.illustration.space import cross, dot, minus, unit
from clinic_app.illustration.views import limits_of, points, solve_view

FRAME = {"x": -33.5, "y": -109, "width": 67, "height": 112.3}
STANDING = {"left_foot": {"on": "mat", "x": 7}, "right_foot": {"on": "mat", "x": -7}}
BEHIND = {"left_foot": {"on": "mat", "x": -7}, "right_foot": {"on": "mat", "x": 7}}


def pose(view: str = "front", **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "schema": 1,
        "view": view,
        "acting_side": "none",
        "frame": FRAME,
        "pelvis": {"x": 0, "angle": 90, "height": 50},
    }
    return plain | more


def read(**more: Any) -> Scene:
    return read_scene(pose(**more), "pose.json")


def refusal(**more: Any) -> str:
    with pytest.raises(ValueError, match=r"^pose\.json: ") as caught:
        read(**more)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def face_of(posture: FrontPosture) -> str:
    return "reader" if posture.head_frame.front[2] > 0 else "away"


# Left and right


@pytest.mark.parametrize(
    ("view", "face", "left_is_at"), [("front", "reader", 1), ("above", "reader", 1), ("back", "away", -1)]
)
def test_left_is_where_a_person_has_it(view: str, face: str, left_is_at: int) -> None:
    """Whoever looks at the reader has the left hand at the reader's right; whoever looks away, at the left."""
    posture = solve_front(read(view=view))
    assert face_of(posture) == face
    places = front_points(posture)
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle"):
        assert (places[f"left_{joint}"][0] - places[f"right_{joint}"][0]) * left_is_at > 0, joint


@pytest.mark.parametrize("angle", [0, 90, 137, 180, 270])
@pytest.mark.parametrize("turn", [-180, -60, 0, 35, 90])
@pytest.mark.parametrize("view", ["front", "back", "above"])
def test_left_is_head_direction_times_face_direction(view: str, turn: float, angle: float) -> None:
    """With x right, y up and z to the reader, a body's left is up x front, however the whole body is turned."""
    scene = read(view=view, pelvis={"x": 0, "angle": angle, "height": 50}, joints={"pelvis_turn": turn})
    posture = solve_front(scene)
    frame = posture.pelvis_frame
    left = cross(frame.up, frame.front)
    head = unit(minus(posture.neck, posture.hip))
    assert dot(head, frame.up) > 0.99
    assert dot(left, frame.left) == pytest.approx(1)
    for joint in ("hip", "knee"):
        apart = minus(getattr(posture.left_leg, joint), getattr(posture.right_leg, joint))
        assert dot(apart, left) > 0
    assert dot(minus(posture.left_arm.wrist, posture.right_arm.wrist), left) > 0


@pytest.mark.parametrize("view", ["front", "back", "above"])
@pytest.mark.parametrize("angle", [0, 80, 90, 180, 215])
def test_the_pelvis_points_where_its_angle_says(view: str, angle: float) -> None:
    posture = solve_front(read(view=view, pelvis={"x": 0, "angle": angle, "height": 50}))
    towards = (math.cos(math.radians(angle)), math.sin(math.radians(angle)), 0)
    assert posture.pelvis_frame.up == pytest.approx(towards)


@pytest.mark.parametrize("view", ["front", "back", "above"])
@pytest.mark.parametrize("side", SIDES)
def test_the_side_shown_is_the_limb_that_moves_and_mirroring_swaps_it(view: str, side: Side) -> None:
    still = read(view=view)
    lifted = read(view=view, acting_side=side, joints={f"{side}_hip_abduction": 30})
    before, after = solve_front(still), solve_front(lifted)
    moved = [each for each in SIDES if math.dist(before.leg(each).ankle, after.leg(each).ankle) > 1]
    assert moved == [side]
    assert side_shown(lifted) == side
    assert side_shown(lifted, mirrored=True) == {"left": "right", "right": "left"}[side]
    frame = after.pelvis_frame
    assert dot(minus(after.leg(side).ankle, after.hip), frame.left) * out(side) > 20  # away from the middle


def test_bending_and_turning_to_the_left_is_positive() -> None:
    bent = solve_front(read(joints={"lumbar_side": 20, "thoracic_side": 20, "neck_side": 20}))
    assert bent.head[0] > 20  # at the reader's right, where the figure has its left
    turned = solve_front(read(joints={"head_turn": 60}))
    assert turned.head_frame.front[0] > 0.8
    trunk = solve_front(read(joints={"trunk_turn": 50}))
    assert trunk.thorax_frame.front[0] > 0.7
    assert trunk.left_arm.shoulder[2] < trunk.right_arm.shoulder[2]


# Joints


@pytest.mark.parametrize("side", SIDES)
def test_each_joint_moves_the_way_its_name_says(side: Side) -> None:
    def at(part: str, **joints: float) -> tuple[float, float, float]:
        posture = solve_front(read(joints={f"{side}_{joint}": angle for joint, angle in joints.items()}))
        leg, arm = posture.leg(side), posture.arm(side)
        place: tuple[float, float, float] = {
            "knee": leg.knee,
            "ankle": leg.ankle,
            "elbow": arm.elbow,
            "wrist": arm.wrist,
        }[part]
        return place

    rest = {part: at(part) for part in ("knee", "ankle", "elbow", "wrist")}
    assert at("knee", hip_flexion=90)[2] == pytest.approx(body.THIGH)  # towards the reader
    assert at("ankle", knee=90)[2] == pytest.approx(-body.SHANK)
    assert (at("knee", hip_abduction=30)[0] - rest["knee"][0]) * out(side) > 10
    assert at("elbow", shoulder_flexion=90)[2] > 15
    assert (at("elbow", shoulder_abduction=90)[0] - rest["elbow"][0]) * out(side) > 15
    assert at("wrist", elbow=90)[2] > 12
    held_out = at("wrist", elbow=90, shoulder_rotation=90)
    assert (held_out[0] - rest["wrist"][0]) * out(side) > 12  # outward rotation
    out_and_forward = at("knee", hip_flexion=90, hip_abduction=45)
    assert out_and_forward[2] > 15
    assert (out_and_forward[0] - rest["knee"][0]) * out(side) > 15


def test_shoulder_blades_come_together_and_back() -> None:
    rest, drawn = solve_front(read(view="back")), solve_front(read(view="back", joints={"scapula_in": 35}))
    apart = [math.dist(each.left_arm.shoulder, each.right_arm.shoulder) for each in (rest, drawn)]
    assert apart[1] < apart[0] - 2
    assert dot(minus(drawn.left_arm.shoulder, rest.left_arm.shoulder), rest.thorax_frame.front) < -3


@pytest.mark.parametrize("joint", sorted(FRONT_LIMITS))
def test_an_angle_beyond_a_joints_range_is_refused_by_name(joint: str) -> None:
    low, high = FRONT_LIMITS[joint]
    for angle in (low - 1, high + 1):
        assert (
            refusal(joints={joint: angle})
            == f"pose.json: {joint} at {angle:.4g} degrees is outside {low:g} to {high:g}."
        )
    assert FRONT_LIMITS[joint] == limits_of("front")[joint]


def test_left_and_right_bend_alike() -> None:
    for joint, limits in FRONT_LIMITS.items():
        if joint.startswith("left_"):
            assert FRONT_LIMITS[joint.replace("left_", "right_")] == limits
        elif not joint.startswith(("right_", "lumbar", "thoracic", "neck", "head", "scapula", "pelvis_tilt")):
            assert limits[0] == -limits[1], joint


def test_words_of_the_side_view_are_refused() -> None:
    assert "near_knee is not a joint of this view" in refusal(joints={"near_knee": 10})
    assert refusal(acting_side="near") == "pose.json: near is no word of the front view."
    assert refusal(hands={"far": "grip"}) == "pose.json: far is no word of the front view."
    assert refusal(facing="up") == "pose.json: facing is only for the side view."
    assert (
        refusal(contacts={"near_foot": {"on": "mat", "x": 0}}) == "pose.json: near_foot is no word of the front view."
    )


# Contacts


@pytest.mark.parametrize("view", ["front", "back"])
def test_planted_feet_stay_while_the_hips_sway(view: str) -> None:
    contacts = STANDING if view == "front" else BEHIND
    for x in (-4, 0, 4):
        posture = solve_front(read(view=view, pelvis={"x": x, "angle": 90}, contacts=contacts))
        for side in SIDES:
            ankle, leg = posture.leg(side).ankle, posture.leg(side)
            assert ankle == pytest.approx((contacts[f"{side}_foot"]["x"], FOOT_REST, 0))
            assert math.dist(leg.hip, leg.knee) == pytest.approx(body.THIGH)
            assert math.dist(leg.knee, leg.ankle) == pytest.approx(body.SHANK)


def test_what_rests_on_the_floor_carries_the_body() -> None:
    feet = {f"{side}_foot": {"on": "mat"} for side in SIDES}
    bent = {f"{side}_{joint}": 75 for side in SIDES for joint in ("hip_flexion", "knee")}
    seated = solve_front(read(pelvis={"x": 0, "angle": 90}, joints=bent, contacts=feet))
    assert seated.left_leg.ankle[1] == pytest.approx(FOOT_REST)
    lying = solve_front(read(pelvis={"x": 0, "angle": 180}, contacts={"hips": {"on": "mat"}}))
    assert lying.hip[1] > HIP_OUT
    assert "nothing rests on the floor" in refusal(pelvis={"x": 0, "angle": 90})


@pytest.mark.parametrize("side", SIDES)
def test_a_hand_holds_a_point_and_its_arm_keeps_its_length(side: Side) -> None:
    x = 20 * out(side)
    posture = solve_front(read(contacts={f"{side}_hand": {"on": "point", "x": x, "y": -62, "z": 6}}))
    arm = posture.arm(side)
    assert arm.wrist == pytest.approx((x, 62, 6))
    assert math.dist(arm.shoulder, arm.elbow) == pytest.approx(body.UPPER_ARM)
    assert math.dist(arm.elbow, arm.wrist) == pytest.approx(body.FOREARM)


def test_out_of_reach_and_twice_said_are_refused() -> None:
    far = {"left_hand": {"on": "point", "x": 60, "y": -60}}
    assert "left_hand is" in refusal(contacts=far)
    assert "out of reach" in refusal(contacts=far)
    near = {"left_hand": {"on": "point", "x": 20, "y": -62}}
    assert "left_elbow is solved from a contact" in refusal(contacts=near, joints={"left_elbow": 30})
    wide = {"left_foot": {"on": "mat", "x": 60}}
    assert refusal(pelvis={"x": 0, "angle": 90}, contacts=wide) == "pose.json: left_foot at x 60 is out of reach."
    assert "needs x and y" in refusal(contacts={"left_hand": {"on": "point", "x": 20}})
    assert "needs along" in refusal(contacts={"left_hand": {"on": "left_thigh"}})


def test_points_have_the_names_of_the_side_view_with_left_and_right() -> None:
    scene = read()
    named = points(solve_view(scene))
    assert {"hip", "waist", "ribs", "neck", "crown_base", "head", "left_knee", "right_wrist", "left_toe"} <= set(named)
    assert named["left_hand"][1] > named["left_wrist"][1]  # the arm hangs, y runs down
    assert replace(scene, acting_side="left") != scene
