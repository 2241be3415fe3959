"""The pictures of an exercise for the screen: its drawings in motion, with the times and the sides of a dosage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from clinic_app.dosage import BodyPart, Side
from clinic_app.dosage.codec import from_data
from clinic_app.illustration.looks import Look
from clinic_app.illustration.moving import moving_of
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.side import draw_frames, labelled
from clinic_app.rendering import content
from clinic_app.services.exercise_content import Photo, Source
from clinic_app.services.exercise_entry import is_shown
from clinic_app.storage import sha256

BOTH = (Side.LEFT, Side.RIGHT)
DONE = {Side.LEFT: (Side.LEFT,), Side.RIGHT: (Side.RIGHT,), Side.EACH: BOTH, Side.ALTERNATE: BOTH}
LETTERS: dict[BodyPart, Literal["leg", "arm"]] = {BodyPart.LEG: "leg", BodyPart.ARM: "arm"}


def can_move(content: Mapping[str, Any]) -> bool:
    """Whether there are two pictures or more and every one is a drawing: a photo cannot be put into motion."""
    there = [each for each in content["pictures"] if is_shown(each)]
    return len(there) > 1 and not any(each["photo"] for each in there)


def frozen(
    said: content.Exercise, sources: Sequence[Source | None], look: Look
) -> tuple[content.Exercise, list[bytes]]:
    """An exercise to be issued that also names its pictures for the screen, and those; none where one is a photo."""
    scenes = [read_scene(dict(each), said.slug) for each in sources if each and not isinstance(each, Photo)]
    if len(scenes) != len(sources) or len(scenes) < 2:
        return said, []
    drawn = [moving_of(scenes, said.dosage, look).encode()]
    sides = []
    for side in DONE.get(said.dosage.side or Side.NONE, ()) if any(each.side_shown for each in said.pictures) else ():
        files = _one_side(scenes, said, side, look)
        *stills, film = map(sha256, files)
        sides.append(content.OneSide(side, tuple(stills), film))
        drawn += files
    return replace(said, moving=sha256(drawn[0]), sides=tuple(sides)), drawn


def _one_side(scenes: Sequence[Scene], said: content.Exercise, side: Side, look: Look) -> list[bytes]:
    """The pictures as `side` does the exercise, with its letter where it has one, and the moving one behind them."""
    if part := LETTERS.get(said.body_part):
        scenes = labelled(scenes, part)
    frames = draw_frames(scenes, side, look, holds=said.dosage.hold is not None)
    if {each.side_shown for each in frames} - {""} != {side}:
        raise ValueError(f"{said.slug} cannot be shown from the {side} side.")  # rather none than the wrong one
    film = moving_of(scenes, replace(said.dosage, side=side), look)
    return [document.encode() for document in (*(each.svg for each in frames), film)]


def moving_picture(slug: str, content: Mapping[str, Any], wanted: Side | None, look: Look) -> str:
    """The SVG document. `wanted` is a prescribed side; None leaves that of the usual dosage. `slug` names the exercise.

    Raises:
        ValueError: the exercise cannot move (`can_move`), or a pose of a draft is broken.
    """
    if not can_move(content):
        raise ValueError(f"{slug} has no two drawings, so it cannot move.")
    scenes = [read_scene(dict(each["scene"]), slug) for each in content["pictures"] if is_shown(each)]
    dosage = from_data(content["dosage"])
    return moving_of(scenes, dosage if wanted is None else replace(dosage, side=wanted), look)
