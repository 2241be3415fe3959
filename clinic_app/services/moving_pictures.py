"""The moving picture of an exercise: its drawings, with the times and the side of a dosage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clinic_app.dosage import Side
from clinic_app.dosage.codec import from_data
from clinic_app.illustration.looks import Look
from clinic_app.illustration.moving import moving_of
from clinic_app.illustration.scene import read_scene
from clinic_app.services.exercise_entry import is_shown


def can_move(content: Mapping[str, Any]) -> bool:
    """Whether there are two pictures or more and every one is a drawing: a photo cannot be put into motion."""
    there = [each for each in content["pictures"] if is_shown(each)]
    return len(there) > 1 and not any(each["photo"] for each in there)


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
