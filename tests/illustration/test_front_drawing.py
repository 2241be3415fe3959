"""Pictures from the front, the back and above: each part where its joints are, with every style of hair."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest

from clinic_app.illustration import Scene, draw, read_scene
from clinic_app.illustration.draw import across_the_middle
from clinic_app.illustration.front_faces import BROWS, FACE, HAIR, LINES, MOUTH, NOSE, Turning, hair_of
from clinic_app.illustration.front_figure import draw_front_arms, draw_front_body
from clinic_app.illustration.front_joints import SIDES, FrontRegion
from clinic_app.illustration.front_limbs import hull, tube
from clinic_app.illustration.front_posture import front_points
from clinic_app.illustration.front_regions import front_region, front_regions
from clinic_app.illustration.front_solver import solve_front
from clinic_app.illustration.looks import FEEL, LOOKS, MAT, Hair, look_of
from clinic_app.starter.pack import SHIPPED

ALL = tuple(sorted(path.stem for path in (SHIPPED / "poses").glob("*.json")))


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SHIPPED / "poses" / f"{name}.json").read_text(encoding="utf-8"))
    return data


SHIPPED_VIEWS = tuple(name for name in ALL if load(name)["view"] != "side")


@pytest.fixture(params=SHIPPED_VIEWS)
def shipped_scene(request: pytest.FixtureRequest) -> Scene:
    return read_scene(load(request.param), str(request.param))


def test_every_style_of_hair_is_drawn_from_every_side_at_every_turn() -> None:
    assert set(get_args(Hair)) <= set(HAIR)
    for style in get_args(Hair):
        for view in ("front", "back"):
            pictures = set()
            for turn in range(-85, 86, 17):
                data = load("neck-rotation-a") | {"view": view}
                data["joints"] |= {"head_turn": turn}
                data["contacts"] = {key: value for key, value in data["contacts"].items() if "hand" not in key}
                svg = draw(read_scene(data, "turned"), look_of(hair=style))
                ET.fromstring(svg)
                pictures.add(svg)
            assert len(pictures) == 11, (style, view)


def test_an_unknown_style_of_hair_is_drawn_as_short() -> None:
    assert hair_of("mohawk") == HAIR["short"]


def test_curves_turn_step_by_step() -> None:
    curves: list[Turning] = [FACE, NOSE, MOUTH, *BROWS, *LINES]
    for hair in HAIR.values():
        curves += [curve for curve in (hair.cap, hair.fall, hair.opening) if curve]
        assert len(hair.behind) % 3 == 1
    for curve in curves:
        assert len(curve.ahead) == len(curve.turned)
        assert len(curve.ahead) % 3 == 1


def test_a_picture_is_drawn_from_its_own_posture_to_the_byte(shipped_scene: Scene) -> None:
    assert draw(shipped_scene) == draw(shipped_scene)


def test_a_feel_patch_lies_on_the_side_that_its_name_says() -> None:
    for view, left_is_at in (("front", 1), ("back", -1)):
        scene = read_scene(load("standing-side-bend-a") | {"view": view}, "pose")
        regions = front_regions(solve_front(scene))
        assert set(regions) == set(get_args(FrontRegion))
        for name, (middle, _) in regions.items():
            if name.endswith("_left"):
                other, _ = regions[name.replace("_left", "_right")]
                assert (middle[0] - other[0]) * left_is_at > 0, name


def test_a_region_of_another_view_is_named() -> None:
    posture = solve_front(read_scene(load("clam-a"), "clam-a"))
    with pytest.raises(ValueError, match="low_back is no region of the front view"):
        front_region(posture, "low_back")


def test_parts_are_ordered_by_depth() -> None:
    """A lap begins under the shirt's hem, a knee drawn up lies over the shirt, from behind the seat covers the legs."""
    look = LOOKS["a"]

    def order(name: str, **joints: float) -> tuple[list[int], int]:
        data = load(name)
        data["joints"] |= joints
        posture = solve_front(read_scene(data, name))
        nodes = draw_front_body(posture, look, {})
        shirt = next(i for i, node in enumerate(nodes) if f'"{look.shirt.near}"' in node)
        return [i for i, node in enumerate(nodes) if f'"{look.trousers.near}"' in node], shirt

    seated, shirt = order("neck-rotation-a")
    assert len(seated) == 5  # the seat, two thighs and two shanks
    assert all(i < shirt for i in seated)
    drawn_up, shirt = order("neck-rotation-a", left_hip_flexion=115)
    assert len([i for i in drawn_up if i > shirt]) == 2
    behind = solve_front(read_scene(load("shoulder-blade-squeeze-a"), "behind"))
    nodes = draw_front_body(behind, look, {})
    seat = next(i for i, node in enumerate(nodes) if f'"{look.trousers.near}"' in node)
    assert all(i < seat for i, node in enumerate(nodes) if f'"{look.trousers.far}"' in node)
    front = solve_front(read_scene(load("neck-rotation-a"), "front"))
    assert len(draw_front_arms(front, look, {})) >= 4


def test_a_limb_that_points_at_the_reader_is_never_thinner_than_its_thickest_part() -> None:
    knots = tube((0, 0), (0.5, 0), [4.9, 4.9, 4.4])
    assert max(k.x for k in knots) - min(k.x for k in knots) > 9
    assert max(k.y for k in knots) - min(k.y for k in knots) > 9


def test_a_hull_turns_one_way() -> None:
    knots = hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0.1)])
    corners = [(k.x, k.y) for k in (*knots, *knots[:2])]
    assert (2, 2) not in corners
    turns = [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for (a, b), (_, c) in zip(pairwise(corners), pairwise(corners[1:]), strict=False)
    ]
    assert all(turn > 0 for turn in turns) or all(turn < 0 for turn in turns)


def test_a_pair_of_marks_stands_on_both_sides_of_the_middle() -> None:
    scene = read_scene(load("butterfly-b"), "butterfly-b")
    assert scene.marks.pair
    assert draw(scene).count(FEEL) == 2
    assert across_the_middle(scene, (10, -20)) == (-10, -20)
    lying = read_scene(load("knee-rolls-a"), "knee-rolls-a")
    height = lying.pelvis.height or 0
    assert across_the_middle(lying, (10, -height - 5)) == pytest.approx((10, -height + 5))


def test_from_above_there_is_a_mat_and_no_floor_line() -> None:
    svg = draw(read_scene(load("knee-rolls-a"), "knee-rolls-a"))
    assert MAT in svg
    assert 'stroke-width=".9"' not in svg


def test_the_seeds_of_these_views_do_what_their_words_say() -> None:
    def places(name: str) -> dict[str, tuple[float, float]]:
        return front_points(solve_front(read_scene(load(name), name)))

    turned = solve_front(read_scene(load("neck-rotation-b"), "b"))
    assert turned.thorax_frame.front[2] > 0.99  # the shoulders do not turn
    assert turned.head_frame.front[0] > 0.7
    tilted = places("neck-side-bend-b")
    assert tilted["head"][0] > places("neck-side-bend-a")["head"][0] + 4
    assert tilted["left_shoulder"] == pytest.approx(places("neck-side-bend-a")["left_shoulder"])
    bent, upright = places("standing-side-bend-b"), places("standing-side-bend-a")
    assert bent["left_wrist"][1] > upright["left_wrist"][1] + 5  # the hand slides down
    assert [bent[f"{side}_ankle"] for side in SIDES] == [upright[f"{side}_ankle"] for side in SIDES]
    clam, closed = places("clam-b"), places("clam-a")
    assert clam["left_knee"][1] < closed["left_knee"][1] - 12
    assert clam["left_ankle"] == pytest.approx(closed["left_ankle"], abs=0.2)
    assert clam["right_knee"] == closed["right_knee"]
    lifted = places("standing-hip-abduction-b")
    assert lifted["right_ankle"] == pytest.approx(places("standing-hip-abduction-a")["right_ankle"])
    assert lifted["neck"][0] == pytest.approx(lifted["hip"][0])  # the body does not lean


def test_hands_that_hold_a_thigh_from_behind_are_under_that_leg() -> None:
    """Figure four: nobody is to pull on the knee, so the arms go under the leg that is drawn up and over the shirt."""
    look = look_of()
    start, held = (solve_front(read_scene(load(f"figure-four-{letter}"), letter)) for letter in "ab")
    assert draw_front_arms(held, look, {}) == []
    assert len(draw_front_arms(start, look, {})) > 0
    nodes = draw_front_body(held, look, {})
    sleeves = [i for i, node in enumerate(nodes) if look.shirt.near in node][1:]
    legs = [i for i, node in enumerate(nodes) if look.trousers.near in node][1:]
    assert len(sleeves) == 2
    assert max(sleeves) < min(legs)
