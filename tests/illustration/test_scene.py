"""Reading a pose refuses what a body cannot do, in one sentence that names the joint."""

import json
from typing import Any

import pytest

from clinic_app.illustration import read_scene
from clinic_app.illustration.joints import LIMITS


def refusal(data: dict[str, Any]) -> str:
    with pytest.raises(ValueError, match=r"^pose\.json: ") as caught:
        read_scene(data, "pose.json")
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_the_names_of_the_joints_are_anatomical() -> None:
    assert set(LIMITS) == {"lumbar", "thoracic", "neck", "head"} | {
        f"{limb}_{joint}"
        for limb in ("near", "far")
        for joint in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
    }


@pytest.mark.parametrize(
    ("joint", "angle"),
    [("near_knee", -5), ("near_hip", 140), ("far_elbow", 151), ("far_shoulder", 200), ("neck", -61), ("lumbar", 61)],
)
def test_an_angle_outside_the_joints_range_is_refused(bird_dog: dict[str, Any], joint: str, angle: float) -> None:
    bird_dog["joints"][joint] = angle
    low, high = LIMITS[joint]
    assert refusal(bird_dog) == f"pose.json: {joint} at {angle} degrees is outside {low:g} to {high:g}."


def test_a_hand_that_cannot_reach_the_mat_is_refused(bird_dog: dict[str, Any]) -> None:
    bird_dog["contacts"]["near_hand"]["x"] = -80
    assert refusal(bird_dog) == "pose.json: near_hand on mat is out of reach."


def test_a_solved_joint_keeps_to_its_range(bird_dog: dict[str, Any]) -> None:
    bird_dog["pelvis"]["x"] = 22  # the hip over the planted knee has to bend past its range
    assert "far_hip at 141 degrees is outside -30 to 135." in refusal(bird_dog)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_numbers_must_be_finite(bird_dog: dict[str, Any], value: float) -> None:
    bird_dog["joints"]["near_hip"] = value
    assert "finite" in refusal(bird_dog)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"colour": "red"}, "colour"),
        ({"schema": 2}, "schema"),
        ({"view": "below"}, "view"),
        ({"facing": "north"}, "facing"),
        ({"acting_side": "up"}, "acting_side"),
        ({"props": [{"kind": "trampoline", "x": 1}]}, "props"),
        ({"props": [{"kind": "pillow", "x": 1}] * 7}, "props"),
        ({"props": [{"kind": "pillow", "x": 151}]}, "props"),
        ({"contacts": {"near_nose": {"on": "mat"}}}, "near_nose"),
        ({"hands": {"near": "fist"}}, "hands"),
        ({"frame": {"x": 0, "y": 0, "width": 10, "height": 20}}, "frame.width"),
        ({"frame": {"x": 0, "y": 0, "width": "100", "height": 20}}, "frame.width"),
        ({"marks": {"arrow": [[0, 0], [1, 1]]}}, "marks.arrow"),
        ({"marks": {"arrow": [[0, -1], [0, -2], [0, -3], [140, -4]]}}, "arrow's point"),
        ({"marks": {"feel": {"on": "soul", "length": 9, "width": 6}}}, "marks.feel.on"),
        ({"marks": {"label": "L"}}, "marks.label"),
    ],
)
def test_unknown_and_oversized_parts_are_named(bird_dog: dict[str, Any], change: dict[str, Any], named: str) -> None:
    assert named in refusal(bird_dog | change)


def test_an_unknown_joint_is_named_with_the_joints_there_are(bird_dog: dict[str, Any]) -> None:
    bird_dog["joints"]["tail"] = 3
    assert "tail is not a joint" in refusal(bird_dog)
    assert "near_hip" in refusal(bird_dog)


def test_a_missing_joint_is_named(bird_dog: dict[str, Any]) -> None:
    del bird_dog["joints"]["near_hip"]
    assert refusal(bird_dog) == "pose.json: near_hip is missing."


def test_a_joint_that_a_contact_solves_must_not_be_given(bird_dog: dict[str, Any]) -> None:
    bird_dog["joints"]["far_knee"] = 90
    assert "far_knee is solved from a contact" in refusal(bird_dog)


def test_a_value_that_is_not_json_is_refused(bird_dog: dict[str, Any]) -> None:
    bird_dog["joints"]["neck"] = bird_dog
    assert refusal(bird_dog) == "pose.json: every value must be plain JSON."


def test_a_pelvis_that_points_where_it_faces_has_no_near_side(bird_dog: dict[str, Any]) -> None:
    bird_dog["facing"] = "left"
    assert "which side is near cannot be told" in refusal(bird_dog)


def test_a_pose_that_is_too_long_is_refused(bird_dog: dict[str, Any]) -> None:
    bird_dog["joints"] |= {f"joint_{i}": 0 for i in range(600)}
    assert "characters" in refusal(bird_dog)


def test_a_pose_comes_back_the_same_from_json(bird_dog: dict[str, Any]) -> None:
    assert read_scene(json.loads(json.dumps(bird_dog)), "a") == read_scene(bird_dog, "b")
