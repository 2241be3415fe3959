"""The pictures of the catalogue: what drawing one costs, and how large they are. `poses` measures the editor."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import cycle, islice
from statistics import median
from typing import Any

from benchmarks.measure import Comparison, own_cpu
from clinic_app.illustration import LOOKS, Scene, draw_frames, moving_of, read_scene
from clinic_app.illustration.people import look_for
from clinic_app.services.catalogue import poses
from clinic_app.starter.pack import load_pack
from clinic_app.starter.schema import Exercise

ROUNDS = 20
REPEATS = 4
READINGS = 100  # of one pose's JSON: the rival of drawing it, in the same run
LARGEST_FRAME = 6_000  # bytes
LARGEST_EXERCISE = 20_000  # bytes of its moving picture as it is sent, compressed


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of each picture, and at most how many one may have."""

    name: str
    sizes: tuple[int, ...]
    target: int

    @property
    def verdict(self) -> str:
        return "met" if max(self.sizes) <= self.target else "MISSED"


def drawing() -> Comparison:
    """All frames of an exercise read, solved and drawn, beside reading their JSON so many times."""
    ours, theirs = [], []
    for entry, sources in islice(cycle(_drawn()), ROUNDS):
        ours.append(own_cpu(partial(_draw, entry, sources), REPEATS))
        theirs.append(own_cpu(partial(_read, sources), REPEATS))
    return Comparison("reading and drawing an exercise", tuple(ours), tuple(theirs), 8.0)


def milliseconds_a_frame() -> float:
    """CPU of one frame, on average over the catalogue; the middle of three runs."""
    frames = sum(len(sources) for _, sources in _drawn())

    def all_of_them() -> None:
        for entry, sources in _drawn():
            _draw(entry, sources)

    return median(own_cpu(all_of_them, 1) for _ in range(3)) / frames * 1000


def sizes() -> tuple[Sizes, Sizes]:
    """Every frame in every look; every exercise's moving picture, compressed as the server sends it."""
    frames, moving = [], []
    for entry, sources in _drawn():
        scenes = _scenes(sources)
        for look in LOOKS:
            frames += [len(frame.svg.encode()) for frame in draw_frames(scenes, None, look, holds=True)]
        moving.append(len(gzip.compress(moving_of(scenes, entry.dosage, look_for(entry.slug)).encode())))
    return Sizes("a frame", tuple(frames), LARGEST_FRAME), Sizes("a moving exercise", tuple(moving), LARGEST_EXERCISE)


def report(found: Sequence[Sizes]) -> int:
    print(f"{'bytes':40}{'middle':>10}{'largest':>10}{'at most':>10}")
    for each in found:
        print(f"{each.name:40}{median(each.sizes):>10.0f}{max(each.sizes):>10}{each.target:>10}  {each.verdict}")
    return int(any(each.verdict == "MISSED" for each in found))


@cache
def _drawn() -> tuple[tuple[Exercise, tuple[dict[str, Any], ...]], ...]:
    """Every exercise of the pack with the JSON of its poses."""
    found = [(entry, tuple(source for source in poses(entry) if source)) for entry in load_pack().exercises]
    return tuple((entry, sources) for entry, sources in found if len(sources) == len(entry.pictures))


def _scenes(sources: Sequence[dict[str, Any]]) -> list[Scene]:
    return [read_scene(source, "pose") for source in sources]


def _draw(entry: Exercise, sources: Sequence[dict[str, Any]]) -> None:
    draw_frames(_scenes(sources), None, holds=bool(entry.dosage.hold))


def _read(sources: Sequence[dict[str, Any]]) -> None:
    for text in [json.dumps(source) for source in sources]:
        for _ in range(READINGS):
            json.loads(text)
