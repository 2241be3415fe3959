"""What happens when somebody takes a point of the figure and pulls, in every view and in every pose that ships."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_app import starter
from clinic_app.illustration import Scene, read_scene
from clinic_app.illustration.first_poses import standing
from clinic_app.illustration.handles import Handle, below_floor, drag, handles, set_number, sliders
from clinic_app.illustration.measured import places
from clinic_app.illustration.pose_changes import lift
from clinic_app.illustration.scene_numbers import number_at, range_of, to_data
from clinic_app.illustration.views import limits_of

POSES = Path(next(iter(starter.__path__))) / "poses"
SCENES = {
    path.stem: read_scene(json.loads(path.read_text(encoding="utf-8")), path.name)
    for path in sorted(POSES.glob("*.json"))
} | {f"standing, {view}": standing(view) for view in ("side", "front", "back", "above")}
PULL = st.tuples(st.sampled_from(sorted(SCENES)), st.integers(0, 40), st.floats(-60, 60), st.floats(-60, 60))
GENTLY = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def handle_of(scene: Scene, name: str) -> Handle:
    return next(each for each in handles(scene) if each.name == name)


def at_its_end(scene: Scene, handle: Handle, x: float, y: float) -> bool:
    """Whether no other value of the handle's number that can be reached brings it clearly nearer."""
    distance = away(scene, handle.name, x, y)
    name = handle.changes[0]
    for by in (-1.0, 1.0):
        low, high = range_of(scene, name)
        value = number_at(scene, name) + by
        if not low <= value <= high:
            continue
        moved = set_number(scene, name, value).scene
        if away(moved, handle.name, x, y) < distance - 0.5:
            return False
    return True


def away(scene: Scene, handle: str, x: float, y: float) -> float:
    held = handle_of(scene, handle)
    return math.dist((held.x, held.y), (x, y))


def holds(scene: Scene) -> None:
    """The scene is one that a pose file may hold: all limits, all contacts."""
    assert read_scene(to_data(scene), "pose") == scene


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_scene_and_its_data_are_the_same(name: str) -> None:
    assert read_scene(to_data(SCENES[name]), "pose") == SCENES[name]
    json.dumps(to_data(SCENES[name]), allow_nan=False)


@GENTLY
@given(PULL)
def test_a_pulled_point_comes_nearer_or_is_at_its_limit(pull: tuple[str, int, float, float]) -> None:
    name, number, across, down = pull
    scene = SCENES[name]
    found = handles(scene)
    held = found[number % len(found)]
    x, y = held.x + across, held.y + down
    moved = drag(scene, held.name, x, y)
    holds(moved.scene)
    assert away(moved.scene, held.name, x, y) <= math.dist((0, 0), (across, down)) + 0.2
    if len(held.changes) == 1:
        assert at_its_end(moved.scene, held, x, y), (held, moved.said)


@GENTLY
@given(PULL)
def test_what_is_planted_stays(pull: tuple[str, int, float, float]) -> None:
    name, number, across, down = pull
    scene = SCENES[name]
    joints = [each for each in handles(scene) if each.name in limits_of(scene.view) or each.name == "pelvis"]
    held = joints[number % len(joints)]
    moved = drag(scene, held.name, held.x + across, held.y + down).scene
    assert moved.contacts == scene.contacts
    at = {"foot": "ankle", "knee": "knee", "hand": "wrist"}
    before, after = places(scene), places(moved)
    for part, contact in scene.contacts.items():
        side, _, what = part.partition("_")
        if contact.on == "mat" and contact.x is not None and what in at:
            point = f"{side}_{at[what]}"
            assert after[point] == pytest.approx(before[point], abs=0.01), part


@GENTLY
@given(st.sampled_from(sorted(SCENES)), st.integers(0, 60), st.floats(-400, 400))
def test_a_number_stops_at_its_limit_and_says_so(name: str, number: int, value: float) -> None:
    scene = SCENES[name]
    found = sliders(scene)
    slider = found[number % len(found)]
    moved = set_number(scene, slider.name, value)
    holds(moved.scene)
    now = number_at(moved.scene, slider.name)
    low, high = range_of(scene, slider.name)
    assert low <= now <= high
    if slider.name == "pelvis.angle":
        return
    if abs(now - value) > 0.6:
        assert moved.said.startswith(slider.label), (now, value, moved.said)
        assert moved.said.endswith(".")


def test_the_joint_turns_towards_the_hand(scenes: dict[str, Scene]) -> None:
    scene = scenes["bird-dog-b"]
    knee = handle_of(scene, "near_hip")
    moved = drag(scene, "near_hip", knee.x, knee.y + 6)
    assert moved.scene.joints["near_hip"] > scene.joints["near_hip"] + 8
    assert {name for name in scene.joints if scene.joints[name] != moved.scene.joints[name]} == {"near_hip"}


def test_knees_on_the_floor_move_together(scenes: dict[str, Scene]) -> None:
    scene = scenes["cat-cow-a"]
    knee = handle_of(scene, "contacts.near_knee.x")
    moved = drag(scene, knee.name, knee.x + 3, knee.y).scene
    xs = {number_at(moved, f"contacts.{limb}_knee.x") for limb in ("near", "far")}
    assert len(xs) == 1
    assert xs.pop() == pytest.approx(number_at(scene, knee.name) + 3, abs=0.3)


def test_labels_are_words_for_people(scenes: dict[str, Scene]) -> None:
    for name, scene in SCENES.items():
        for label in [each.label for each in sliders(scene)] + [each.label for each in handles(scene)]:
            assert "_" not in label, (name, label)
            assert label[0].isupper(), (name, label)
    labels = {each.label for each in sliders(scenes["bird-dog-b"])}
    assert {"Near knee, bend", "Low back, bend", "Far shoulder, lift"} <= labels


def test_every_slider_has_a_label_of_its_own() -> None:
    for name, scene in SCENES.items():
        labels = [each.label for each in sliders(scene)]
        assert len(labels) == len(set(labels)), name


def test_nothing_that_is_not_there_can_be_moved(scenes: dict[str, Scene]) -> None:
    scene = scenes["bridge-a"]
    for name in ("near_knee", "tail", "marks.arrow.9", "props.7", ""):
        with pytest.raises(KeyError):
            drag(scene, name, 0, 0)
    for name in ("tail", "pelvis", "contacts.near_foot.on", "frame", "props.9.x"):
        with pytest.raises(KeyError):
            set_number(scene, name, 1)


def test_what_lies_under_the_floor_is_said(scenes: dict[str, Scene]) -> None:
    assert below_floor(scenes["bridge-b"]) == ""
    lifted = lift(scenes["bridge-a"], "near_foot")
    sunk = set_number(lifted, "near_hip", -20).scene
    assert below_floor(sunk).startswith("Near ")
    assert below_floor(sunk).endswith(" is below the floor.")
    assert below_floor(standing("above")) == ""
