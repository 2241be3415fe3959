"""The moving picture of an exercise: its drawings, with the times and the side of a dosage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.codec import from_data
from clinic_app.illustration.looks import Look
from clinic_app.illustration.moving import moving_of
from clinic_app.illustration.scene import read_scene
from clinic_app.services.exercise_content import Photo, Source
from clinic_app.services.exercise_entry import is_shown


def can_move(content: Mapping[str, Any]) -> bool:
    """Whether there are two pictures or more and every one is a drawing: a photo cannot be put into motion."""
    there = [each for each in content["pictures"] if is_shown(each)]
    return len(there) > 1 and not any(each["photo"] for each in there)


def frozen(slug: str, sources: Sequence[Source | None], dosage: Dosage, look: Look) -> bytes | None:
    """The SVG document that goes with an issued exercise, or None where one of its pictures is a photo."""
    scenes = [source for source in sources if source and not isinstance(source, Photo)]
    if len(scenes) != len(sources) or len(scenes) < 2:
        return None
    return moving_of([read_scene(dict(scene), slug) for scene in scenes], dosage, look).encode()


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
