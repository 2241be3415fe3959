"""Things around the figure: each is drawn, stands where the scene says and stays on its side of the figure."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from clinic_app.illustration import LOOKS, draw, read_scene
from clinic_app.illustration.furniture import WOOD, draw_before, draw_behind, floor_level
from clinic_app.illustration.looks import INK
from clinic_app.illustration.props import AnyProp, Bed, Chair, Mat, Step, Strap, Table, top_of
from clinic_app.illustration.scene import Frame
from clinic_app.illustration.shades import contrast

FRAME = Frame(-33.5, -107, 67, 112.3)
PROPS: dict[str, dict[str, Any]] = {
    "mat": {"kind": "mat", "start": -30, "end": 30},
    "pillow": {"kind": "pillow", "x": 0},
    "cushion": {"kind": "cushion", "x": 0},
    "towel_roll": {"kind": "towel_roll", "x": 0},
    "chair": {"kind": "chair", "x": 0, "faces": "right"},
    "chair_end_on": {"kind": "chair", "x": 0, "faces": "reader"},
    "stool": {"kind": "stool", "x": 0},
    "wall": {"kind": "wall", "x": 20, "room": "left"},
    "bed": {"kind": "bed", "start": -30, "end": 30, "top": 24},
    "table": {"kind": "table", "start": 0, "end": 30},
    "step": {"kind": "step", "start": 0, "end": 20},
    "ball": {"kind": "ball", "x": 0},
    "strap": {"kind": "strap", "through": ["near_hand", "near_toe"]},
    "towel": {"kind": "towel", "through": ["near_hand", "near_toe", "far_hand"]},
    "band": {"kind": "band", "through": ["near_knee", "near_ankle"], "loop": 5},
}
STANDING: dict[str, Any] = {
    "schema": 1,
    "view": "side",
    "facing": "right",
    "acting_side": "none",
    "frame": {"x": -33.5, "y": -107, "width": 67, "height": 112.3},
    "pelvis": {"x": 0, "height": 51, "angle": 90},
    "joints": {"lumbar": -6, "thoracic": 10, "neck": 2, "head": -4}
    | {f"{limb}_{joint}": 5 for limb in ("near", "far") for joint in ("shoulder", "elbow", "wrist")},
    "contacts": {"near_foot": {"on": "mat", "x": 0}, "far_foot": {"on": "mat", "x": 2}},
}


def numbers(node: ET.Element) -> list[float]:
    return [float(node.attrib[key]) for key in ("x", "y", "width", "height")]


@pytest.mark.parametrize("prop", PROPS)
def test_every_prop_is_drawn_in_a_few_nodes_with_an_ink_edge(prop: str) -> None:
    plain = draw(read_scene(STANDING, "plain"))
    with_prop = draw(read_scene(STANDING | {"props": [PROPS[prop]]}, prop))
    more = with_prop.count("<") - plain.count("<")
    assert 1 <= more <= 4
    assert with_prop.count(INK) > plain.count(INK)
    assert len(with_prop) - len(plain) < 900


@pytest.mark.parametrize("prop", PROPS)
def test_props_are_light_so_that_the_figure_stands_out_in_grey(prop: str) -> None:
    drawn = draw(read_scene(STANDING | {"props": [PROPS[prop]]}, prop))
    more = set(re.findall(r'(?:fill|stroke)="(#\w{6})"', drawn)) - set(
        re.findall(r'(?:fill|stroke)="(#\w{6})"', draw(read_scene(STANDING, "plain")))
    )
    assert all(contrast(colour, "#FFFFFF") < 2 for colour in more)


@pytest.mark.parametrize(
    ("props", "level"),
    [
        ((), 0),
        ((Step("step", 0, 20),), 0),
        ((Mat("mat", -9, 9),), 2.6),
        ((Bed("bed", -9, 9, drop=20),), 20),
        ((Bed("bed", -9, 9, top=24, drop=24),), 0),
    ],
)
def test_the_floor_lies_under_what_carries_the_figure(props: tuple[AnyProp, ...], level: float) -> None:
    assert floor_level(props) == level
    line = ET.fromstring(draw_behind(FRAME, props)[-1]).attrib["d"]
    assert line == f"M-32 {level + 0.45:.1f}l64 0".replace(" 0.", " .")


def test_a_chair_has_its_seat_at_its_height_and_its_back_behind() -> None:
    right = draw_behind(FRAME, (Chair("chair", 5, "right", height=22),))
    left = draw_behind(FRAME, (Chair("chair", 5, "left", height=22),))
    seat = ET.fromstring(right[2])
    assert numbers(seat)[1] == -22
    assert numbers(seat)[0] + numbers(seat)[2] / 2 == pytest.approx(5)
    back = re.match(r"M(-?[\d.]+)", ET.fromstring(right[1]).attrib["d"])
    other = re.match(r"M(-?[\d.]+)", ET.fromstring(left[1]).attrib["d"])
    assert back
    assert other
    assert float(back[1]) < 5 - 10 < 5 + 10 < float(other[1])


def test_what_stands_before_the_figure_is_drawn_after_it() -> None:
    behind, before = Chair("chair", 0, "right"), Chair("chair", 0, "right", front=True)
    assert draw_before(FRAME, (behind,), {}) == []
    assert len(draw_behind(FRAME, (before,))) == 1  # the floor alone
    svg = draw(read_scene(STANDING | {"props": [PROPS["chair"] | {"front": True}]}, "x"))
    assert svg.index(WOOD) > svg.index(LOOKS["a"].shirt.near)


def test_a_strap_follows_the_points_of_the_figure() -> None:
    strap = Strap("strap", ("near_hand", "near_toe"))
    wide, narrow = draw_before(FRAME, (strap,), {"near_hand": (1, 2), "near_toe": (3, 4)})
    assert 'd="M1 2l2 2"' in wide
    assert 'd="M1 2l2 2"' in narrow


def test_a_strap_to_a_part_that_is_none_is_refused_by_name() -> None:
    data = STANDING | {"props": [{"kind": "strap", "through": ["near_hand", "tail"]}]}
    with pytest.raises(ValueError, match=r"^pose: a strap goes through tail, which is none of .*near_hand"):
        read_scene(data, "pose")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "chair", "x": 0}, "faces"),
        ({"kind": "chair", "x": 0, "faces": "up"}, "faces"),
        ({"kind": "chair", "x": 0, "faces": "left", "height": 90}, "height"),
        ({"kind": "wall", "x": 400, "room": "left"}, "wall.x"),
        ({"kind": "ball", "x": 0, "radius": 1e9}, "radius"),
        ({"kind": "strap", "through": ["near_hand"]}, "through"),
        ({"kind": "strap", "through": ["<script>", "near_hand"]}, "through"),
        ({"kind": "step", "start": 0, "end": 10, "colour": "red"}, "colour"),
    ],
)
def test_a_prop_out_of_bounds_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=f"^pose: .*{named}"):
        read_scene(STANDING | {"props": [change]}, "pose")


def test_the_height_of_what_carries_a_part() -> None:
    props = (Table("table", 0, 9, height=40), Step("step", 0, 9, height=12), Bed("bed", 0, 9, top=22))
    assert [top_of(props, support) for support in ("floor", "mat", "table", "step", "bed", "chair")] == [
        0,
        0,
        40,
        12,
        22,
        None,
    ]
