"""When a moving picture stands at which of its frames, and when it is on its way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from clinic_app.illustration.smil import Moment, Round, animate, plain
from clinic_app.illustration.views import points, solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene
    from clinic_app.illustration.timing import Timing

STAND = 0.35  # seconds at a frame on the way, and at the end of a movement without a hold
FADE = 0.3  # share of a way in which the marks of a frame come or go


@dataclass(frozen=True, slots=True)
class Stay:
    """The picture stands at frame `frame` from `start` to `end`, in seconds; `hold` says that it is the exercise's."""

    frame: int
    start: float
    end: float
    hold: bool = False


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


def round_of(stays: Sequence[Stay]) -> Round:
    """One round of the animation, with what lies between the stays as its ways."""
    whole = stays[-1].end
    return Round(whole, tuple((stay.end / whole, after.start / whole) for stay, after in pairwise(stays)))


def seen_at(frame: int, stays: Sequence[Stay], of: Round) -> str:
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
