"""The words of a picture that a file leaves out: they are made from its pose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clinic_app.illustration.alt_text import described


def with_words(exercise: Mapping[str, Any], poses: Path) -> dict[str, Any]:
    """The data of an exercise's file; each picture without `alt` gets the words for its pose, if that is drawn."""
    pictures = exercise.get("pictures")
    if not isinstance(pictures, list):
        return dict(exercise)
    drawn = {path.stem: path for path in poses.glob("*.json")}
    return {**exercise, "pictures": [_picture(each, drawn) for each in pictures]}


def _picture(picture: Any, drawn: Mapping[str, Path]) -> Any:
    if not isinstance(picture, dict) or picture.get("alt"):
        return picture
    path = drawn.get(str(picture.get("pose")))
    words = described(_pose(path)) if path else ""
    return {**picture, "alt": words} if words else picture


def _pose(path: Path) -> dict[str, Any] | None:
    """None for a file that is no JSON object; whoever draws it says what is wrong."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
