"""A picture whose file says nothing about it gets the words for its pose; what somebody wrote is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic_app.illustration.alt_text import describe
from clinic_app.starter.pack import Pack, load_pack
from tests.shipped_pictures import scene
from tests.starter.conftest import Edit, Refusal

BRIDGE = "exercises/bridge.toml"


def written(shipped: Pack, slug: str, number: int) -> str:
    return f'alt = "{shipped.exercise(slug).pictures[number].alt}"\n'


@pytest.mark.parametrize("left", ["", 'alt = ""\n'])
def test_words_that_are_left_out_are_made(shipped: Pack, copy: Path, edit: Edit, left: str) -> None:
    edit(BRIDGE, written(shipped, "bridge", 1), left)
    start, end = load_pack(copy).exercise("bridge").pictures
    assert start.alt == shipped.exercise("bridge").pictures[0].alt
    assert end.alt == describe(scene("bridge-b"))
    assert end.alt.startswith("Lying on your back, hips lifted")


def test_without_a_pose_there_is_nothing_to_make_them_of(
    shipped: Pack, copy: Path, edit: Edit, refusal: Refusal
) -> None:
    (copy / "poses" / "bridge-b.json").write_text("[]", "utf-8")
    said = refusal(BRIDGE, written(shipped, "bridge", 1), "")
    assert said == f"{BRIDGE}, pictures.2.alt: must describe the picture before it is published."
