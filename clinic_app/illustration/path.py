"""Path data for SVG: short numbers, relative steps, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from clinic_app.illustration.geometry import Knot, Point


def number(value: float) -> str:
    """One decimal at most, no leading zero, never "-0"."""
    text = f"{value:.1f}".removesuffix(".0")
    if text == "-0":
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(values: Sequence[float]) -> str:
    """Numbers of a path, with a space only where the next one would run into the one before."""
    text = last = ""
    for value in values:
        part = number(value)
        runs_on = part.startswith("-") or (part.startswith(".") and "." in last)
        text += part if not text or runs_on else f" {part}"
        last = part
    return text


class Pen:
    """Writes relative path commands and keeps the rounded position, so that rounding never adds up."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._x = 0.0
        self._y = 0.0

    def move(self, to: Point) -> Pen:
        return self._write("M", (to,), relative=False)

    def line(self, to: Point) -> Pen:
        return self._write("l", (to,))

    def curve(self, first: Point, second: Point, to: Point) -> Pen:
        return self._write("c", (first, second, to))

    def close(self) -> Pen:
        self._parts.append("z")
        return self

    def data(self) -> str:
        return "".join(self._parts)

    def _write(self, command: str, points: tuple[Point, ...], *, relative: bool = True) -> Pen:
        ends = [(round(x, 1), round(y, 1)) for x, y in points]
        base = (self._x, self._y) if relative else (0.0, 0.0)
        self._parts.append(
            command + numbers([part - start for end in ends for part, start in zip(end, base, strict=True)])
        )
        self._x, self._y = ends[-1]
        return self


def smooth(knots: Sequence[Knot], *, closed: bool, pen: Pen | None = None) -> Pen:
    """A curve through all knots; handles are a third of each chord, so that uneven steps never overshoot.

    The commands follow from the number of knots and their corners alone and never from where the knots are, so that
    two outlines of one part can be changed into each other.
    """
    pen = pen or Pen()
    ends = [*knots, knots[0]] if closed else list(knots)
    pen.move((knots[0].x, knots[0].y))
    for i, (a, b) in enumerate(pairwise(ends)):
        before = _neighbour(knots, i - 1, closed=closed)
        after = _neighbour(knots, i + 2, closed=closed)
        if a.corner and b.corner:
            pen.line((b.x, b.y))
            continue
        out = _heading(None if a.corner else before, a, b)
        into = _heading(a, b, None if b.corner else after)
        third = math.dist((a.x, a.y), (b.x, b.y)) / 3
        pen.curve(
            (a.x + out[0] * third, a.y + out[1] * third),
            (b.x - into[0] * third, b.y - into[1] * third),
            (b.x, b.y),
        )
    return pen.close() if closed else pen


def _neighbour(knots: Sequence[Knot], index: int, *, closed: bool) -> Knot | None:
    if closed:
        return knots[index % len(knots)]
    return knots[index] if 0 <= index < len(knots) else None


def _heading(before: Knot | None, at: Knot, after: Knot | None) -> Point:
    """The direction of the curve at `at`, as a vector of length 1."""
    start, end = before or at, after or at
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    return (dx / length, dy / length)
