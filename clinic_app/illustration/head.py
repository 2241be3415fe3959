"""The head in profile. Drawn upright with the face to the right, the middle of the skull at 0, 0, then turned."""

from __future__ import annotations

import math
import re
from typing import Final

from clinic_app.illustration.geometry import Point
from clinic_app.illustration.looks import EYE, Hair, Look
from clinic_app.illustration.nodes import Paint, dot, shape
from clinic_app.illustration.path import Pen

Strokes = tuple[tuple[str, tuple[Point, ...]], ...]


def _strokes(text: str) -> Strokes:
    """Read "M x,y C ..." once, at import: only the commands M, C and Z, absolute."""
    found = re.findall(r"([MCZ])([^MCZ]*)", text)
    return tuple((command, _points(numbers)) for command, numbers in found)


def _points(text: str) -> tuple[Point, ...]:
    values = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
    return tuple(zip(values[::2], values[1::2], strict=True))


# Forehead, nose, lips, chin, jaw, nape, back of the skull.
_FACE: Final = _strokes(
    "M-4.6,2.9 C-6.3,1 -6.2,-3 -4.2,-5.3 C-1.8,-7.7 2.7,-7.5 4.5,-4.7 C5.1,-3.7 5.2,-2.7 5.1,-1.7"
    "C5.3,-.8 6.3,.4 6.6,1.2 C6.7,1.8 6.1,2 5.6,2 C5.6,2.4 5.9,2.6 5.8,3 C5.7,3.3 5.4,3.3 5.4,3.4"
    "C5.8,3.6 5.8,4.1 5.4,4.4 C5.7,5.2 5.4,6.3 4.3,6.5 C2.9,6.7 1.5,6.1 .6,5.1 C.1,4.4 -.5,3.2 -.9,2.2"
    "C-2,2.5 -3.3,2.8 -4.6,2.9 Z"
)
_HAIR: Final[dict[Hair, Strokes]] = {
    "short": _strokes(
        "M5,-4.4 C3.6,-4.4 2.4,-3.7 1.9,-2.4 C1.5,-1.5 1.6,-.6 1.1,.4 C.5,.5 .1,-.3 -.7,0 C-1.6,.4 -1.5,1.6 -.9,2.4"
        "C-1.3,3.5 -2,4.9 -3.2,5.6 C-5.3,4.7 -6.5,2.4 -6.8,-.3 C-7.1,-3.5 -5.7,-6 -3.5,-7.2"
        "C-.5,-8.9 3.7,-8.4 5.1,-6.1 C5.5,-5.4 5.4,-4.8 5,-4.4 Z"
    ),
    "bun": _strokes(
        "M5,-4.5 C3.3,-4.1 2.1,-3.3 1.6,-2.3 C1.2,-1.4 1.3,-.5 .9,.4 C.4,.5 0,-.2 -.7,0 C-1.5,.4 -1.4,1.5 -1,2.1"
        "C-1.6,2.8 -2.7,3.1 -3.9,3 C-4.3,4.4 -6.1,5.1 -7.5,4.1 C-9,3 -8.7,.8 -7.1,0 C-6.9,-3.5 -5.6,-6 -3.5,-7.2"
        "C-.5,-8.8 3.7,-8.3 5.1,-6 C5.5,-5.3 5.5,-4.9 5,-4.5 Z"
    ),
    "long": _strokes(
        "M5,-4.5 C3.3,-4.1 2.1,-3.3 1.6,-2.3 C1.2,-1.4 1.3,-.5 .9,.4 C.3,2 .2,4 -.3,6 C-.7,7.9 -1.9,9.2 -3.6,9.3"
        "C-5.4,9.3 -6.6,8 -6.9,6 C-7.2,4 -7,2 -7.1,0 C-6.9,-3.5 -5.6,-6 -3.5,-7.2"
        "C-.5,-8.8 3.7,-8.3 5.1,-6 C5.5,-5.3 5.5,-4.9 5,-4.5 Z"
    ),
    "curls": _strokes(
        "M5.2,-4.4 C4.4,-3.2 2.9,-3.6 2.4,-2.5 C2.5,-1 1.2,-.9 1,.4 C.5,.5 .1,-.3 -.7,0 C-1.6,.4 -1.5,1.6 -.9,2.4"
        "C-.4,3.6 -2.1,3.9 -2.2,5.2 C-3.3,6.6 -5,6.3 -5.4,4.9 C-7,4.7 -7.6,3.2 -7,2 C-8.5,1.1 -8.6,-.8 -7.5,-1.8"
        "C-8.5,-3.3 -7.8,-5.2 -6.2,-5.6 C-6,-7.4 -4.2,-8.4 -2.7,-7.7 C-1.6,-9.2 .6,-9.3 1.7,-8.1"
        "C3.2,-8.8 5,-7.9 5.1,-6.5 C5.9,-6 5.9,-4.9 5.2,-4.4 Z"
    ),
    "bald": _strokes(
        "M-.6,-.9 C-1.2,-1.6 -2.4,-1.6 -3,-2.2 C-4.2,-2.7 -5.2,-2.4 -5.8,-1.7 C-6.3,.9 -5.6,3.9 -3.2,5.6"
        "C-2,4.9 -1.3,3.5 -.9,2.4 C-1.5,1.6 -1.6,.4 -.7,0 C-.4,-.2 -.3,-.5 -.6,-.9 Z"
    ),
    "scarf": _strokes(
        "M4.9,-4.4 C3.4,-3.7 2.1,-2 1.9,.4 C1.8,3 2.8,5.2 4.3,6.6 C3.6,8.2 1.5,9.5 -1.5,9.7"
        "C-4.5,9.8 -6.2,8.3 -6.3,6 C-6.4,4.4 -7,2.6 -7.1,.2 C-7.4,-3.7 -5.9,-6.3 -3.6,-7.5"
        "C-.5,-9 3.8,-8.4 5.1,-6.3 C5.5,-5.6 5.4,-4.7 4.9,-4.4 Z M2.9,6 C1,6.9 -1.8,6.6 -3.6,5"
    ),
}
_EAR: Final = _strokes("M-.6,.2 C.5,-.5 1.3,.6 .8,1.5 C.5,2.3 -.3,2.8 -.8,2.2")
_FEATURES: Final = _strokes("M3.4,-1.5 C3.8,-1.9 4.3,-1.9 4.7,-1.6 M5,3.6 C4.7,3.8 4.3,3.8 4,3.5")
_YEARS: Final = _strokes("M3.4,2.1 C3,2.4 2.8,2.8 2.8,3.2 M2.7,-.2 C2.5,-.2 2.3,-.1 2.1,.1")
_EYE: Final = (4.1, -0.1)
_LINE: Final = 0.5


def turned(at: Point, middle: Point, angle: float, turn: int) -> Point:
    """A point of the upright head in the picture: `angle` points from the neck to the crown."""
    radians = math.radians(angle)
    up = (math.cos(radians), -math.sin(radians))
    front = (turn * math.sin(radians), turn * math.cos(radians))
    x, y = at
    return (middle[0] + x * front[0] - y * up[0], middle[1] + x * front[1] - y * up[1])


def draw_head(look: Look, middle: Point, angle: float, turn: int) -> list[str]:
    """Face, hair, ear, brow and mouth, eye: five nodes, four where hair or headscarf cover the ear."""

    def data(strokes: Strokes) -> str:
        pen = Pen()
        for command, points in strokes:
            placed = [turned(point, middle, angle, turn) for point in points]
            if command == "M":
                pen.move(placed[0])
            elif command == "C":
                for i in range(0, len(placed), 3):
                    pen.curve(placed[i], placed[i + 1], placed[i + 2])
            else:
                pen.close()
        return pen.data()

    skin = look.skin
    nodes = [
        shape(data(_FACE), Paint(skin.near, skin.contour, 0.7)),
        shape(data(_HAIR[look.style]), Paint(look.hair.near, look.hair.contour, 0.6)),
        shape(
            data(_FEATURES + _YEARS if look.age == "older" else _FEATURES),
            Paint("none", skin.contour, _LINE, round_ends=True),
        ),
        dot(turned(_EYE, middle, angle, turn), 0.5, Paint(EYE)),
    ]
    if look.style not in {"scarf", "long"}:
        nodes.insert(2, shape(data(_EAR), Paint(skin.near, skin.contour, _LINE)))
    return nodes


def outline_points(middle: Point, angle: float, turn: int) -> list[Point]:
    """Points on the edge of the head, to tell what it touches."""
    hair = [point for _, points in _HAIR["short"] for point in points[2::3]]
    face = [point for _, points in _FACE for point in points[2::3]]
    return [turned(point, middle, angle, turn) for point in (*hair, *face)]
