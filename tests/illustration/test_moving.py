"""Moving pictures: safe, small, the same every time, at the prescribed side, with the times of the dosage."""

import gzip
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from clinic_app.dosage import Side
from clinic_app.illustration import draw_frames, film, moving_of, side_shown
from clinic_app.illustration.looks import LOOKS
from clinic_app.illustration.moving import moving
from clinic_app.illustration.path import Pen
from clinic_app.illustration.props import Mat
from clinic_app.illustration.scene import read_scene
from clinic_app.illustration.scene_numbers import to_data
from clinic_app.illustration.side import labelled
from clinic_app.illustration.smil import Round, Shapeless, come, due, moved, transformed
from clinic_app.illustration.timeline import lowers, timeline
from clinic_app.illustration.timing import Timing
from tests.shipped_pictures import DRAWN, drawn_exercises, scene, scenes_of

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 20_000  # bytes, compressed
NODES = {"svg", "g", "path", "circle", "rect", "ellipse", "animate", "animateTransform"}
NAMES = (
    {"viewBox", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "transform", "opacity"}
    | {"fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray"}
    | {"attributeName", "dur", "repeatCount", "keyTimes", "values", "calcMode", "keySplines", "type"}
)
PLAIN = re.compile(r"[-\w#.;,() ]*")
QUICK = Timing(out=1, hold=0, back=1, pause=0.4)


@cache
def prescribed(slug: str) -> str:
    return moving_of(scenes_of(slug), drawn_exercises()[slug].dosage)


@pytest.mark.parametrize("slug", DRAWN)
def test_every_exercise_moves_in_a_small_and_safe_document(slug: str) -> None:
    svg = prescribed(slug)
    assert len(gzip.compress(svg.encode(), 6, mtime=0)) < LARGEST
    root = ET.fromstring(svg)
    assert any(node.tag == f"{SVG}animate" for node in root.iter())
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in NODES
        assert node.attrib.keys() <= NAMES
        assert not (node.text or "").strip()
        assert all(PLAIN.fullmatch(value) for value in node.attrib.values())


def test_the_same_to_the_byte() -> None:
    first = prescribed("bird-dog")
    film.film.cache_clear()
    assert moving_of(scenes_of("bird-dog"), drawn_exercises()["bird-dog"].dosage) == first


def test_what_moves_is_drawn_once_whatever_side_and_letter_are_shown() -> None:
    """Another pose, another look and another tempo are other drawings."""
    scenes, dosage = scenes_of("knee-to-chest"), drawn_exercises()["knee-to-chest"].dosage
    film.film.cache_clear()
    for side in (Side.EACH, Side.LEFT, Side.RIGHT):
        moving_of(labelled(scenes, "leg"), replace(dosage, side=side))
    read_again = [read_scene(to_data(each), "pose") for each in scenes]
    assert moving_of(read_again, dosage) == moving_of(scenes, dosage)
    assert film.film.cache_info().misses == 1
    bent = replace(scenes[1], joints=scenes[1].joints | {"near_hip": scenes[1].joints["near_hip"] - 5})
    moving_of([scenes[0], bent], dosage)
    moving_of(scenes, dosage, "b")
    moving_of(scenes, replace(dosage, move_time=9))
    assert film.film.cache_info().misses == 4


def test_every_part_of_the_start_frame_moves() -> None:
    """The drawing of the start frame, with animations inside its nodes."""
    plain = re.sub(r"<animate[^>]*>", "", prescribed("bridge"))
    still = draw_frames(scenes_of("bridge"), None)[0].svg
    moves, stands = (
        [shape(node) for node in ET.fromstring(svg).iter(f"{SVG}path") if not is_mark(node)] for svg in (plain, still)
    )
    assert moves == stands


def sided(slug: str) -> bool:
    return any(side_shown(each) for each in scenes_of(slug))


def is_mark(node: ET.Element) -> bool:
    return node.attrib.get("fill") == "#B3390B" or "stroke-dasharray" in node.attrib or "opacity" in node.attrib


def shape(node: ET.Element) -> tuple[str, str, str]:
    return node.tag, node.attrib.get("d", ""), node.attrib.get("fill", "")


@pytest.mark.parametrize("slug", DRAWN)
def test_all_animations_are_well_formed(slug: str) -> None:
    root = ET.fromstring(prescribed(slug))
    durations = set()
    for node in root.iter():
        if not node.tag.startswith(f"{SVG}animate"):
            continue
        times = [float(text) for text in node.attrib["keyTimes"].split(";")]
        values = node.attrib["values"].split(";")
        assert len(times) == len(values)
        assert times[0] == 0
        assert times == sorted(times)
        steps = node.attrib.get("calcMode") == "discrete"
        assert times[-1] == 1 or steps
        assert node.attrib["repeatCount"] == "indefinite"
        durations.add(node.attrib["dur"])
        assert len({re.sub(r"[-\d. ]+", "#", value) for value in values}) == 1
        if "keySplines" in node.attrib:
            splines = [[float(part) for part in text.split(" ")] for text in node.attrib["keySplines"].split(";")]
            assert len(splines) == len(times) - 1
            assert all(0 <= part <= 1 for spline in splines for part in spline)
            assert values[0] == values[-1]  # it goes on where it began
    assert len(durations) <= 2


@pytest.mark.parametrize("slug", DRAWN)
def test_the_moving_picture_shows_the_side_that_the_still_ones_show(slug: str) -> None:
    dosage = drawn_exercises()[slug].dosage
    for side in (Side.LEFT, Side.RIGHT) if sided(slug) else (Side.LEFT,):
        still = draw_frames(scenes_of(slug), side)[0].svg
        svg = moving_of(scenes_of(slug), replace(dosage, side=side))
        mirror = re.search(r'<g transform="translate\([-\d.]+ 0\) scale\(-1 1\)">', still)
        assert svg.startswith(still[: mirror.end()] if mirror else still[: still.index("><") + 1])
        assert ("scale(-1 1)" in svg) == bool(mirror)


def test_sides_that_do_not_ask_for_one_are_drawn_as_posed() -> None:
    for side in (None, Side.NONE, Side.EACH, Side.BOTH_TOGETHER):
        assert "scale" not in moving(scenes_of("bird-dog"), QUICK, wanted=side)


def test_alternating_sides_are_every_second_round_a_mirror_image() -> None:
    scenes = scenes_of("bird-dog")
    svg = moving(scenes, replace(QUICK, alternates=True))
    once, twice = (float(text) for text in sorted(set(re.findall(r'dur="([\d.]+)s"', svg)), key=float))
    assert twice == once * 2
    turn = re.search(r'type="scale"[^>]*calcMode="discrete" keyTimes="([^"]*)" values="([^"]*)"', svg)
    assert turn is not None
    assert turn.groups() == ("0;.5", "1 1;-1 1")
    assert 'type="scale"' not in moving(scenes, replace(QUICK, alternates=True), wanted=Side.LEFT)
    assert 'type="scale"' not in moving(scenes_of("bridge"), replace(QUICK, alternates=True))


def test_marks_are_seen_only_at_their_frame() -> None:
    """The bridge's arrow and patch belong to its end: they are there from shortly before it is reached."""
    svg = moving(scenes_of("bridge"), Timing(out=2, hold=3, back=2, pause=1))
    fades = re.findall(r'attributeName="opacity"[^>]*keyTimes="([^"]*)" values="([^"]*)"', svg)
    assert {values for _, values in fades} == {"0;0;1;1;0;0"}
    assert {times for times, _ in fades} == {"0;.2375;.3125;.6875;.7625;1"}  # of 8 seconds; there from 2.5 to 5.5


def test_a_long_hold_has_a_bar_that_shrinks_as_long_as_the_hold_lasts() -> None:
    svg = moving(scenes_of("bridge"), Timing(out=2, hold=20, back=2, pause=1))
    times, values = re.findall(r'attributeName="width"[^>]*keyTimes="([^"]*)" values="([^"]*)"', svg)[0]
    start, end = (float(text) * 25 for text in times.split(";")[1:3])
    assert end - start == pytest.approx(20, abs=0.01)
    full, _, empty, *_ = values.split(";")
    assert (float(full) > 100, empty) == (True, "0")
    assert 'attributeName="width"' not in moving(scenes_of("bridge"), Timing(hold=3))
    assert svg.count("scale(-1 1)") == 0


def test_the_bar_is_not_mirrored_with_the_body() -> None:
    timing = Timing(hold=20)
    right, left = (moving(scenes_of("knee-to-chest"), timing, wanted=side) for side in (Side.RIGHT, Side.LEFT))
    assert right.rsplit("<g opacity", 1)[1] == left.rsplit("<g opacity", 1)[1]
    assert "</g><g opacity" in left


def stays(pose: str, letters: str, timing: Timing) -> list[tuple[int, float, float, bool]]:
    scenes = [scene(f"{pose}-{letter}") for letter in letters]
    return [(each.frame, round(each.start, 2), round(each.end, 2), each.hold) for each in timeline(scenes, timing)]


def test_there_hold_back_rest() -> None:
    assert stays("bridge", "ab", Timing(out=2, hold=5, back=3, pause=1)) == [
        (0, 0.0, 0.5, False),
        (1, 2.5, 7.5, True),
        (0, 10.5, 11.0, False),
    ]


def test_the_cat_and_the_cow_are_two_ends() -> None:
    frames = [(frame, hold) for frame, _, _, hold in stays("cat-cow", "abc", QUICK)]
    assert frames == [(0, False), (1, True), (2, True), (0, False)]


def test_a_frame_on_the_way_is_passed_there_and_back() -> None:
    frames = [(frame, hold) for frame, _, _, hold in stays("prone-press-up", "abc", QUICK)]
    assert frames == [(0, False), (1, False), (2, True), (1, False), (0, False)]


def test_the_body_goes_down_or_up() -> None:
    assert lowers(scenes_of("childs-pose"))
    assert not lowers(scenes_of("bridge"))


def test_one_frame_alone_stands_still() -> None:
    only = scenes_of("bridge")[1:]
    assert moving(only, QUICK, wanted=Side.NONE) == draw_frames(only, Side.NONE)[0].svg


def test_no_frame_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a frame"):
        moving([], QUICK)


def test_every_look_moves() -> None:
    documents = {moving(scenes_of("bridge"), QUICK, look) for look in LOOKS}
    assert len(documents) == len(LOOKS)


def test_things_of_one_frame_only_take_turns_with_it() -> None:
    start, end = scene("bridge-a"), scene("bridge-b")
    svg = moving([replace(start, props=(*start.props, Mat("mat", 0, 10))), end], QUICK)
    turns = re.findall(r'<g opacity="([01])"><animate attributeName="opacity"[^>]*values="([^"]*)"', svg)
    assert turns == [("1", "1;0;1"), ("0", "0;1;0")]
    ET.fromstring(svg)


ROUND = Round(4, ((0.25, 0.5), (0.5, 0.75)))


def line(x: float) -> str:
    return f'<path d="{Pen().move((0, 0)).line((x, 0)).data()}" fill="#fff"/>'


def test_what_lies_on_the_way_is_not_written() -> None:
    straight = [(0.0, line(0))]
    for start, a, b in ((0.25, 0, 10), (0.5, 10, 0)):
        straight += [(start + 0.25 * due(i / 8), line(a + (b - a) * i / 8)) for i in range(8)]
    straight += [(0.75, line(0)), (1.0, line(0))]
    assert 'keyTimes="0;.25;.5;.75;1"' in moved(straight, ROUND)
    curved = [(at, line(i % 5) if i == 5 else text) for i, (at, text) in enumerate(straight)]
    assert moved(curved, ROUND) != moved(straight, ROUND)


def test_the_pieces_of_a_way_run_on_smoothly() -> None:
    """The spline of a part of the way is that part of the whole way's curve."""
    assert ROUND.spline(0.25, 0.5) == ".333 0 .667 1"
    assert ROUND.spline(0, 0.25) == "0 0 1 1"
    first, last = 0.25 + 0.25 * due(0.3), 0.25 + 0.25 * due(0.8)
    _, low, _, high = (float(part) for part in ROUND.spline(first, last).split(" "))
    middle = 3 * 0.125 * low + 3 * 0.125 * high + 0.125  # a cubic at its half
    expected = (come((due(0.3) + due(0.8)) / 2) - 0.3) / 0.5
    assert middle == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.77, 1])
def test_due_is_the_time_at_which_a_share_is_come(share: float) -> None:
    assert come(due(share)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("node", "other"),
    [
        ('<path d="M0 0l1 1"/>', '<path d="M0 0c1 1 1 1 1 1"/>'),
        ('<path d="M0 0l1 1"/>', '<circle r="1"/>'),
        ('<path d="M0 0" fill="#fff"/>', '<path d="M0 0" fill="#000"/>'),
        ('<path d="M0 0"/>', '<path d="M0 0" fill="#000"/>'),
        ("<g><path/></g>", "<g/>"),
    ],
)
def test_other_shapes_are_not_changed_into_each_other(node: str, other: str) -> None:
    with pytest.raises(Shapeless):
        moved([(0, node), (0.25, node), (0.5, other), (0.75, node), (1, node)], ROUND)


def test_a_patch_turns_the_shorter_way() -> None:
    patches = [f'<ellipse cx="1" cy="2" transform="rotate({angle} 1 2)"/>' for angle in (85, -85, 85)]
    nodes = [(0, patches[0]), (0.25, patches[0]), (0.5, patches[1]), (0.75, patches[2]), (1, patches[2])]
    assert 'values="85 1 2;85 1 2;95 1 2;85 1 2;85 1 2"' in moved(nodes, ROUND)


def test_a_transform_says_its_kind() -> None:
    text = transformed("scale", [(0, "1 1"), (0.5, "-1 1")], ROUND, steps=True)
    assert text.startswith('<animateTransform attributeName="transform" type="scale" dur="4s"')
    assert all(a <= b for a, b in pairwise([0, 0.5]))
