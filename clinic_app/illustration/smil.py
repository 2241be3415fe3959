"""Nodes that change over time, as SVG with declared animations (SMIL): only `animate` and `animateTransform`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

CLOSE = 0.25  # 1/100 stature, a third of a contour's width: how far an attribute may be off its way

Moment = tuple[float, str]
"""Share of the whole round (0 to 1) and what is drawn then."""

_NODE = re.compile(r"<(\w+)((?: [\w-]+=\"[^\"]*\")*)/>")
_ATTRIBUTE = re.compile(r" ([\w-]+)=\"([^\"]*)\"")
_TOKEN = re.compile(r"[A-Za-z#]+|-?(?:\d+\.?\d*|\.\d+)")
_TURN = re.compile(r"rotate\(([-\d. ]+)\)")
_SHAPE = frozenset({"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "opacity", "transform"})


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the animation, `seconds` long. `ways`: from when to when something moves, as shares of the round.

    Every way begins and ends softly: after the share t of its time it has come 3t² - 2t³ of the way.
    """

    seconds: float
    ways: tuple[tuple[float, float], ...] = ()

    def attributes(self) -> str:
        return f' dur="{_short(self.seconds, 2)}s" repeatCount="indefinite"'

    def spline(self, start: float, end: float) -> str:
        """How time runs from one moment to another of the same way: a piece of its curve, as a cubic of its own."""
        way = next(((a, b) for a, b in self.ways if a <= start and end <= b), None)
        if way is None or end <= start:
            return "0 0 1 1"
        first, last = ((at - way[0]) / (way[1] - way[0]) for at in (start, end))
        rise = (come(last) - come(first)) / (last - first)
        slopes = [min(1.0, 2 * t * (1 - t) / rise) for t in (first, last)]  # a third of 6t - 6t²
        return f".333 {_short(slopes[0], 2)} .667 {_short(1 - slopes[1], 2)}"


def come(time: float) -> float:
    """The share of a way after the share `time` of its time."""
    return time * time * (3 - 2 * time)


def due(share: float) -> float:
    """The share of a way's time after which `share` of it is done: the inverse of `come`."""
    return 0.5 - math.sin(math.asin(1 - 2 * share) / 3)


class Shapeless(ValueError):
    """Two drawings have not the same nodes, so that one cannot be changed into the other."""


def kind_of(text: str) -> str:
    """What must be the same in two nodes, so that one can be changed into the other: all but numbers."""
    tag, attributes = _read(text)
    said = [f"{name}={_places(value)[0] if name in _SHAPE else value}" for name, value in attributes.items()]
    return " ".join([tag, *said])


def moved(nodes: Sequence[Moment], of: Round, seen: str = "") -> str:
    """One node that is drawn differently at different moments; the first and the last drawing are the same.

    `seen` is the animation of its opacity, if it is seen only at times.

    Raises:
        Shapeless: the drawings are not of one kind: other commands in a path, another fill, other attributes.
    """
    read = [_read(text) for _, text in nodes]
    tag, first = read[0]
    if any(each != tag or attributes.keys() != first.keys() for each, attributes in read):
        raise Shapeless(f"a <{tag}> becomes another node")
    inside = seen
    for name in first:
        values = [(at, attributes[name]) for (at, _), (_, attributes) in zip(nodes, read, strict=True)]
        if all(value == first[name] for _, value in values):
            continue
        if name not in _SHAPE:
            raise Shapeless(f"the {name} of a <{tag}> changes")
        inside += _turned(values, of) if name == "transform" else animate(name, _kept(values, of), of, soft=True)
    said = "".join(f' {name}="{value}"' for name, value in first.items()) + (' opacity="0"' if seen else "")
    return f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"


def animate(name: str, values: Sequence[Moment], of: Round, *, steps: bool = False, soft: bool = False) -> str:
    """Values at moments from 0 to 1. `steps`: each until the next, without a way between them; `soft`: as `Round`."""
    times = ";".join(_short(at, 4) for at, _ in values)
    listed = ";".join(value for _, value in values)
    mode = ' calcMode="discrete"' if steps else ""
    if soft:
        splines = ";".join(of.spline(start, end) for (start, _), (end, _) in pairwise(values))
        mode = f' calcMode="spline" keySplines="{splines}"'
    return f'<animate attributeName="{name}"{of.attributes()}{mode} keyTimes="{times}" values="{listed}"/>'


def transformed(kind: str, values: Sequence[Moment], of: Round, *, steps: bool = False, soft: bool = False) -> str:
    """An `animateTransform` of that kind ("rotate", "translate", "scale")."""
    text = animate("transform", values, of, steps=steps, soft=soft)
    return text.replace("<animate ", "<animateTransform ").replace(' dur="', f' type="{kind}" dur="', 1)


def split(text: str) -> list[str]:
    """The nodes of a drawing, one by one."""
    return [found.group(0) for found in _NODE.finditer(text)]


def _read(text: str) -> tuple[str, dict[str, str]]:
    found = _NODE.fullmatch(text)
    if found is None:
        raise Shapeless("not one plain node")
    attributes = dict(_ATTRIBUTE.findall(found.group(2)))
    if found.group(1) == "ellipse":  # a patch that happens to lie level has no turn
        attributes.setdefault("transform", f"rotate(0 {attributes['cx']} {attributes['cy']})")
    return found.group(1), attributes


def _turned(values: Sequence[Moment], of: Round) -> str:
    """A shape that is the same after half a turn goes the shorter way."""
    found: list[Moment] = []
    before = 0.0
    for at, value in values:
        inside = _TURN.fullmatch(value)
        if inside is None:
            raise Shapeless("a transform is no plain turn")
        angle, *centre = inside.group(1).split(" ")
        turn = before + math.remainder(float(angle) - before, 180) if found else float(angle)
        before = turn
        found.append((at, " ".join([_short(turn, 1), *centre])))
    return transformed("rotate", _kept(found, of), of, soft=True)


def _kept(values: Sequence[Moment], of: Round) -> list[Moment]:
    """The values that are needed: between them the way is straight. A stop keeps its own."""
    places = [_places(value) for _, value in values]
    if len({shape for shape, _ in places}) > 1:
        raise Shapeless("a path gets other commands")
    kept = {0, len(values) - 1}
    for start, end in of.ways:
        inside = [i for i, (at, _) in enumerate(values) if start <= at <= end]
        done = {i: come((values[i][0] - start) / (end - start)) for i in inside}
        kept |= {inside[0], inside[-1]} | _needed(done, [numbers for _, numbers in places], inside[0], inside[-1])
    return plain([values[i] for i in sorted(kept)])


def plain(values: Sequence[Moment]) -> list[Moment]:
    """Without those that say nothing: of three equal values in a row the middle one."""
    last = len(values) - 1
    return [
        each for i, each in enumerate(values) if i in (0, last) or not values[i - 1][1] == each[1] == values[i + 1][1]
    ]


def _needed(done: Mapping[int, float], places: Sequence[Sequence[float]], first: int, last: int) -> set[int]:
    """Indices between first and last that a straight way would miss (Ramer, Douglas and Peucker, along the way)."""
    worst, at = CLOSE, None
    for i in range(first + 1, last):
        share = (done[i] - done[first]) / (done[last] - done[first])
        off = max(abs(a + (c - a) * share - b) for a, b, c in zip(places[first], places[i], places[last], strict=True))
        if off > worst:
            worst, at = off, i
    if at is None:
        return set()
    return {at} | _needed(done, places, first, at) | _needed(done, places, at, last)


def _places(value: str) -> tuple[str, tuple[float, ...]]:
    """The commands of a path and its points in the picture; of any other attribute its numbers."""
    shape, numbers = "", []
    base = [0.0, 0.0]
    command, seen = "", 0
    for token in _TOKEN.findall(value):
        if token.isalpha():
            command, seen = token, 0
            shape += token
            continue
        shape += "#"
        relative = command in ("l", "c")
        numbers.append(float(token) + (base[seen % 2] if relative else 0.0))
        seen += 1
        if seen == {"M": 2, "l": 2, "c": 6}.get(command):
            base, seen = numbers[-2:], 0
    return shape, tuple(numbers)


def _short(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
    text = "0" if text == "-0" else text
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
