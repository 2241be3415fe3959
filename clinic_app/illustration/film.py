"""The drawings of a moving picture: the frames of an exercise and what lies between them, step by step.

A way is worked out in many small steps; `smil` keeps those of them that each attribute needs, so that it is nowhere
further from its way than a line is wide, and the document stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clinic_app.illustration.draw import draw_parts
from clinic_app.illustration.motion import between
from clinic_app.illustration.scene import Marks
from clinic_app.illustration.smil import animate, due, kind_of, moved, split
from clinic_app.illustration.timeline import seen_at
from clinic_app.illustration.views import solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.looks import Look
    from clinic_app.illustration.props import AnyProp
    from clinic_app.illustration.scene import Scene
    from clinic_app.illustration.smil import Round
    from clinic_app.illustration.timeline import Stay

STEPS = 12  # of each way
KEPT = 128  # drawings, of 50 kB each

Owned = tuple[str, int | None]
"""A node, and the frame in which alone it is seen if it is one of its marks."""


@lru_cache(maxsize=KEPT)
def film(scenes: tuple[Scene, ...], stays: tuple[Stay, ...], of: Round, look: Look) -> str:
    """Every node of the picture at all moments, from back to front. The same one is drawn once: it takes 0.1 s.

    While the parts stay the same, they move. Where a way leads to a drawing with other parts (a limb that is seen end
    on is drawn otherwise, a thing stands in one frame only), both have a group, and at that moment one takes over.
    """
    drawn = Film(scenes, look)
    found: list[tuple[float, list[Owned]]] = []
    for stay, after in pairwise(stays):
        found.append((stay.start / of.seconds, drawn.at(stay.frame, stay.frame, 0)))
        for step in range(STEPS):
            moment = stay.end + (after.start - stay.end) * due(step / STEPS)
            found.append((moment / of.seconds, drawn.at(stay.frame, after.frame, step)))
    found += [(moment / of.seconds, drawn.at(0, 0, 0)) for moment in (stays[-1].start, stays[-1].end)]
    kinds = [tuple((kind_of(node), owner) for node, owner in nodes) for _, nodes in found]
    groups = []
    for kind in dict.fromkeys(kinds):
        same = {at: nodes for (at, nodes), each in zip(found, kinds, strict=True) if each == kind}
        at_all = [(at, same[_nearest(same, at)]) for at, _ in found]
        group = ""
        for i, (_, owner) in enumerate(kind):
            seen = "" if owner is None else seen_at(owner, stays, of)
            group += moved([(at, nodes[i][0]) for at, nodes in at_all], of, seen)
        groups.append((group, [each == kind for each in kinds]))
    if len(groups) == 1:
        return groups[0][0]
    return "".join(_in_turn(group, shown, [at for at, _ in found], of) for group, shown in groups)


def _nearest(times: Iterable[float], at: float) -> float:
    return min(times, key=lambda time: abs(time - at))


def _in_turn(group: str, shown: Sequence[bool], times: Sequence[float], of: Round) -> str:
    """A group that is seen while `shown`; it comes and goes half-way between two moments."""
    values = [(0.0, str(int(shown[0])))]
    for (before, after), (was, is_now) in zip(pairwise(times), pairwise(shown), strict=True):
        if was != is_now:
            values.append(((before + after) / 2, str(int(is_now))))
    return f'<g opacity="{values[0][1]}">{animate("opacity", values, of, steps=True)}{group}</g>'


class Film:
    """Draws the frames and what lies between them; each drawing is made once."""

    def __init__(self, scenes: Sequence[Scene], look: Look) -> None:
        self.scenes = scenes
        self.look = look
        self._drawn: dict[tuple[int, int, int], list[Owned]] = {}
        # Arrows and whatever else stands beside the body: (frame, node).
        self._beside = [
            (i, node)
            for i, scene in enumerate(scenes)
            for part in draw_parts(scene, solve_view(scene), look)
            if part.mark not in ("", "feel")
            for node in split(part.node)
        ]

    def at(self, start: int, end: int, step: int) -> list[Owned]:
        """The nodes `step` of STEPS on the way between two frames; the way back is the way out."""
        if start > end:
            start, end, step = end, start, STEPS - step
        if step in (0, STEPS):
            start = end = start if step == 0 else end
            step = 0
        if (start, end, step) not in self._drawn:
            self._drawn[start, end, step] = self._draw(start, end, step / STEPS)
        return self._drawn[start, end, step]

    def _draw(self, start: int, end: int, share: float) -> list[Owned]:
        first, last = self.scenes[start], self.scenes[end]
        scene = replace(first, props=_props(first, last, share), hands=(first if share < 0.5 else last).hands)
        posture = between(first, last, share)
        nodes: list[Owned] = []
        felt = [i for i, each in enumerate(self.scenes) if each.marks.feel]
        for number, i in enumerate(felt or [None]):
            marks = Marks() if i is None else replace(self.scenes[i].marks, arrow=None, hold=False)
            under = 0
            for part in draw_parts(replace(scene, marks=marks), posture, self.look):
                found = split(part.node)
                if part.mark == "feel":
                    nodes[under:under] = [(node, i) for node in found]
                elif number == 0:
                    nodes += [(node, None) for node in found]
                under += len(found)
        nodes += [(node, i) for i, node in self._beside]
        return nodes


def _props(first: Scene, last: Scene, share: float) -> tuple[AnyProp, ...]:
    """Things that stand in both frames; one that moves (a ball) is on its way. Others: those of the nearer frame."""
    if first.props == last.props:
        return first.props
    if [prop.kind for prop in first.props] != [prop.kind for prop in last.props]:
        return (first if share < 0.5 else last).props
    return tuple(_prop(a, b, share) for a, b in zip(first.props, last.props, strict=True))


def _prop(first: AnyProp, last: AnyProp, share: float) -> AnyProp:
    """Its numbers between those of both frames."""
    changed: dict[str, Any] = {}
    for name in (each.name for each in fields(first)):
        start, end = getattr(first, name), getattr(last, name)
        if isinstance(start, float | int) and isinstance(end, float | int) and start != end:
            changed[name] = start + (end - start) * share
    return replace(first, **changed)
