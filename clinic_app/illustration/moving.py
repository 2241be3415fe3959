"""The frames of an exercise as one moving picture: an SVG document that plays for ever, without a script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from clinic_app.dosage import Side
from clinic_app.illustration.draw import document, draw_parts
from clinic_app.illustration.film import STEPS, Film
from clinic_app.illustration.looks import INK, MAT, Look, the_look
from clinic_app.illustration.nodes import Paint, bar
from clinic_app.illustration.path import number
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.side import is_mirrored, side_shown
from clinic_app.illustration.smil import Moment, Round, Shapeless, animate, due, moved, plain, transformed
from clinic_app.illustration.timing import Timing, timing_of
from clinic_app.illustration.views import points, solve_view

if TYPE_CHECKING:
    from clinic_app.dosage import Dosage
    from clinic_app.illustration.scene import Frame

STAND = 0.35  # seconds at a frame on the way, and at the end of a movement without a hold
FADE = 0.3  # share of a way in which the marks of a frame come or go, and seconds in which the side changes


@dataclass(frozen=True, slots=True)
class Stay:
    """The picture stands at frame `frame` from `start` to `end`, in seconds; `hold` says that it is the exercise's."""

    frame: int
    start: float
    end: float
    hold: bool = False


def moving_of(scenes: Sequence[Scene], dosage: Dosage, look: Look | str = "a") -> str:
    """The moving picture of an exercise as it was prescribed: its times and its side."""
    return moving(scenes, timing_of(dosage, lowers=lowers(scenes)), look, dosage.side)


def moving(scenes: Sequence[Scene], timing: Timing, look: Look | str = "a", wanted: Side | None = None) -> str:
    """One SVG document: from the first frame to the others, hold, back, rest, for ever.

    `wanted` is the prescribed side; the frames are mirrored together by the rule of `side`. Where the sides alternate,
    every second round is mirrored. Marks are seen at the frames that have them. One frame alone stands still.

    Raises:
        ValueError: there is no frame, or the frames do not belong together.
        KeyError: there is no such look.
    """
    if not scenes:
        raise ValueError("A moving picture needs a frame.")
    worn = the_look(look)
    mirrored = is_mirrored(scenes, wanted)
    stays = timeline(scenes, timing)
    whole = stays[-1].end
    of = Round(whole, tuple((stay.end / whole, after.start / whole) for stay, after in pairwise(stays)))
    if len(scenes) == 1:
        return document(scenes[0].frame, _still(scenes[0], worn), mirrored=mirrored)
    try:
        drawing = _film(scenes, stays, of, worn)
    except Shapeless:
        drawing = _dissolving(scenes, stays, of, worn)
    clock = _bar(scenes[0].frame, stays, of) if timing.has_bar else ""
    if timing.alternates and wanted in (None, Side.ALTERNATE) and any(side_shown(scene) for scene in scenes):
        drawing = _alternating(scenes[0].frame, drawing, of)
    frame = document(scenes[0].frame, drawing, mirrored=mirrored)
    return frame.replace("</svg>", f"{clock}</svg>") if clock else frame


def lowers(scenes: Sequence[Scene]) -> bool:
    """Whether the body goes down from the first frame to the last one."""
    first, last = (points(solve_view(scene)).values() for scene in (scenes[0], scenes[-1]))
    return sum(y for _, y in last) > sum(y for _, y in first)


def timeline(scenes: Sequence[Scene], timing: Timing) -> list[Stay]:
    """Where the picture stands and when; between two stays it moves. The last stay is the first one again.

    A frame that lies on the way to the last one (leaning forward to stand up) is passed there and back. Any other is
    an end of its own (the cat before the cow): each is held, and the way back is straight.
    """
    order, ends = _order(scenes)
    ways = [_distance(scenes[a], scenes[b]) for a, b in pairwise(order)]
    turn = order.index(len(scenes) - 1)
    out, back = sum(ways[:turn]) or 1.0, sum(ways[turn:]) or 1.0
    now = timing.pause / 2
    stays = [Stay(0, 0.0, now)]
    for i, (way, frame) in enumerate(zip(ways, order[1:], strict=True)):
        if len(ends) > 1:
            now += timing.out if i < turn else timing.back
        else:
            now += max(STAND, timing.out * way / out if i < turn else timing.back * way / back)
        held = frame in ends
        stand = max(timing.hold, STAND) if held else timing.pause / 2 if frame == 0 else STAND
        stays.append(Stay(frame, now, now + stand, hold=held))
        now += stand
    return stays


def _order(scenes: Sequence[Scene]) -> tuple[list[int], set[int]]:
    """The frames in the order in which they are visited, and which of them are ends of the movement."""
    last = len(scenes) - 1
    ends = {
        i
        for i in range(1, last)
        if _distance(scenes[i - 1], scenes[i]) + _distance(scenes[i], scenes[i + 1])
        > 1.5 * _distance(scenes[i - 1], scenes[i + 1])
    } | {last}
    out = list(range(last + 1))
    return (out + out[-2::-1] if len(ends) == 1 else [*out, 0]), ends


def _distance(start: Scene, end: Scene) -> float:
    """How far the joints of two frames are from each other, on the average."""
    first, last = points(solve_view(start)), points(solve_view(end))
    return sum(math.dist(first[name], last[name]) for name in first) / len(first)


def _film(scenes: Sequence[Scene], stays: Sequence[Stay], of: Round, look: Look) -> str:
    """Every node of the picture at all moments, from back to front."""
    film = Film(scenes, look)
    found: list[tuple[float, list[str]]] = []
    for stay, after in pairwise(stays):
        found.append((stay.start, film.at(stay.frame, stay.frame, 0)))
        for step in range(STEPS):
            moment = stay.end + (after.start - stay.end) * due(step / STEPS)
            found.append((moment, film.at(stay.frame, after.frame, step)))
    found += [(moment, film.at(0, 0, 0)) for moment in (stays[-1].start, stays[-1].end)]
    if len({len(nodes) for _, nodes in found}) > 1:
        raise Shapeless("a picture has more nodes than another")
    drawing = ""
    for i, owner in enumerate(film.owners):
        seen = "" if owner is None else _seen(owner, stays, of)
        drawing += moved([(moment / of.seconds, nodes[i]) for moment, nodes in found], of, seen)
    return drawing


def _seen(frame: int, stays: Sequence[Stay], of: Round) -> str:
    """A mark comes shortly before its frame is reached and goes when it is left."""
    values: list[Moment] = []
    for stay, after in pairwise(stays):
        here, there = ("1" if each.frame == frame else "0" for each in (stay, after))
        way = (after.start - stay.end) * FADE
        values += [(stay.start, here), (stay.end, here)]
        if here != there:
            values.append((stay.end + way, "0") if here == "1" else (after.start - way, "0"))
    values += [(at, "1" if frame == stays[-1].frame else "0") for at in (stays[-1].start, stays[-1].end)]
    return animate("opacity", plain([(at / of.seconds, value) for at, value in values]), of)


def _dissolving(scenes: Sequence[Scene], stays: Sequence[Stay], of: Round, look: Look) -> str:
    """Frames that have not the same parts fade into each other."""
    drawing = ""
    for i, scene in enumerate(scenes):
        values: list[Moment] = []
        for stay, after in pairwise(stays):
            here, there = ("1" if each.frame == i else "0" for each in (stay, after))
            values += [(stay.start, here), (stay.end, here)]
            if here != there:
                values += [(stay.end + (after.start - stay.end) * 0.35, here)]
                values += [(stay.end + (after.start - stay.end) * 0.65, there)]
        values += [(at, "1" if i == 0 else "0") for at in (stays[-1].start, stays[-1].end)]
        fade = animate("opacity", plain([(at / of.seconds, value) for at, value in values]), of)
        drawing += f'<g opacity="{1 if i == 0 else 0}">{fade}{_still(scene, look)}</g>'
    return drawing


def _still(scene: Scene, look: Look) -> str:
    return "".join(part.node for part in draw_parts(scene, solve_view(scene), look))


def _alternating(frame: Frame, drawing: str, of: Round) -> str:
    """Every second round is the mirror image. While the side changes, nothing is seen, so that nobody jumps round."""
    twice = Round(of.seconds * 2)
    share = FADE / of.seconds
    fade = animate("opacity", [(0, "0"), (share, "1"), (1 - share, "1"), (1, "0")], of)
    place = transformed("translate", [(0, "0 0"), (0.5, f"{number(2 * frame.x + frame.width)} 0")], twice, steps=True)
    turn = transformed("scale", [(0, "1 1"), (0.5, "-1 1")], twice, steps=True)
    return f"<g>{place}<g>{turn}<g>{fade}{drawing}</g></g></g>"


def _bar(frame: Frame, stays: Sequence[Stay], of: Round) -> str:
    """A bar that shrinks while the exercise is held, so that one sees how long it still lasts."""
    x, width = frame.x + 2, frame.width - 4
    y = frame.y + frame.height - 1.9
    seen: list[Moment] = [(0, "0")]
    full = f"{number(width)}"
    left: list[Moment] = [(0, full)]
    for stay in stays:
        if stay.hold:
            start, end = stay.start / of.seconds, stay.end / of.seconds
            seen += [(start, "1"), (end, "0")]
            left += [(start, full), (end, "0"), (end, full)]
    left.append((1, full))
    rest = bar(x, y, width, 1.4, 0.7, Paint(INK)).removesuffix("/>")
    return (
        f'<g opacity="0">{animate("opacity", seen, of, steps=True)}{bar(x, y, width, 1.4, 0.7, Paint(MAT))}'
        f"{rest}>{animate('width', left, of)}</rect></g>"
    )
