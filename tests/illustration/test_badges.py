"""The clock and the letter: in a free place, and never the wrong letter."""

import math
from dataclasses import replace
from typing import Any, Literal
from xml.etree import ElementTree as ET

import pytest

from clinic_app.dosage import Side
from clinic_app.illustration import Scene, draw, draw_frames, read_scene, side_shown
from clinic_app.illustration.looks import INK
from clinic_app.illustration.scene import Marks
from clinic_app.illustration.views import points, solve_view
from tests.letters import SVG, side_written


def letter_of(svg: str) -> tuple[ET.Element, ET.Element]:
    """The badge and its letter: the last two nodes, outside of any mirroring group."""
    badge, letter = list(ET.fromstring(svg))[-2:]
    assert badge.tag == f"{SVG}circle"
    return badge, letter


def written(svg: str) -> str:
    return side_written(letter_of(svg)[1].attrib["d"])


@pytest.mark.parametrize("wanted", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("exercise", ["knee-to-chest", "bird-dog"])
@pytest.mark.parametrize("acting", ["near", "far"])
def test_the_letter_is_the_side_that_is_drawn(
    scenes: dict[str, Scene], exercise: str, wanted: Side, acting: Literal["near", "far"]
) -> None:
    start = scenes[f"{exercise}-a"]
    end = replace(scenes[f"{exercise}-b"], acting_side=acting, marks=Marks(label="leg"))
    _, drawn = draw_frames((start, end), wanted)
    assert drawn.side_shown == wanted.value
    assert written(drawn.svg) == wanted.value


def test_the_letter_follows_the_drawing_whoever_mirrors_it(scenes: dict[str, Scene]) -> None:
    end = replace(scenes["bird-dog-b"], marks=Marks(label="leg"))
    for mirrored in (False, True):
        assert written(draw(end, mirrored=mirrored)) == side_shown(end, mirrored=mirrored)


def test_the_letter_moves_with_its_limb_when_mirrored(scenes: dict[str, Scene]) -> None:
    end = replace(scenes["bird-dog-b"], marks=Marks(label="leg"))
    here, there = (float(letter_of(draw(end, mirrored=m))[0].attrib["cx"]) for m in (False, True))
    assert here + there == pytest.approx(2 * end.frame.x + end.frame.width, abs=0.11)
    knee, ankle = (points(solve_view(end))[f"near_{part}"] for part in ("knee", "ankle"))
    badge = letter_of(draw(end))[0]
    at = (float(badge.attrib["cx"]), float(badge.attrib["cy"]))
    assert min(math.dist(at, knee), math.dist(at, ankle)) < 10


@pytest.mark.parametrize("mark", [{"hold": True}, {"label": "leg"}])
def test_signs_stay_in_the_picture_and_off_the_head(scenes: dict[str, Scene], frame: str, mark: dict[str, Any]) -> None:
    scene = replace(scenes[frame], acting_side="near", marks=Marks(**mark))
    circle = [node for node in ET.fromstring(draw(scene)) if node.tag == f"{SVG}circle"][-1]
    x, y, r = (float(circle.attrib[key]) for key in ("cx", "cy", "r"))
    box = scene.frame
    assert box.x < x - r < x + r < box.x + box.width
    assert box.y < y - r < y + r < 0  # above the mat
    assert math.dist((x, y), points(solve_view(scene))["head"]) > r + 6


def test_the_clock_has_no_number(scenes: dict[str, Scene]) -> None:
    scene = replace(scenes["bridge-b"], marks=Marks(hold=True))
    more = len(list(ET.fromstring(draw(scene)))) - len(list(ET.fromstring(draw(replace(scene, marks=Marks())))))
    assert more == 2
    assert "<text" not in draw(scene)
    assert INK in draw(scene)


def test_a_dose_with_a_hold_puts_the_clock_where_it_is_felt(scenes: dict[str, Scene]) -> None:
    frames = (scenes["bridge-a"], scenes["bridge-b"], scenes["bridge-a"])
    plain, held = draw_frames(frames, None), draw_frames(frames, None, holds=True)
    assert [before.svg == after.svg for before, after in zip(plain, held, strict=True)] == [True, False, True]
    clock = draw(replace(frames[1], marks=replace(frames[1].marks, hold=True)))
    assert held[1].svg == clock


def test_without_a_place_where_it_is_felt_the_last_frame_is_held(scenes: dict[str, Scene]) -> None:
    frames = (scenes["bridge-a"], scenes["knee-to-chest-a"])
    plain, held = draw_frames(frames, None), draw_frames(frames, None, holds=True)
    assert [before.svg == after.svg for before, after in zip(plain, held, strict=True)] == [True, False]


def test_a_label_without_a_limb_at_work_is_refused(bird_dog: dict[str, Any]) -> None:
    data = bird_dog | {"acting_side": "none", "marks": {"label": "leg"}}
    with pytest.raises(ValueError, match=r"^pose: marks\.label needs an acting_side"):
        read_scene(data, "pose")


def test_nobody_can_say_the_letter_by_hand(bird_dog: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"marks\.label"):
        read_scene(bird_dog | {"marks": {"label": "L"}}, "pose")
