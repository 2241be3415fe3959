"""Planting and lifting, turning the figure, props, marks and the frame: each change leaves a pose that can be kept."""

from __future__ import annotations

import math
from typing import Any

import pytest

from clinic_app.illustration import Scene, draw, read_scene
from clinic_app.illustration.first_poses import standing
from clinic_app.illustration.handles import outside
from clinic_app.illustration.measured import places
from clinic_app.illustration.pose_changes import MOST_PROPS, apply, moves_most
from clinic_app.illustration.pose_fields import (
    frame_sliders,
    hand_choices,
    mark_choices,
    missing_marks,
    picture_choices,
    plantable,
    planted,
    prop_kinds,
    supports,
    things,
)
from clinic_app.illustration.props import Strap
from clinic_app.illustration.scene_frames import TALL, WIDE
from clinic_app.illustration.scene_numbers import to_data
from clinic_app.illustration.side import side_shown
from tests import shipped_pictures

VIEWS = ("side", "front", "back", "above")


def changed(scene: Scene, **change: Any) -> Scene:
    moved = apply(scene, change)
    assert read_scene(to_data(moved.scene), "pose") == moved.scene
    return moved.scene


def farthest(before: Scene, after: Scene) -> float:
    """How far the joint that moved most has moved, in 1/100 stature."""
    was, now = places(before), places(after)
    return max(math.dist(was[name], now[name]) for name in was)


def test_a_lifted_part_stays_where_it_is_until_it_is_moved(scenes: dict[str, Scene], frame: str) -> None:
    scene = scenes[frame]
    for part in scene.contacts:
        lifted = changed(scene, do="lift", part=part)
        assert part not in lifted.contacts
        # A resting elbow may bend a little backwards, a free one only straightens.
        assert farthest(scene, lifted) < (9.0 if part.endswith("elbow") else 1.0), part


@pytest.mark.parametrize("part", ["near_foot", "near_knee", "near_hand"])
def test_a_part_is_planted_again_where_it_was(scenes: dict[str, Scene], part: str) -> None:
    name = "bridge-a" if part == "near_foot" else "cat-cow-a"
    scene = scenes[name]
    again = changed(changed(scene, do="lift", part=part), do="plant", part=part, on="mat")
    assert part in again.contacts
    assert farthest(scene, again) < 1.5


def test_what_cannot_reach_is_not_planted_and_says_why() -> None:
    scene = standing("side")
    moved = apply(scene, {"do": "plant", "part": "near_hand", "on": "mat"})
    assert moved.scene == scene
    assert moved.said[0].isupper()
    assert moved.said.endswith(".")
    assert "_" not in moved.said


def test_facing_the_other_way_mirrors_the_picture_and_its_side(scenes: dict[str, Scene]) -> None:
    scene = changed(standing("side"), do="choose", name="acting_side", value="near")
    other = changed(scene, do="face", facing="left")
    twice = 2 * scene.frame.x + scene.frame.width
    for name, (x, y) in places(scene).items():
        assert places(other)[name] == pytest.approx((twice - x, y), abs=0.05), name
    assert {side_shown(scene), side_shown(other)} == {"left", "right"}
    assert changed(other, do="face", facing="right").pelvis == scene.pelvis
    lying = scenes["knee-to-chest-b"]
    assert side_shown(changed(lying, do="face", facing="left", mirror=True)) != side_shown(lying)


@pytest.mark.parametrize("facing", ["up", "down"])
def test_a_standing_figure_can_be_laid_down(facing: str) -> None:
    lying = changed(standing("side"), do="face", facing=facing)
    assert lying.facing == facing
    assert not lying.contacts
    lowest = max(y for _, y in places(lying).values())
    assert -6 < lowest < 0  # on the floor, with room for the flesh
    assert lying.frame.width > lying.frame.height


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_begins_with_an_upright_figure(view: str) -> None:
    scene = standing(view)
    assert scene.view == view
    assert draw(scene).startswith("<svg")
    where = places(scene)
    assert where["head"][1] < where["neck"][1] < where["hip"][1] < -40
    for other in VIEWS:
        assert changed(scene, do="view", view=other).view == other


@pytest.mark.parametrize("view", VIEWS)
def test_every_prop_can_be_added_moved_and_taken_away(view: str) -> None:
    for kind, _ in prop_kinds(standing(view)):
        add_move_and_take_away(standing(view), kind)


def add_move_and_take_away(scene: Scene, kind: str) -> None:
    added = changed(scene, do="add", what=kind)
    assert [str(prop.kind) for prop in added.props] == [kind]
    assert draw(added) != draw(scene)
    (thing,) = (each for each in things(added) if each.name == "props.0")
    for slider in thing.sliders:
        assert slider.lowest <= slider.value <= slider.highest
        more = min(slider.value + 2, slider.highest)
        assert changed(added, do="set", name=slider.name, value=more) != added or more == slider.value
    for choice in thing.choices:
        assert choice.value in dict(choice.options)
        for value, _ in choice.options:
            changed(added, do="choose", name=choice.name, value=value)
    assert changed(added, do="remove", what="props.0") == scene


def test_a_strap_runs_from_part_to_part_as_chosen() -> None:
    """Its ends and what it goes round; what the figure does not have, or does not hold, is refused."""
    scene = shipped_pictures.scene("hamstring-stretch-b")
    (strap,) = (each for each in things(scene) if each.label == "Towel")
    assert [(each.label, each.value) for each in strap.choices] == [
        ("One end at the", "far_palm"),
        ("Then round the", "near_sole"),
        ("Other end at the", "near_palm"),
    ]
    assert ("near_heel", "Near heel") in strap.choices[1].options
    moved = apply(scene, {"do": "choose", "name": strap.choices[1].name, "value": "near_heel"})
    assert moved.said == ""
    (now,) = (each for each in moved.scene.props if isinstance(each, Strap))
    assert now.through == ("far_palm", "near_heel", "near_palm")
    tail = apply(scene, {"do": "choose", "name": strap.choices[1].name, "value": "tail"})
    assert (tail.scene, bool(tail.said)) == (scene, True)
    with pytest.raises(ValueError, match="not there any more"):
        apply(scene, {"do": "choose", "name": f"{strap.name}.through.3", "value": "near_heel"})


def test_only_so_many_props_fit() -> None:
    scene = standing("side")
    for _ in range(MOST_PROPS):
        scene = changed(scene, do="add", what="cushion")
    moved = apply(scene, {"do": "add", "what": "cushion"})
    assert moved.scene == scene
    assert "Take one away first" in moved.said


@pytest.mark.parametrize("view", VIEWS)
def test_marks_come_and_go(view: str) -> None:
    scene = standing(view)
    for mark, _ in missing_marks(scene):
        marked = changed(scene, do="add", what=mark)
        assert mark in {each.name for each in things(marked)}
        assert mark not in dict(missing_marks(marked))
        assert changed(marked, do="remove", what=mark) == scene
    limb = dict(picture_choices(scene)[-2].options)
    scene = changed(scene, do="choose", name="acting_side", value=next(iter(limb)))
    for choice in mark_choices(scene):
        for value, _ in choice.options[1:]:
            on = changed(scene, do="choose", name=choice.name, value=value)
            assert on != scene
            assert changed(on, do="choose", name=choice.name, value="no") == scene


def test_a_frame_keeps_the_shape_of_the_card_and_its_arrow_inside(scenes: dict[str, Scene]) -> None:
    scene = scenes["knee-to-chest-b"]
    for shape, ratio in (("tall", TALL), ("wide", WIDE)):
        for width in (1, 70, 130, 900):
            framed = changed(scene, do="frame", shape=shape, width=width)
            frame = framed.frame
            assert frame.width / frame.height == pytest.approx(ratio, rel=0.01)
            for x, y in framed.marks.arrow or ():
                assert frame.x <= x <= frame.x + frame.width
                assert frame.y <= y <= frame.y + frame.height


@pytest.mark.parametrize("view", ["side", "front", "back"])
def test_a_picture_is_fitted_to_arms_overhead(view: str) -> None:
    scene = standing(view)
    for side in ("near", "far") if view == "side" else ("left", "right"):
        joint = "shoulder" if view == "side" else "shoulder_flexion"
        scene = changed(scene, do="set", name=f"{side}_{joint}", value=175)
    assert outside(scene)
    fitted = changed(scene, do="fit")
    assert outside(fitted) == ""
    assert fitted.frame.width / fitted.frame.height == pytest.approx(TALL, rel=0.01)


def test_the_part_that_goes_farthest_is_followed(scenes: dict[str, Scene]) -> None:
    assert moves_most(scenes["bird-dog-a"], scenes["bird-dog-b"]) in {"far_wrist", "near_ankle"}
    assert moves_most(scenes["bridge-a"], scenes["bridge-b"]).endswith("_knee")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"do": "fly"},
        {"do": ["set"]},
        {"do": "set"},
        {"do": "set", "name": "near_knee", "value": "soft"},
        {"do": "set", "name": "near_knee", "value": None},
        {"do": "set", "name": "near_knee", "value": float("nan")},
        {"do": "set", "name": "frame.width", "value": float("inf")},
        {"do": "set", "name": "__class__", "value": 1},
        {"do": "drag", "handle": "near_knee", "x": "left", "y": 0},
        {"do": "drag", "handle": "nothing", "x": 0, "y": 0},
        {"do": "drag", "handle": "pelvis", "x": float("nan"), "y": float("inf")},
        {"do": "choose", "name": "view", "value": "inside"},
        {"do": "choose", "name": "props.0.kind", "value": "<script>"},
        {"do": "choose", "name": "marks.feel.on", "value": "<b>"},
        {"do": "choose", "name": "frame", "value": "1"},
        {"do": "choose", "name": "props.99.x", "value": "1"},
        {"do": "add", "what": "dragon"},
        {"do": "remove", "what": "props.99"},
        {"do": "remove", "what": "props.x"},
        {"do": "remove", "what": "everything"},
        {"do": "plant", "part": "nose", "on": "mat"},
        {"do": "plant", "part": "near_hand", "on": "moon"},
        {"do": "lift", "part": "near_nose"},
        {"do": "frame", "shape": "round"},
        {"do": "view", "view": "inside"},
        {"do": "face", "facing": "nowhere"},
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(scenes: dict[str, Scene], change: dict[str, Any]) -> None:
    scene = scenes["bird-dog-b"]
    try:
        moved = apply(scene, change)
    except ValueError as problem:
        said = str(problem)
    else:
        said = moved.said
        assert moved.scene == scene
    assert said[0].isupper(), said
    assert said.endswith("."), said


@pytest.mark.parametrize("view", VIEWS)
def test_every_choice_has_words(view: str) -> None:
    scene = standing(view)
    chosen = (*picture_choices(scene), *hand_choices(scene), *mark_choices(scene))
    lists = [choice.options for choice in chosen] + [plantable(scene), planted(scene), supports(scene)]
    for value, words in (each for options in lists for each in options):
        assert words[0].isupper(), (value, words)
        assert "_" not in words
    assert all(choice.value in dict(choice.options) for choice in chosen)
    assert all(each.lowest <= each.value <= each.highest for each in frame_sliders(scene))
