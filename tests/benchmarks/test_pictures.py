"""The benchmark of pictures measures what it says: whole exercises and every size."""

from __future__ import annotations

import pytest

from benchmarks import pictures
from tests.shipped_pictures import NAMES


def test_every_picture_and_every_moving_exercise_is_small_enough() -> None:
    frames, moving = pictures.sizes()
    assert len(frames.sizes) >= len(NAMES)
    assert (frames.verdict, moving.verdict) == ("met", "met")
    assert min(frames.sizes) > 1000


def test_a_picture_that_is_too_large_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.report([pictures.Sizes("a frame", (5, 7), 6)]) == 1
    assert pictures.report([pictures.Sizes("a frame", (5, 6), 6)]) == 0
    said = capsys.readouterr().out
    assert "MISSED" in said
    assert "met" in said


def test_drawing_is_measured_beside_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "ROUNDS", 4)
    compared = pictures.drawing()
    assert len(compared.ours) == len(compared.theirs) == 4
    assert min(compared.ours) > 0
