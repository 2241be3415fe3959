"""The pictures of the starter pack as tests see them: every pose file and every exercise, whatever there is."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from clinic_app.illustration import Scene, read_scene
from clinic_app.starter.pack import SHIPPED, load_pack
from clinic_app.starter.schema import Exercise

POSES = SHIPPED / "poses"
NAMES = tuple(sorted(path.stem for path in POSES.glob("*.json")))


def pose(name: str) -> dict[str, Any]:
    """The JSON of a pose file, to be changed."""
    data: dict[str, Any] = json.loads((POSES / f"{name}.json").read_text("utf-8"))
    return data


@cache
def scene(name: str) -> Scene:
    return read_scene(pose(name), f"{name}.json")


@cache
def drawn_exercises() -> dict[str, Exercise]:
    """Slug -> exercise, of those with all their pictures drawn."""
    return {
        entry.slug: entry
        for entry in load_pack().exercises
        if entry.pictures and all(picture.pose in NAMES for picture in entry.pictures)
    }


def scenes_of(slug: str) -> list[Scene]:
    return [scene(picture.pose) for picture in drawn_exercises()[slug].pictures]


DRAWN = tuple(drawn_exercises())
