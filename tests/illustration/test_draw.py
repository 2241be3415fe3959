"""The drawn SVG: lean, safe, the same every time."""

import re
from xml.etree import ElementTree as ET

import pytest

from clinic_app.illustration import LOOKS, Scene, draw
from clinic_app.illustration.looks import MOVE, WHITE
from clinic_app.illustration.path import Pen, number
from clinic_app.illustration.shades import contrast

SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"[-\d. ]+")
PATH = re.compile(r"[MlczLC\-\d. ]+")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?|none")
KINDS = {"path", "circle", "rect", "ellipse"}


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_picture_is_lean(scenes: dict[str, Scene], frame: str, look: str) -> None:
    svg = draw(scenes[frame], look)
    assert len(svg.encode()) < 6000
    assert len(list(ET.fromstring(svg).iter())) <= 24


def test_a_picture_is_the_same_to_the_byte(scenes: dict[str, Scene], frame: str) -> None:
    assert draw(scenes[frame]) == draw(scenes[frame])
    assert draw(scenes[frame]) != draw(scenes[frame], mirrored=True)


def test_only_shapes_numbers_and_colours(scenes: dict[str, Scene], frame: str) -> None:
    """No text, script, style, id, link or role can be in a picture, because no other node or attribute is."""
    root = ET.fromstring(draw(scenes[frame]))
    assert root.attrib.keys() == {"viewBox", "stroke-width", "stroke-linejoin"}
    for node in list(root):
        assert node.tag.removeprefix(SVG) in KINDS
        assert not list(node)
        assert not node.text
        for key, value in node.attrib.items():
            check = {"d": PATH, "fill": COLOUR, "stroke": COLOUR}.get(key, NUMBERS)
            if key in {"stroke-linejoin", "stroke-linecap"}:
                assert value == "round"
            elif key == "transform":
                assert re.fullmatch(r"rotate\([-\d. ]+\)", value)
            else:
                assert check.fullmatch(value), (key, value)


def test_mirroring_is_one_transform_round_the_same_nodes(scenes: dict[str, Scene], frame: str) -> None:
    plain, mirrored = ET.fromstring(draw(scenes[frame])), ET.fromstring(draw(scenes[frame], mirrored=True))
    (group,) = list(mirrored)
    assert [ET.tostring(node) for node in group] == [ET.tostring(node) for node in plain]
    assert mirrored.attrib == plain.attrib
    shift = float(re.fullmatch(r"translate\(([-\d.]+) 0\) scale\(-1 1\)", group.attrib["transform"])[1])  # type: ignore[index]
    left, _, width, _ = (float(value) for value in plain.attrib["viewBox"].split())
    assert shift - left == pytest.approx(left + width)  # the frame's edges change places


def test_frames_fit_the_printed_picture(scenes: dict[str, Scene], exercise: str) -> None:
    """76 x 33 mm, and both frames of an exercise from one viewpoint at one scale."""
    start, end = (scenes[f"{exercise}-{letter}"] for letter in "ab")
    assert start.frame == end.frame
    assert start.frame.width / start.frame.height == pytest.approx(76 / 33, rel=0.01)
    assert start.facing == end.facing


def test_the_end_picture_has_the_arrow_and_never_more_than_one(scenes: dict[str, Scene], exercise: str) -> None:
    assert draw(scenes[f"{exercise}-b"]).count(MOVE) == 1
    assert draw(scenes[f"{exercise}-a"]).count(MOVE) == 0
    assert draw(scenes["cat-cow-c"]).count(MOVE) == 1


def test_everything_drawn_lies_inside_the_frame(scenes: dict[str, Scene], frame: str) -> None:
    scene = scenes[frame]
    box = scene.frame
    for node in ET.fromstring(draw(scene)).iter(f"{SVG}path"):
        for x, y in ends(node.attrib["d"]):
            assert box.x <= x <= box.x + box.width
            assert box.y <= y <= box.y + box.height


def ends(data: str) -> list[tuple[float, float]]:
    """The end point of every command of a path."""
    x = y = 0.0
    points = []
    for command, text in re.findall(r"([Mlcz])([^Mlcz]*)", data):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
        if command != "z":
            x, y = (values[-2], values[-1]) if command == "M" else (x + values[-2], y + values[-1])
            points.append((x, y))
    return points


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_contours_and_clothes_stand_apart_in_grey(look: str) -> None:
    worn = LOOKS[look]
    for cloth in (worn.skin, worn.shirt, worn.trousers, worn.hair):
        assert contrast(cloth.contour, "#FFFFFF") >= 5
    assert contrast(worn.shirt.near, worn.trousers.near) >= 3
    assert contrast(worn.shirt.contour, worn.shirt.near) >= 3
    for cloth in (worn.skin, worn.shirt, worn.trousers):
        assert contrast(cloth.near, cloth.far) > 1.2


def test_marks_stand_out_from_the_page() -> None:
    assert WHITE == "#fff"
    assert contrast(MOVE, "#FFFFFF") >= 5


def test_an_unknown_look_is_refused(scenes: dict[str, Scene]) -> None:
    with pytest.raises(KeyError):
        draw(scenes["bridge-a"], "z")


def test_rounding_does_not_add_up_along_a_path() -> None:
    pen = Pen().move((0, 0))
    for i in range(1, 101):
        pen.line((0.14 * i, 0))
    assert ends(pen.data())[-1][0] == pytest.approx(14, abs=0.051)


@pytest.mark.parametrize(
    ("value", "text"), [(0.04, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (10.0, "10"), (-3.14159, "-3.1")]
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text
