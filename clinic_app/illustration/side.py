"""Which side of the body a picture shows, and drawing the side that the patient was prescribed.

A wrong side is the worst fault a picture can have. So nobody says by hand which side a drawing shows: it follows from
where the head is and where the belly looks, and all frames of an exercise are drawn in one call, from one viewpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from clinic_app.dosage import Side
from clinic_app.illustration.draw import draw
from clinic_app.illustration.follow import with_arrows
from clinic_app.illustration.looks import Look
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.shown_side import SideShown, side_shown, viewpoint

__all__ = ["DrawnFrame", "SideShown", "draw_for_side", "draw_frames", "held", "is_mirrored", "labelled", "side_shown"]


class DrawnFrame(NamedTuple):
    """One picture: its SVG document and which side of the body exercises in it ("" where both do the same)."""

    svg: str
    side_shown: SideShown


def draw_frames(
    scenes: Sequence[Scene], wanted: Side | None, look: Look | str = "a", *, holds: bool = False
) -> tuple[DrawnFrame, ...]:
    """All frames of one exercise, seen from one side; LEFT and RIGHT draw the acting limb on that side.

    `holds` says that the dose has a hold: then the frame where it is felt, or the last one, gets the clock.

    Frames without an acting side (a start position) are mirrored together with the others and say "".
    Other sides, and exercises that use both sides alike, are drawn as the poses stand.

    Raises:
        ValueError: the frames are not drawn from one viewpoint or disagree about the acting side, or an arrow follows
            a part that does not move.
    """
    mirrored = is_mirrored(scenes, wanted)
    return tuple(
        DrawnFrame(draw(scene, look, mirrored=mirrored), side_shown(scene, mirrored=mirrored))
        for scene in with_arrows(held(scenes) if holds else scenes)
    )


def is_mirrored(scenes: Sequence[Scene], wanted: Side | None) -> bool:
    """Whether the frames of one exercise have to be mirrored to show the wanted side. Raises as `draw_frames`."""
    shown = _the_one_side(scenes)
    return wanted in (Side.LEFT, Side.RIGHT) and shown not in ("", wanted.value)


def draw_for_side(scene: Scene, wanted: Side | None, look: Look | str = "a") -> DrawnFrame:
    """One picture that stands alone (a thumbnail). The frames of a card belong together: use `draw_frames`."""
    return draw_frames((scene,), wanted, look)[0]


def held(scenes: Sequence[Scene]) -> list[Scene]:
    """The frames of an exercise whose dose has a hold: the clock stands where it is felt, or in the last one."""
    felt = [i for i, scene in enumerate(scenes) if scene.marks.feel]
    at = felt[-1] if felt else len(scenes) - 1
    return [replace(each, marks=replace(each.marks, hold=True)) if i == at else each for i, each in enumerate(scenes)]


def labelled(scenes: Sequence[Scene], part: Literal["leg", "arm"] | None) -> list[Scene]:
    """The frames with the letter L or R beside the leg or arm at work; None takes the letters away."""
    return [
        replace(each, marks=replace(each.marks, label=None if each.acting_side == "none" else part)) for each in scenes
    ]


def _the_one_side(scenes: Sequence[Scene]) -> SideShown:
    if len({scene.frame for scene in scenes}) > 1:
        raise ValueError("The frames of one exercise must have the same frame, so that they share one scale.")
    if len({viewpoint(scene) for scene in scenes}) > 1:
        raise ValueError("The frames of one exercise must show the body from the same side.")
    sides = {side_shown(scene) for scene in scenes} - {""}
    if len(sides) > 1:
        raise ValueError("The frames of one exercise must show the same limb at work.")
    return next(iter(sides), "")
