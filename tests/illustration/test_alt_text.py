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
    pose = deepcopy(LYING)
    for joint in ("hip", "knee", "ankle"):
        for limb in ("near", "far"):
            del pose["joints"][f"{limb}_{joint}"]
    pose["contacts"] = {"near_foot": {"on": "mat", "x": 24}, "far_foot": {"on": "mat", "x": 26}}
    return pose


def test_lying_with_feet_flat(lying: dict[str, Any]) -> None:
    assert said(lying).startswith("Lying on your back, knees bent, feet flat.")
    assert "flat" not in said(LYING, near_hip=5, near_knee=5, far_hip=5, far_knee=5)


def test_a_knee_comes_to_the_chest(lying: dict[str, Any]) -> None:
    pose = deepcopy(lying)
    del pose["contacts"]["near_foot"]
    pose["joints"] |= {"near_hip": 120, "near_knee": 130, "near_ankle": 20}
    assert "One knee drawn to the chest, the other foot flat." in said(pose)
    assert "chest" not in said(pose, near_hip=90)
    assert "One knee bent over the hip" in said(pose, near_hip=90)
    assert "One leg raised straight" in said(pose, near_hip=80, near_knee=5)


def test_both_knees_and_hands_behind_the_thigh() -> None:
    knees = both(hip=122, knee=130)
    assert "both knees drawn to the chest" in said(LYING, **knees)
    pose = deepcopy(LYING)
    pose["pelvis"] = {"x": 0, "height": 8.1, "angle": 192}
    pose["joints"] |= {"lumbar": 8, "thoracic": 11.6, "neck": -5.9, "head": 3.2} | knees
    for limb, along in (("near", 0.62), ("far", 0.6)):
        pose["contacts"] = pose.get("contacts", {}) | {f"{limb}_hand": {"on": "near_thigh", "along": along}}
        del pose["joints"][f"{limb}_shoulder"], pose["joints"][f"{limb}_elbow"]
    assert "both knees drawn to the chest, both hands behind the thigh" in said(pose)


def test_hips_lift(lying: dict[str, Any]) -> None:
    pose = deepcopy(lying)
    pose["pelvis"] = {"x": -2.3, "height": 18, "angle": 205}
    pose["joints"] |= {"lumbar": -4, "thoracic": 20, "neck": 38, "head": -24}
    assert said(pose).startswith("Lying on your back, hips lifted, knees bent, feet flat.")
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
    pose = without(CRAWLING, "near_knee")
    pose["joints"] |= {"near_hip": -2, "near_knee": 0, "near_ankle": 20}
    assert "One leg reaches back." in said(pose)
    assert "One leg reaches back, the opposite arm reaches forward." in said(pose, far_shoulder=174)
    assert "the arm on that side reaches forward" in said(pose, near_shoulder=174)
    assert "reaches back" not in said(pose, near_hip=70, near_knee=90)


def test_sitting_back_on_the_heels() -> None:
    pose = deepcopy(CRAWLING)
    pose["pelvis"] = {"x": 22, "angle": 160}
    pose["joints"] |= {"near_shoulder": 150, "far_shoulder": 150}
    assert said(pose).startswith("Kneeling, sitting back on your heels.")
    assert "heels" not in said(CRAWLING)


def test_words_are_short_plain_and_name_no_side(lying: dict[str, Any]) -> None:
    for pose in (lying, LYING, CRAWLING):
        for lumbar in (-30, -12, 0, 20):
            for thoracic in (-20, 0, 40):
                text = said(pose, lumbar=lumbar, thoracic=thoracic)
                assert len(text) <= LONGEST
                assert not SIDE_WORD.search(text)
                assert max(len(words(each)) for each in sentences(text)) <= 15
                assert re.fullmatch(r"([A-Z][a-z ,]+\.)( [A-Z][a-z ,]+\.)*", text)
