"""Everything that is drawn on a card's pictures lies inside their frames: figure, things, arrows and signs."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from clinic_app.dosage import Side
from clinic_app.illustration import LOOKS, draw_frames
from clinic_app.illustration.scene import Frame
from tests.shipped_pictures import drawn_exercises, scenes_of

MARGIN = 0.3  # 1/100 stature: half of a contour may not be cut off
GROUP = "{http://www.w3.org/2000/svg}g"
WIDEST = ("a", "f", "g", "i")  # short, long, curls in grey and curls: all that reaches beyond the head


def boxes(node: ET.Element) -> Iterator[tuple[float, float]]:
    """Points that the outline of a node reaches, without its line's width."""
    values = {key: float(value) for key, value in node.attrib.items() if re.fullmatch(r"-?[\d.]+", value)}
    if "d" in node.attrib:
        yield from ends(node.attrib["d"])
    elif "r" in node.attrib:
        yield values["cx"] - values["r"], values["cy"] - values["r"]
        yield values["cx"] + values["r"], values["cy"] + values["r"]
    elif "ry" in node.attrib and "cx" in node.attrib:
        least = min(values["rx"], values["ry"])  # it may be turned
        yield values["cx"] - least, values["cy"] - least
        yield values["cx"] + least, values["cy"] + least
    elif "width" in values and "x" in values:
        yield values["x"], values["y"]
        yield values["x"] + values["width"], values["y"] + values["height"]


def ends(data: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command, text in re.findall(r"([MLClc])([^MLClcz]*)", data):
        values = [float(value) for value in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        size = 6 if command in "Cc" else 2
        for i in range(0, len(values), size):
            last = values[i + size - 2 : i + size]
            x, y = (last[0], last[1]) if command.isupper() else (x + last[0], y + last[1])
            yield x, y


def outside(svg: str, frame: Frame) -> list[tuple[float, float]]:
    nodes = [node for node in ET.fromstring(svg).iter() if node.tag != GROUP][1:]
    return [
        (x, y)
        for node in nodes
        for x, y in boxes(node)
        if not (
            frame.x + MARGIN <= x <= frame.x + frame.width - MARGIN
            and frame.y + MARGIN <= y <= frame.y + frame.height - MARGIN
        )
    ]


@pytest.mark.parametrize("look", WIDEST)
@pytest.mark.parametrize("slug", sorted(drawn_exercises()))
def test_everything_on_a_card_lies_inside_its_frames(slug: str, look: str) -> None:
    scenes = scenes_of(slug)
    for scene, drawn in zip(scenes, draw_frames(scenes, Side.NONE, look, holds=True), strict=True):
        assert outside(drawn.svg, scene.frame) == [], drawn.side_shown


def test_the_looks_that_are_tried_are_there() -> None:
    assert set(WIDEST) <= set(LOOKS)


def test_what_lies_outside_is_seen() -> None:
    frame = Frame(0, 0, 30, 20)
    for node in (
        '<path d="M1 1l40 2"/>',
        '<path d="M1 1c2 2 3 3 .5-9"/>',
        '<circle cx="28" cy="5" r="3"/>',
        '<rect x="1" y="1" width="4" height="22"/>',
        '<ellipse cx="2" cy="9" rx="9" ry="3"/>',
    ):
        assert outside(f'<svg xmlns="http://www.w3.org/2000/svg">{node}</svg>', frame), node
    inside = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1l4 2"/><circle cx="9" cy="9" r="3"/></svg>'
    assert outside(inside, frame) == []
