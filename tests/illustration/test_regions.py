"""The patch where an exercise is felt lies on the part of the body that its name says."""

import math
from dataclasses import replace

import pytest

from clinic_app.illustration import draw, read_scene
from clinic_app.illustration.geometry import direction, signed
from clinic_app.illustration.looks import FEEL
from clinic_app.illustration.posture import Posture, points
from clinic_app.illustration.regions import SIDE_REGIONS, region
from clinic_app.illustration.scene import Feel, Marks
from clinic_app.illustration.side_solver import solve
from tests.shipped_pictures import pose, scene

# Region -> the points of the body it lies between.
BETWEEN = {
    "belly": ("hip", "ribs"),
    "low_back": ("waist", "ribs"),
    "upper_back": ("ribs", "neck"),
    "chest": ("ribs", "neck"),
    "neck_back": ("neck", "crown_base"),
    "neck_front": ("neck", "crown_base"),
    "shoulder": ("near_shoulder", "near_shoulder"),
    "upper_arm": ("near_shoulder", "near_elbow"),
    "buttock": ("hip", "hip"),
    "bottom": ("hip", "hip"),
    "hip_front": ("near_hip", "near_knee"),
    "outer_hip": ("hip", "waist"),
    "thigh_front": ("near_hip", "near_knee"),
    "thigh_back": ("near_hip", "near_knee"),
    "knee": ("near_knee", "near_knee"),
    "calf": ("near_knee", "near_ankle"),
    "shin": ("near_knee", "near_ankle"),
}
OPPOSITE = [
    ("belly", "low_back"),
    ("chest", "upper_back"),
    ("neck_front", "neck_back"),
    ("hip_front", "bottom"),
    ("thigh_front", "thigh_back"),
    ("shin", "calf"),
]
POSES = ("sit-to-stand-c", "bird-dog-b", "knee-to-chest-b", "seated-forward-bend-b")


def solved(name: str) -> Posture:
    return solve(scene(name))


def test_every_region_has_its_place_told() -> None:
    assert set(BETWEEN) == set(SIDE_REGIONS)


@pytest.mark.parametrize("name", POSES)
@pytest.mark.parametrize("where", SIDE_REGIONS)
def test_a_region_lies_on_its_part_of_the_body(name: str, where: str) -> None:
    posture = solved(name)
    middle, _ = region(posture, where)
    start, end = (points(posture)[part] for part in BETWEEN[where])
    assert math.dist(start, middle) + math.dist(middle, end) < math.dist(start, end) + 6.5


@pytest.mark.parametrize("name", POSES)
@pytest.mark.parametrize(("front", "back"), OPPOSITE)
def test_front_and_back_are_not_mixed_up(name: str, front: str, back: str) -> None:
    posture = solved(name)
    ahead, behind = region(posture, front)[0], region(posture, back)[0]
    start, end = (points(posture)[part] for part in BETWEEN[front])
    along = direction(start, end) if front in ("hip_front", "thigh_front", "shin") else direction(end, start)
    assert 0 < signed(posture.turn * (direction(behind, ahead) - along)) < 180


def test_the_limb_at_work_is_the_one_that_feels_it() -> None:
    near = replace(scene("calf-stretch-b"), marks=Marks(feel=Feel("calf", 8, 5)))
    far = replace(near, acting_side="far")
    posture = solve(near)
    assert region(posture, "calf", "far")[0] != region(posture, "calf", "near")[0]
    assert draw(near) != draw(far)
    assert FEEL in draw(far)


def test_a_region_of_another_view_is_refused(bird_dog: dict[str, object]) -> None:
    data = bird_dog | {"marks": {"feel": {"on": "neck_left", "length": 8, "width": 6}}}
    with pytest.raises(ValueError, match=r"^pose: marks\.feel\.on is neck_left, which the side view does not have\.$"):
        read_scene(data, "pose")
    seated = pose("neck-rotation-b")
    seated["marks"] = {"feel": {"on": "calf", "length": 8, "width": 6}}
    with pytest.raises(ValueError, match=r"^pose: marks\.feel\.on is calf, which the front view does not have\.$"):
        read_scene(seated, "pose")
