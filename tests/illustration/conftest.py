"""The pose files of the six seed exercises, read once."""

import json
from pathlib import Path
from typing import Any

import pytest

from clinic_app import starter
from clinic_app.illustration import Scene, read_scene

POSES = Path(next(iter(starter.__path__))) / "poses"
EXERCISES = ("knee-to-chest", "pelvic-tilt", "cat-cow", "childs-pose", "bird-dog", "bridge")
FRAMES = (*(f"{exercise}-{letter}" for exercise in EXERCISES for letter in "ab"), "cat-cow-c")


def load(frame: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((POSES / f"{frame}.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="session")
def scenes() -> dict[str, Scene]:
    """Frame name ("bridge-a") -> scene, of all frames that ship."""
    return {frame: read_scene(load(frame), f"{frame}.json") for frame in FRAMES}


@pytest.fixture(params=FRAMES)
def frame(request: pytest.FixtureRequest) -> str:
    """Each frame's name in turn."""
    return str(request.param)


@pytest.fixture(params=EXERCISES)
def exercise(request: pytest.FixtureRequest) -> str:
    """Each exercise's name in turn."""
    return str(request.param)


@pytest.fixture
def bird_dog() -> dict[str, Any]:
    """The JSON of a pose with every kind of limb: planted, free, near and far."""
    return load("bird-dog-b")
