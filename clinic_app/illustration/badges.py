"""Small signs in free places of a picture: a clock for "hold here", the letter L or R beside the limb at work.

Numbers of seconds belong to the dose and never to a picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration.geometry import Point, between, step
from clinic_app.illustration.looks import INK, WHITE
from clinic_app.illustration.nodes import Paint, dot, stroke
from clinic_app.illustration.path import Pen
from clinic_app.illustration.props import Chair, Wall, back_top
from clinic_app.illustration.views import points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_app.illustration.scene import Frame, Scene
    from clinic_app.illustration.shown_side import SideShown
    from clinic_app.illustration.views import AnyPosture

_CLOCK: Final = 4.0  # radius, 1/100 stature
_LETTER: Final = 3.7
_EDGE: Final = 1.8  # kept free between a sign and the picture's edge
_BESIDE: Final = 9.5  # from the middle of a joint to the middle of its letter
_HEAD: Final = 6.0  # how much further than a limb the head reaches
_ENOUGH: Final = 12.0  # more room than this is no better

_L: Final = ((-1.2, -2.0), (-1.2, 2.0), (1.4, 2.0))
_R_STEM: Final = ((-1.3, 2.1), (-1.3, -2.1))
_R_LEG: Final = ((-0.1, 0.2), (1.5, 2.1))


def draw_clock(scene: Scene, posture: AnyPosture) -> list[str]:
    """The sign "hold here" in a free corner: an upper one if there is room, for things stand on the floor."""
    frame, taken = scene.frame, _taken(scene, posture)
    corners = _corners(frame, _CLOCK)
    upper = [corner for corner in corners[:2] if _room(corner, taken) > _CLOCK + _EDGE]
    at = max(upper or corners, key=lambda corner: _room(corner, taken))
    hands = Pen().move((at[0], at[1] - _CLOCK * 0.62)).line(at).line((at[0] + _CLOCK * 0.42, at[1] + _CLOCK * 0.3))
    return [dot(at, _CLOCK, Paint(WHITE, INK, 0.9)), stroke(hands, INK, 0.9)]


def draw_letter(scene: Scene, posture: AnyPosture, shown: SideShown, *, mirrored: bool) -> list[str]:
    """L or R beside the limb at work. It is drawn upright at its mirrored place, never mirrored itself."""
    limb = "knee", "ankle"
    if scene.marks.label == "arm":
        limb = "elbow", "wrist"
    places, taken = points(posture), _taken(scene, posture)
    beside = [
        step(places[f"{scene.acting_side}_{part}"], angle, _BESIDE) for part in limb for angle in range(0, 360, 30)
    ]
    frame = scene.frame
    inside = [at for at in beside if _is_inside(at, frame, _LETTER)] or list(_corners(frame, _LETTER))
    at = max(inside, key=lambda place: min(_ENOUGH, _room(place, taken)))
    if mirrored:
        at = (2 * frame.x + frame.width - at[0], at[1])
    return [dot(at, _LETTER, Paint(INK, WHITE)), stroke(_letter(shown, at), WHITE, 1.0)]


def _letter(shown: SideShown, at: Point) -> Pen:
    def here(point: Point) -> Point:
        return (at[0] + point[0], at[1] + point[1])

    if shown == "left":
        first, *rest = _L
        pen = Pen().move(here(first))
        for corner in rest:
            pen.line(here(corner))
        return pen
    pen = Pen().move(here(_R_STEM[0])).line(here(_R_STEM[1])).line(here((0.1, -2.1)))
    pen.curve(here((1.9, -2.1)), here((1.9, 0.2)), here((0.1, 0.2)))
    return pen.line(here((-1.3, 0.2))).move(here(_R_LEG[0])).line(here(_R_LEG[1]))


def _corners(frame: Frame, radius: float) -> Sequence[Point]:
    inset = radius + _EDGE
    left, right = frame.x + inset, frame.x + frame.width - inset
    top, bottom = frame.y + inset, min(frame.y + frame.height - inset, -inset)  # above the mat or the floor
    return ((right, top), (left, top), (right, bottom), (left, bottom))


def _is_inside(at: Point, frame: Frame, radius: float) -> bool:
    inset = radius + _EDGE
    return (
        frame.x + inset <= at[0] <= frame.x + frame.width - inset
        and frame.y + inset <= at[1] <= frame.y + frame.height - inset
    )


def _room(at: Point, taken: Iterable[tuple[Point, float]]) -> float:
    return min(math.dist(at, point) - radius for point, radius in taken)


def _taken(scene: Scene, posture: AnyPosture) -> list[tuple[Point, float]]:
    """Points of the figure, its things and its marks, each with how far it reaches."""
    places = points(posture)
    taken = [(at, _HEAD if name == "head" else 0.0) for name, at in places.items()]
    for chain in (
        ("hip", "neck"),
        *((f"{side}_{a}", f"{side}_{b}") for side in _sides(places) for a, b in (("hip", "knee"), ("knee", "ankle"))),
        *(
            (f"{side}_{a}", f"{side}_{b}")
            for side in _sides(places)
            for a, b in (("shoulder", "elbow"), ("elbow", "wrist"))
        ),
    ):
        start, end = (places[name] for name in chain)
        taken += [(between(start, end, share), 0.0) for share in (0.25, 0.5, 0.75)]
    taken += [(at, 0.0) for at in scene.marks.arrow or ()]
    for prop in scene.props:
        if isinstance(prop, Wall):
            taken += [((prop.x, scene.frame.y + up), 0.0) for up in (0.0, scene.frame.height)]
        elif isinstance(prop, Chair):
            taken.append((back_top(prop), 0.0))
    return taken


def _sides(places: Iterable[str]) -> tuple[str, str]:
    return ("near", "far") if "near_knee" in set(places) else ("left", "right")
