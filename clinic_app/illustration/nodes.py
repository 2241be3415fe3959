"""SVG nodes as text. Every attribute is a number, path data or a colour of `looks`: nothing from outside gets in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_app.illustration.geometry import Knot, Point
from clinic_app.illustration.path import Pen, number, smooth

CONTOUR = 0.7  # width of the line round every part; half of it lies inside the part

ROOT = ' stroke-width=".7" stroke-linejoin="round"'
"""Attributes of the outermost node, which all parts inherit: said once, a picture is a tenth smaller."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a node is filled and edged, inside a document that begins with `ROOT`; `edge` empty means no line."""

    fill: str
    edge: str = ""
    width: float = CONTOUR
    round_ends: bool = False
    dashes: str = ""

    def attributes(self) -> str:
        text = f' fill="{self.fill}"'
        if self.edge:
            text += f' stroke="{self.edge}"'
            text += f' stroke-width="{number(self.width)}"' if self.width != CONTOUR else ""
        if self.round_ends:
            text += ' stroke-linecap="round"'
        if self.dashes:
            text += f' stroke-dasharray="{self.dashes}"'
        return text


def shape(data: str, paint: Paint) -> str:
    return f'<path d="{data}"{paint.attributes()}/>'


def closed(knots: Sequence[Knot], paint: Paint, *more: Sequence[Knot]) -> str:
    """A part with one contour; each of `more` is an open crease inside it, drawn by the same node."""
    pen = smooth(knots, closed=True)
    for crease in more:
        smooth(crease, closed=False, pen=pen)
    return shape(pen.data(), paint)


def dot(at: Point, radius: float, paint: Paint) -> str:
    return f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}"{paint.attributes()}/>'


def bar(x: float, y: float, width: float, height: float, corner: float, paint: Paint) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        f' rx="{number(corner)}"{paint.attributes()}/>'
    )


def stroke(pen: Pen, edge: str, width: float) -> str:
    return shape(pen.data(), Paint("none", edge, width, round_ends=True))
