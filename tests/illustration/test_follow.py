"""Arrows that follow the way of a part from one frame to the next."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from clinic_app.dosage import Side
from clinic_app.illustration import Scene, draw, draw_for_side, draw_frames, read_scene
from clinic_app.illustration.follow import path_arrow, with_arrows
from clinic_app.illustration.looks import MOVE
from clinic_app.illustration.scene import Follow, Marks
from clinic_app.illustration.views import points, solve_view


def pair(scenes: dict[str, Scene], exercise: str, part: str, beside: float = 8) -> tuple[Scene, Scene]:
    start, end = scenes[f"{exercise}-a"], scenes[f"{exercise}-b"]
    return start, replace(end, marks=Marks(follow=Follow(part, beside)))


WAYS = [("knee-to-chest", "near_knee"), ("bird-dog", "near_ankle"), ("bridge", "hip")]


@pytest.mark.parametrize(("exercise", "part"), WAYS)
@pytest.mark.parametrize("beside", [-9, 0, 9])
def test_the_arrow_points_where_the_part_goes(
    scenes: dict[str, Scene], exercise: str, part: str, beside: float
) -> None:
    start, end = pair(scenes, exercise, part, beside)
    arrow = path_arrow(start, end)
    place = [points(solve_view(scene))[part] for scene in (start, end)]
    way = (place[1][0] - place[0][0], place[1][1] - place[0][1])
    drawn = (arrow[3][0] - arrow[0][0], arrow[3][1] - arrow[0][1])
    cosine = (way[0] * drawn[0] + way[1] * drawn[1]) / (math.hypot(*way) * math.hypot(*drawn))
    assert cosine > 0.8
    assert 8 < math.hypot(*drawn) < 31


@pytest.mark.parametrize(("exercise", "part"), WAYS)
def test_the_arrow_stays_in_the_picture_and_above_the_mat(scenes: dict[str, Scene], exercise: str, part: str) -> None:
    for beside in (-30, 30):
        start, end = pair(scenes, exercise, part, beside)
        for x, y in path_arrow(start, end):
            assert end.frame.x + 4 < x < end.frame.x + end.frame.width - 4
            assert end.frame.y + 4 < y < -4


def test_beside_is_to_the_left_of_who_goes_the_way(scenes: dict[str, Scene]) -> None:
    """The knee comes from the right and goes to the left of the picture: its left is below."""
    above, below = (path_arrow(*pair(scenes, "knee-to-chest", "near_knee", beside)) for beside in (-6, 6))
    assert above[1][1] < below[1][1]


def test_the_frames_of_a_card_get_their_arrow_and_a_picture_alone_has_none(scenes: dict[str, Scene]) -> None:
    start, end = pair(scenes, "knee-to-chest", "near_knee")
    first, last = draw_frames((start, end), Side.LEFT)
    assert MOVE not in first.svg
    assert last.svg.count(MOVE) == 1
    assert MOVE not in draw(end)
    assert MOVE not in draw_for_side(end, Side.LEFT).svg


def test_frames_without_follow_are_left_as_they_are(scenes: dict[str, Scene]) -> None:
    both = (scenes["bridge-a"], scenes["bridge-b"])
    assert with_arrows(both) == both


def test_a_part_that_holds_still_is_refused(scenes: dict[str, Scene]) -> None:
    start, end = pair(scenes, "bridge", "near_ankle")
    with pytest.raises(ValueError, match="near_ankle does not move"):
        draw_frames((start, end), None)


@pytest.mark.parametrize(
    ("marks", "named"),
    [
        ({"follow": {"part": "tail", "beside": 3}}, "follow.part is tail"),
        ({"follow": {"part": "near_knee", "beside": 31}}, "beside"),
        ({"follow": {"part": "near_knee"}}, "beside"),
        ({"follow": {"part": "hip", "beside": 3}, "arrow": [[0, -1], [0, -2], [0, -3], [1, -4]]}, "an arrow already"),
    ],
)
def test_what_cannot_be_followed_is_named(bird_dog: dict[str, Any], marks: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=r"^pose: ") as caught:
        read_scene(json.loads(json.dumps(bird_dog | {"marks": marks})), "pose")
    assert named in str(caught.value)
