"""What holds for every picture of the pack that ships: limits, contacts, mirroring, the same bytes, small and safe."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_app.dosage import Side
from clinic_app.illustration import LOOKS, Scene, draw, draw_frames, read_scene, side_shown
from clinic_app.illustration.draw import document, draw_parts
from clinic_app.illustration.scene import Marks
from clinic_app.illustration.views import limits_of, points, solve_view
from clinic_app.services.exercise_content import shown
from tests.shipped_pictures import DRAWN, NAMES, drawn_exercises, pose, scene, scenes_of

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SUNK = 0.5  # 1/100 stature that a contour may lie below the mat
LARGEST = 6000  # bytes
MOST_NODES = 45
COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?|none")
NUMBERS = re.compile(r"[-\d. ]*")
MIRROR = re.compile(r"translate\(([-\d.]+) 0\) scale\(-1 1\)")
LOOK_NAMES = tuple(sorted(LOOKS))

GROUND = {"mat", "floor", "step"}

# Planted hands and feet that are meant to move from one frame to the next.
WALKS = {
    "childs-pose": {"near_hand", "far_hand"},
    "calf-stretch": {"near_foot"},
    "walking": {"near_foot", "far_foot", "near_toes", "far_toes"},
}


# Limits


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_angle_outside_its_range_is_refused_by_joint_value_and_range(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    changed = pose(name)
    limits = limits_of(changed["view"])
    joint = data.draw(st.sampled_from(sorted(changed["joints"])))
    low, high = limits[joint]
    beyond = data.draw(st.one_of(st.integers(int(high) + 1, 720), st.integers(-720, int(low) - 1)))
    changed["joints"][joint] = beyond
    with pytest.raises(ValueError, match=r"^pose: ") as refused:
        read_scene(changed, "pose")
    assert str(refused.value) == f"pose: {joint} at {beyond} degrees is outside {low:g} to {high:g}."


# Contact


def bare(of: Scene) -> str:
    """The figure alone, without the things that it rests on and without marks."""
    parts = draw_parts(replace(of, props=(), marks=Marks()), solve_view(of), LOOKS["a"])
    return document(of.frame, "".join(part.node for part in parts))


def outline(svg: str) -> list[tuple[float, float]]:
    """Points on every closed outline of the picture, curves followed in eight steps."""
    found = []
    for node in ET.fromstring(svg).iter():
        if node.tag == f"{SVG}circle":
            x, y, r = (float(node.attrib[key]) for key in ("cx", "cy", "r"))
            found.append((x, y + r))
        elif node.tag == f"{SVG}path" and node.attrib.get("fill") != "none":
            found += along(node.attrib["d"])
    return found


def along(data: str) -> list[tuple[float, float]]:
    x = y = 0.0
    found = []
    for command, text in re.findall(r"([MlczLC])([^MlczLC]*)", data):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
        if command == "z":
            continue
        steps = [values[i : i + 6] for i in range(0, len(values), 6)] if command in "cC" else [values]
        for step in steps:
            base = (0.0, 0.0) if command in "MLC" else (x, y)
            corners = [(base[0] + a, base[1] + b) for a, b in zip(step[::2], step[1::2], strict=True)]
            found += curve((x, y), corners) if command in "cC" else corners
            x, y = corners[-1]
    return found


def curve(start: tuple[float, float], corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    points_of = [start, *corners]
    found = []
    for t in (number / 8 for number in range(1, 9)):
        row = points_of
        while len(row) > 1:
            row = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(row)]
        found.append(row[0])
    return found


GROUNDED = tuple(name for name in NAMES if pose(name)["view"] != "above")


@pytest.mark.parametrize("name", GROUNDED)
def test_nothing_of_the_figure_sinks_below_the_mat(name: str) -> None:
    lowest = max(y for _, y in outline(bare(scene(name))))
    assert lowest <= SUNK


@pytest.mark.parametrize("slug", DRAWN)
def test_what_is_planted_stays_in_its_place_from_frame_to_frame(slug: str) -> None:
    for before, after in pairwise(scenes_of(slug)):
        for part, contact in before.contacts.items():
            then = after.contacts.get(part)
            if then is None or then.on != contact.on or contact.on not in GROUND or part in WALKS.get(slug, ()):
                continue
            joint = part.replace("hand", "wrist").replace("foot", "ankle").replace("toes", "toe")
            there, here = (points(solve_view(each)).get(joint) for each in (before, after))
            if there and here and part.endswith(("hand", "foot", "knee")):
                assert math.dist(there, here) < 0.5, part


# Mirroring and sides


@pytest.mark.parametrize("name", NAMES)
def test_mirroring_turns_the_picture_about_its_middle_and_the_side_with_it(name: str) -> None:
    of = scene(name)
    plain, mirrored = ET.fromstring(draw(of)), ET.fromstring(draw(of, mirrored=True))
    group, *upright = list(mirrored)
    matched = MIRROR.fullmatch(group.attrib["transform"])
    assert matched
    middle = float(matched[1]) / 2
    assert middle == pytest.approx(of.frame.x + of.frame.width / 2, abs=0.06)
    drawn = [ET.tostring(node) for node in plain]
    assert [ET.tostring(node) for node in group] == drawn[: len(drawn) - len(upright)]
    assert len(upright) == (2 if of.marks.label else 0), "only a letter and its ground are not mirrored"
    swapped = {"left": "right", "right": "left", "": ""}
    assert side_shown(of, mirrored=True) == swapped[side_shown(of)]


@pytest.mark.parametrize("wanted", list(Side))
@pytest.mark.parametrize("slug", DRAWN)
def test_a_handout_shows_the_prescribed_side_or_says_which_one_it_shows(slug: str, wanted: Side) -> None:
    entry, scenes = drawn_exercises()[slug], scenes_of(slug)
    printed = shown(slug, [pose(picture.pose) for picture in entry.pictures], wanted, LOOKS["b"])
    assert [side for _, side in printed] == [frame.side_shown for frame in draw_frames(scenes, wanted)]
    assert len({b"scale(-1 1)" in file.data for file, _ in printed}) == 1, "all frames are seen from one side"
    acting = [each.acting_side != "none" for each in scenes]
    assert any(acting) == entry.has_sides, "an exercise with sides shows one at work, and only such an exercise"
    for (file, side), at_work, of in zip(printed, acting, scenes, strict=True):
        assert bool(side) == at_work  # said in words beside every picture that shows one side at work
        turned = b"scale(-1 1)" in file.data
        if at_work:
            assert side == side_shown(of, mirrored=turned)
            assert wanted not in (Side.LEFT, Side.RIGHT) or side == wanted.value


# The same bytes, small, and nothing but shapes


def test_pictures_are_the_same_in_every_process() -> None:
    script = (
        "import hashlib;from tests.shipped_pictures import NAMES, scene;from clinic_app.illustration import draw;"
        "print(hashlib.sha256(''.join(draw(scene(n)) for n in NAMES).encode()).hexdigest())"
    )
    here = hashlib.sha256("".join(draw(scene(name)) for name in NAMES).encode()).hexdigest()
    for seed in ("1", "2718"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == here


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_small_and_holds_only_shapes(name: str) -> None:
    for look in LOOK_NAMES:
        svg = draw(scene(name), look)
        assert len(svg.encode()) < LARGEST
        root = ET.fromstring(svg)
        nodes = [node for node in root.iter() if node is not root]
        assert len(nodes) <= MOST_NODES
        for node in nodes:
            assert node.tag.removeprefix(SVG) in {"path", "circle", "rect", "ellipse", "g"}
            assert not node.text
            assert not node.tail
            for key, value in node.attrib.items():
                assert allowed(key, value), (key, value)


def allowed(key: str, value: str) -> bool:
    if key == "d":
        return re.fullmatch(r"[MlczLC\-\d. ]+", value) is not None
    if key in {"fill", "stroke"}:
        return COLOUR.fullmatch(value) is not None
    if key in {"stroke-linejoin", "stroke-linecap"}:
        return value == "round"
    if key == "transform":
        return re.fullmatch(r"(?:rotate|translate|scale)\([-\d. ]+\)", value) is not None
    return NUMBERS.fullmatch(value) is not None and key in {
        *("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r"),
        *("stroke-width", "stroke-dasharray", "opacity", "fill-opacity"),
    }


@pytest.mark.parametrize("name", [name for name in NAMES if scene(name).acting_side != "none"])
def test_the_letter_beside_a_limb_is_that_of_the_side_shown(name: str) -> None:
    """An L has one straight line of three corners; an R has a curve. Read from the drawing, mirrored and not."""
    marked = replace(scene(name), marks=replace(scene(name).marks, label="leg"))
    for mirrored in (False, True):
        letter = list(ET.fromstring(draw(marked, mirrored=mirrored)))[-1].attrib["d"]
        read = "right" if "c" in letter else "left"
        assert read == side_shown(marked, mirrored=mirrored)
        _, y = along(letter)[0]
        assert marked.frame.y < y < marked.frame.y + marked.frame.height
