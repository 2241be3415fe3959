"""The trunk of a figure seen from the side: from the hips through the spine to the head, and where the hips are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, between, step
from clinic_app.illustration.side_reading import Reading


@dataclass(frozen=True, slots=True)
class Spine:
    """Directions towards the head, in degrees."""

    turn: int
    pelvis: float
    lumbar: float
    thorax: float
    neck: float
    head: float

    @property
    def headwards(self) -> int:
        """+1 where the head lies to the right of the hips, else -1."""
        return -1 if math.cos(math.radians(self.thorax)) < 0 else 1


@dataclass(frozen=True, slots=True)
class Trunk:
    """The trunk at its place."""

    spine: Spine
    hip: Point
    waist: Point
    ribs: Point
    shoulder: Point
    neck: Point
    crown_base: Point
    head: Point

    @property
    def thorax_angle(self) -> float:
        return self.spine.thorax

    @property
    def head_angle(self) -> float:
        return self.spine.head

    @property
    def headwards(self) -> int:
        return self.spine.headwards

    @property
    def low_back(self) -> Point:
        return between(self.waist, self.ribs, 0.5)


def spine_of(said: Reading) -> Spine:
    """Bending forward turns every part of the spine to the front."""
    lumbar = said.pelvis_angle - said.turn * said.angle("lumbar")
    thorax = lumbar - said.turn * said.angle("thoracic")
    neck = thorax - said.turn * said.angle("neck")
    return Spine(said.turn, said.pelvis_angle, lumbar, thorax, neck, neck - said.turn * said.angle("head"))


def trunk_at(hip: Point, spine: Spine) -> Trunk:
    waist = step(hip, spine.pelvis, body.PELVIS)
    ribs = step(waist, spine.lumbar, body.LUMBAR)
    neck = step(ribs, spine.thorax, body.THORAX)
    crown_base = step(neck, spine.neck, body.NECK)
    head = step(crown_base, spine.head, body.HEAD)
    level = step(ribs, spine.thorax, body.THORAX * body.SHOULDER_ALONG)
    shoulder = step(level, spine.thorax + 90 * spine.turn, body.SHOULDER_BACK)
    return Trunk(spine, hip, waist, ribs, shoulder, neck, crown_base, head)
