"""The picture shows the side that was prescribed: the worst fault a picture can have is to show the other one."""

from dataclasses import replace

import pytest

from clinic_app.dosage import Side
from clinic_app.illustration import Scene, SideShown, draw_for_side, draw_frames, side_shown
from clinic_app.illustration.side_solver import solve

# Told by looking: lying with the head at the left, the reader sees the right side; on hands and knees, the left one.
AS_POSED: dict[str, SideShown] = {
    "knee-to-chest": "right",
    "pelvic-tilt": "",
    "cat-cow": "",
    "childs-pose": "",
    "bird-dog": "left",
    "bridge": "",
}


def both(scenes: dict[str, Scene], exercise: str) -> tuple[Scene, Scene]:
    return scenes[f"{exercise}-a"], scenes[f"{exercise}-b"]


def is_mirrored(svg: str) -> bool:
    return "scale(-1 1)" in svg


def test_the_side_as_posed(scenes: dict[str, Scene], exercise: str) -> None:
    start, end = both(scenes, exercise)
    assert side_shown(start) == ""
    assert side_shown(end) == AS_POSED[exercise]


@pytest.mark.parametrize("wanted", [Side.LEFT, Side.RIGHT])
def test_the_wanted_side_is_drawn_and_said(scenes: dict[str, Scene], exercise: str, wanted: Side) -> None:
    start, end = draw_frames(both(scenes, exercise), wanted)
    posed = AS_POSED[exercise]
    assert end.side_shown == (wanted.value if posed else "")
    assert is_mirrored(end.svg) == (posed not in ("", wanted.value))
    assert is_mirrored(start.svg) == is_mirrored(end.svg)
    assert start.side_shown == ""


@pytest.mark.parametrize("wanted", [None, Side.NONE, Side.EACH, Side.ALTERNATE, Side.BOTH_TOGETHER])
def test_other_sides_are_drawn_as_posed(scenes: dict[str, Scene], exercise: str, wanted: Side | None) -> None:
    drawn = draw_frames(both(scenes, exercise), wanted)
    assert [frame.side_shown for frame in drawn] == ["", AS_POSED[exercise]]
    assert not any(is_mirrored(frame.svg) for frame in drawn)


@pytest.mark.parametrize("wanted", list(Side))
def test_one_frame_alone_shows_what_it_shows_on_its_card(scenes: dict[str, Scene], exercise: str, wanted: Side) -> None:
    start, end = both(scenes, exercise)
    svg, shown = draw_for_side(end, wanted)
    assert (svg, shown) == draw_frames((start, end), wanted)[1]


def test_left_is_the_head_direction_times_the_face_direction(scenes: dict[str, Scene], frame: str) -> None:
    """The rule of `side`, worked out again from the drawn joints with the cross product in space."""
    scene = scenes[frame]
    posture = solve(scene)
    head = (posture.neck[0] - posture.hip[0], posture.hip[1] - posture.neck[1])
    face = {"up": (0, 1), "down": (0, -1), "left": (-1, 0), "right": (1, 0)}[scene.facing or ""]
    left_towards_reader = head[0] * face[1] - head[1] * face[0] > 0
    near = "left" if left_towards_reader else "right"
    assert side_shown(replace(scene, acting_side="near")) == near
    assert side_shown(replace(scene, acting_side="far")) != near
    assert side_shown(replace(scene, acting_side="near"), mirrored=True) != near


def test_the_far_limb_is_the_other_side(scenes: dict[str, Scene]) -> None:
    far = replace(scenes["knee-to-chest-b"], acting_side="far")
    assert side_shown(far) == "left"
    drawn = draw_frames((scenes["knee-to-chest-a"], far), Side.RIGHT)
    assert drawn[1].side_shown == "right"
    assert all(is_mirrored(frame.svg) for frame in drawn)


def test_frames_that_disagree_are_refused(scenes: dict[str, Scene]) -> None:
    end = scenes["knee-to-chest-b"]
    with pytest.raises(ValueError, match="same limb"):
        draw_frames((end, replace(end, acting_side="far")), Side.LEFT)
    with pytest.raises(ValueError, match="same frame"):
        draw_frames((replace(end, frame=replace(end.frame, x=-70.0)), end), Side.LEFT)
    other = replace(scenes["bird-dog-a"], frame=end.frame)
    with pytest.raises(ValueError, match="same side"):
        draw_frames((other, end), Side.LEFT)
