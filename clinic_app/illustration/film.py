"""The drawings of a moving picture: the frames of an exercise and what lies between them, step by step.

A way is worked out in many small steps; `smil` keeps those of them that each attribute needs, so that it is nowhere
further from its way than a line is wide, and the document stays small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from clinic_app.illustration.draw import draw_parts
from clinic_app.illustration.motion import between
from clinic_app.illustration.scene import Marks
from clinic_app.illustration.smil import Shapeless, split
from clinic_app.illustration.views import solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.looks import Look
    from clinic_app.illustration.props import AnyProp
    from clinic_app.illustration.scene import Scene

STEPS = 12  # of each way


class Film:
    """Draws the frames and what lies between them; each drawing is made once."""

    def __init__(self, scenes: Sequence[Scene], look: Look) -> None:
        self.scenes = scenes
        self.look = look
        self._drawn: dict[tuple[int, int, int], list[str]] = {}
        # Arrows and whatever else stands beside the body: (frame, node).
        self._beside = [
            (i, node)
            for i, scene in enumerate(scenes)
            for part in draw_parts(scene, solve_view(scene), look)
            if part.mark not in ("", "feel")
            for node in split(part.node)
        ]
        self.owners: list[int | None] = []
        """For each node the frame in which alone it is seen, or None."""

    def at(self, start: int, end: int, step: int) -> list[str]:
        """The nodes `step` of STEPS on the way between two frames; the way back is the way out."""
        if start > end:
            start, end, step = end, start, STEPS - step
        if step in (0, STEPS):
            start = end = start if step == 0 else end
            step = 0
        if (start, end, step) not in self._drawn:
            self._drawn[start, end, step] = self._draw(start, end, step / STEPS)
        return self._drawn[start, end, step]

    def _draw(self, start: int, end: int, share: float) -> list[str]:
        first, last = self.scenes[start], self.scenes[end]
        scene = replace(first, props=_props(first, last, share), hands=(first if share < 0.5 else last).hands)
        posture = between(first, last, share)
        nodes: list[tuple[str, int | None]] = []
        felt = [i for i, each in enumerate(self.scenes) if each.marks.feel]
        for number, i in enumerate(felt or [None]):
            marks = Marks() if i is None else Marks(feel=self.scenes[i].marks.feel)
            under = 0
            for part in draw_parts(replace(scene, marks=marks), posture, self.look):
                found = split(part.node)
                if part.mark == "feel":
                    nodes[under:under] = [(node, i) for node in found]
                elif number == 0:
                    nodes += [(node, None) for node in found]
                under += len(found)
        nodes += [(node, i) for i, node in self._beside]
        self.owners = [owner for _, owner in nodes]
        return [node for node, _ in nodes]


def _props(first: Scene, last: Scene, share: float) -> tuple[AnyProp, ...]:
    """Things that stand in both frames; one that moves (a ball) is on its way."""
    if first.props == last.props:
        return first.props
    if [prop.kind for prop in first.props] != [prop.kind for prop in last.props]:
        raise Shapeless("other things stand in the frames")
    return tuple(_prop(a, b, share) for a, b in zip(first.props, last.props, strict=True))


def _prop(first: AnyProp, last: AnyProp, share: float) -> AnyProp:
    """Its numbers between those of both frames."""
    changed: dict[str, Any] = {}
    for name in (each.name for each in fields(first)):
        start, end = getattr(first, name), getattr(last, name)
        if isinstance(start, float | int) and isinstance(end, float | int) and start != end:
            changed[name] = start + (end - start) * share
    return replace(first, **changed)
