"""Words about a picture follow the joints: a phrase goes when its joint changes, and comes back with it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from clinic_app.illustration import read_scene
from clinic_app.illustration.alt_text import LONGEST, describe
from clinic_app.starter.plain_words import SIDE_WORD
from clinic_app.starter.readability import sentences, words
from tests.shipped_pictures import pose


def both(**joints: float) -> dict[str, float]:
    """The same angle for the joints of both limbs."""
    return {f"{limb}_{joint}": angle for limb in ("near", "far") for joint, angle in joints.items()}


SPINE = {"lumbar": -12.0, "thoracic": -2.1, "neck": 31.5, "head": -19.3}
LEVEL = {"lumbar": -0.5, "thoracic": 1.6, "neck": 4, "head": 2}
FRAME = {"x": -80, "y": -60, "width": 136, "height": 59.1}
LYING: dict[str, Any] = {
    "schema": 1,
    "view": "side",
    "facing": "up",
    "acting_side": "none",
    "frame": FRAME,
    "pelvis": {"x": 0, "height": 7.6, "angle": 172},
    "joints": {
        **SPINE,
        **both(hip=48, knee=95, ankle=40, shoulder=-12, elbow=5, wrist=0),
    },
}
CRAWLING: dict[str, Any] = {
    "schema": 1,
    "view": "side",
    "facing": "down",
    "acting_side": "near",
    "frame": FRAME,
    "pelvis": {"x": 1, "angle": 176.0},
    "joints": {
        **LEVEL,
        **both(ankle=80, shoulder=85, elbow=5, wrist=80),
    },
    "contacts": {"near_knee": {"on": "mat", "x": 1}, "far_knee": {"on": "mat", "x": 1}},
}


def said(pose: dict[str, Any], **joints: float) -> str:
    """The words for the pose with some of its joints changed."""
    changed = deepcopy(pose)
    changed["joints"] |= joints
    return describe(read_scene(changed, "pose"))


def without(pose: dict[str, Any], *contacts: str) -> dict[str, Any]:
    changed = deepcopy(pose)
    changed["contacts"] = {name: each for name, each in pose["contacts"].items() if name not in contacts}
    return changed


@pytest.fixture
def lying() -> dict[str, Any]:
    """On the back with both soles on the mat."""
    posed = deepcopy(LYING)
    for joint in ("hip", "knee", "ankle"):
        for limb in ("near", "far"):
            del posed["joints"][f"{limb}_{joint}"]
    posed["contacts"] = {"near_foot": {"on": "mat", "x": 24}, "far_foot": {"on": "mat", "x": 26}}
    return posed


def test_lying_with_feet_flat(lying: dict[str, Any]) -> None:
    assert said(lying).startswith("Lying on your back, knees bent, feet flat.")
    assert "flat" not in said(LYING, near_hip=5, near_knee=5, far_hip=5, far_knee=5)


def test_a_knee_comes_to_the_chest(lying: dict[str, Any]) -> None:
    posed = deepcopy(lying)
    del posed["contacts"]["near_foot"]
    posed["joints"] |= {"near_hip": 120, "near_knee": 130, "near_ankle": 20}
    assert "One knee drawn to the chest, the other foot flat." in said(posed)
    assert "chest" not in said(posed, near_hip=90)
    assert "One knee bent over the hip" in said(posed, near_hip=90)
    assert "One leg raised straight" in said(posed, near_hip=80, near_knee=5)


def test_both_knees_and_hands_behind_the_thigh() -> None:
    knees = both(hip=122, knee=130)
    assert "both knees drawn to the chest" in said(LYING, **knees)
    posed = deepcopy(LYING)
    posed["pelvis"] = {"x": 0, "height": 8.1, "angle": 192}
    posed["joints"] |= {"lumbar": 8, "thoracic": 11.6, "neck": -5.9, "head": 3.2} | knees
    for limb, along in (("near", 0.62), ("far", 0.6)):
        posed["contacts"] = posed.get("contacts", {}) | {f"{limb}_hand": {"on": "near_thigh", "along": along}}
        del posed["joints"][f"{limb}_shoulder"], posed["joints"][f"{limb}_elbow"]
    assert "both knees drawn to the chest, both hands behind the thigh" in said(posed)


def test_hips_lift(lying: dict[str, Any]) -> None:
    posed = deepcopy(lying)
    posed["pelvis"] = {"x": -2.3, "height": 18, "angle": 205}
    posed["joints"] |= {"lumbar": -4, "thoracic": 20, "neck": 38, "head": -24}
    assert said(posed).startswith("Lying on your back, hips lifted, knees bent, feet flat.")
    assert "lifted" not in said(lying)


def test_the_lower_back_presses_down_or_leaves_a_gap(lying: dict[str, Any]) -> None:
    assert "A small gap under your lower back" in said(lying, lumbar=-27)
    assert "Lower back flat on the floor" in said(lying, lumbar=5)
    assert "lower back" not in said(lying, lumbar=-12).lower()


def test_arms_of_somebody_lying(lying: dict[str, Any]) -> None:
    assert "Arms by your sides" in said(lying)
    assert "Both arms reach up" in said(lying, near_shoulder=90, far_shoulder=90)
    assert "Both arms overhead" in said(lying, near_shoulder=175, far_shoulder=175)
    assert "One arm overhead" in said(lying, near_shoulder=175)


def test_the_head_leaves_the_pillow(lying: dict[str, Any]) -> None:
    assert "head and shoulders" not in said(lying).lower()
    lifted = said(lying, thoracic=38, near_shoulder=20, far_shoulder=20)
    assert "Head and shoulders off the floor" in lifted


def test_hands_and_knees_with_the_back_round_or_hollow() -> None:
    assert said(CRAWLING).startswith("On hands and knees.")
    assert "Back level" in said(CRAWLING)
    assert "Back rounded" in said(CRAWLING, lumbar=19, thoracic=46)
    assert "Back dipped" in said(CRAWLING, lumbar=-14, thoracic=-20)
    assert "head hanging down" in said(CRAWLING, neck=55, head=20)
    assert "eyes looking forward" in said(CRAWLING, neck=-45, head=-10)


def test_a_leg_and_the_opposite_arm_reach_out() -> None:
    posed = without(CRAWLING, "near_knee")
    posed["joints"] |= {"near_hip": -2, "near_knee": 0, "near_ankle": 20}
    assert "One leg reaches back." in said(posed)
    assert "One leg reaches back, the opposite arm reaches forward." in said(posed, far_shoulder=174)
    assert "the arm on that side reaches forward" in said(posed, near_shoulder=174)
    assert "reaches back" not in said(posed, near_hip=70, near_knee=90)


def test_sitting_back_on_the_heels() -> None:
    posed = deepcopy(CRAWLING)
    posed["pelvis"] = {"x": 22, "angle": 160}
    posed["joints"] |= {"near_shoulder": 150, "far_shoulder": 150}
    assert said(posed).startswith("Kneeling, sitting back on your heels.")
    assert "heels" not in said(CRAWLING)


def test_words_are_short_plain_and_name_no_side(lying: dict[str, Any]) -> None:
    for posed in (lying, LYING, CRAWLING):
        for lumbar in (-30, -12, 0, 20):
            for thoracic in (-20, 0, 40):
                text = said(posed, lumbar=lumbar, thoracic=thoracic)
                assert len(text) <= LONGEST
                assert not SIDE_WORD.search(text)
                assert max(len(words(each)) for each in sentences(text)) <= 15
                assert re.fullmatch(r"([A-Z][a-z ,]+\.)( [A-Z][a-z ,]+\.)*", text)


# A pose that ships, a phrase of its words, and the change of its joints (or of what a part rests on) that undoes it.
FOLLOWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("neck-rotation-b", "Head turned to one side", {"joints": {"head_turn": 0}}),
    ("open-book-b", "Chest turned up to the ceiling", {"joints": {"trunk_turn": 25}}),
    ("neck-side-bend-b", "Head tilted to one side", {"joints": {"neck_side": 0}}),
    ("standing-side-bend-b", "Upper body bent to one side", {"joints": {"lumbar_side": 0, "thoracic_side": 0}}),
    ("shoulder-blade-squeeze-b", "Shoulder blades drawn together", {"joints": {"scapula_in": 0}}),
    ("standing-hip-abduction-b", "One leg lifted out to the side", {"joints": {"left_hip_abduction": 0}}),
    ("standing-hip-abduction-b", "One hand on a chair", {"contacts": {"right_hand": None}}),
    ("bent-knee-fall-out-b", "One knee lowered out to the side", {"joints": {"left_hip_rotation": 0}}),
    ("knee-rolls-b", "Both knees lowered to one side", {"joints": {"trunk_turn": 0}}),
    ("chin-tuck-b", "Chin drawn straight back", {"joints": {"neck": 10, "head": -10}}),
    ("sciatic-nerve-slider-b", "One leg held out straight", {"joints": {"near_knee": 80}}),
    ("sciatic-nerve-slider-a", "Chin down", {"joints": {"neck": 0, "head": 0}}),
    ("heel-raises-b", "heels lifted", {"pelvis": {"height": 51.2}}),
    ("standing-back-bend-b", "Leaning back", {"joints": {"lumbar": 0, "thoracic": 5}}),
    ("hip-flexor-stretch-b", "Hips moved forward", {"pelvis": {"x": -10}}),
    ("hamstring-stretch-b", "One leg raised straight", {"joints": {"near_knee": 60}}),
    ("hamstring-stretch-b", "A towel round one foot", {"props": []}),
)


@pytest.mark.parametrize(("name", "phrase", "undone"), FOLLOWS)
def test_a_phrase_goes_with_its_joint(name: str, phrase: str, undone: dict[str, Any]) -> None:
    changed = pose(name)
    assert phrase in describe(read_scene(changed, name))
    for part, values in undone.items():
        if isinstance(values, dict):
            changed[part] = {key: value for key, value in (changed[part] | values).items() if value is not None}
        else:
            changed[part] = values
    assert phrase.lower() not in describe(read_scene(changed, name)).lower()
