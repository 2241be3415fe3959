"""Drawing of the things around the figure: light fills and ink edges, in the same hand as the figure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration.front_props import MatAbove, PillowAbove, WallBehind
from clinic_app.illustration.geometry import Point, direction, step
from clinic_app.illustration.looks import INK, MAT, PILLOW
from clinic_app.illustration.nodes import Paint, bar, dot, shape, stroke
from clinic_app.illustration.path import Pen
from clinic_app.illustration.props import (
    SEAT_HALF,
    AnyProp,
    Ball,
    Bed,
    Chair,
    Cushion,
    Mat,
    Pillow,
    Step,
    Stool,
    Strap,
    Table,
    TowelRoll,
    Wall,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from clinic_app.illustration.scene import Frame

MAT_THICKNESS: Final = 2.6
_FLOOR: Final = 0.9  # width of the floor's line
_EDGE: Final = 0.5
WOOD: Final = "#EBDCC3"
_STONE: Final = "#E3E9EB"
_SHEET: Final = "#DCE7EE"
_RUBBER: Final = "#D8B7D3"
_WEBBING: Final = "#F2E2A0"
_MARGIN: Final = 1.5  # between a line that goes on and the picture's edge

_WOODEN = Paint(WOOD, INK, _EDGE)
_STRAPS: Final = {"strap": (_WEBBING, 1.3), "towel": (PILLOW, 2.6), "band": (_RUBBER, 1.6)}


def floor_level(props: Iterable[AnyProp]) -> float:
    """y of the upper edge of the floor's line: under the mat, at the feet of a bed, else at 0."""
    level = 0.0
    for prop in props:
        if isinstance(prop, Mat):
            level = max(level, MAT_THICKNESS)
        elif isinstance(prop, Bed):
            level = max(level, prop.drop - prop.top)
    return level


def draw_behind(frame: Frame, props: Sequence[AnyProp]) -> list[str]:
    """The floor and all that stands behind the figure or carries it."""
    nodes = [node for prop in props if not _in_front(prop) for node in _draw(prop, frame)]
    if any(isinstance(prop, MatAbove) for prop in props):
        return nodes  # from above there is no edge of the floor
    level = floor_level(props) + _FLOOR / 2
    floor = Pen().move((frame.x + _MARGIN, level)).line((frame.x + frame.width - _MARGIN, level))
    return [*nodes, stroke(floor, INK, _FLOOR)]


def draw_before(frame: Frame, props: Sequence[AnyProp], places: Mapping[str, Point]) -> list[str]:
    """What covers the figure. `places` are the points of its posture by name, for straps.

    Raises:
        KeyError: a strap names a point that the posture does not have (one from `read_scene` never does).
    """
    nodes = []
    for prop in props:
        if isinstance(prop, Strap):
            nodes += _strap(prop, places)
        elif _in_front(prop):
            nodes += _draw(prop, frame)
    return nodes


def is_held(prop: AnyProp) -> bool:
    """Whether a fist closes round it, so that the nearest arm is drawn over it."""
    return isinstance(prop, Strap) and any(part.endswith("_palm") for part in prop.through)


def _in_front(prop: AnyProp) -> bool:
    return isinstance(prop, Strap) or (isinstance(prop, (Chair, Ball, Stool)) and prop.front)


def _draw(prop: AnyProp, frame: Frame) -> list[str]:
    return _DRAWN[type(prop)](prop, frame)


def _mat(mat: Mat, _frame: Frame) -> list[str]:
    return [bar(mat.start, 0, mat.end - mat.start, MAT_THICKNESS, 1.3, Paint(MAT, INK, _EDGE))]


def _pillow(pillow: Pillow, _frame: Frame) -> list[str]:
    return [bar(pillow.x - 8, -3, 17, 3, 1.5, Paint(PILLOW, INK, _EDGE))]


def _mat_above(mat: MatAbove, _frame: Frame) -> list[str]:
    breadth, length = mat.end - mat.start, mat.lower - mat.upper
    return [bar(mat.start, mat.upper, breadth, length, 2.0, Paint(MAT, INK, _EDGE))]


def _pillow_above(pillow: PillowAbove, _frame: Frame) -> list[str]:
    return [bar(pillow.x - 7.5, pillow.y - 11, 15, 22, 3.5, Paint(PILLOW, INK, _EDGE))]


def _wall_behind(wall: WallBehind, frame: Frame) -> list[str]:
    left, breadth, top = frame.x + _MARGIN, frame.width - 2 * _MARGIN, frame.y + _MARGIN
    return [bar(left, top, breadth, wall.y - top, 1.0, Paint(_STONE, INK, _EDGE))]


def _cushion(cushion: Cushion, _frame: Frame) -> list[str]:
    corner = min(2.2, cushion.height / 2)
    left = cushion.x - cushion.width / 2
    return [bar(left, -cushion.height, cushion.width, cushion.height, corner, Paint(_SHEET, INK, _EDGE))]


def _towel_roll(roll: TowelRoll, _frame: Frame) -> list[str]:
    middle = (roll.x, -roll.lift - roll.radius)
    turns = [step(middle, 400 - 40 * i, roll.radius * (0.15 + 0.06 * i)) for i in range(11)]
    spiral = Pen().move(turns[0])
    for at in turns[1:]:
        spiral.line(at)
    return [dot(middle, roll.radius, Paint(PILLOW, INK, _EDGE)), stroke(spiral, INK, 0.4)]


def _polygons(paint: Paint, *outlines: Sequence[Point]) -> str:
    pen = Pen()
    for first, *rest in outlines:
        pen.move(first)
        for at in rest:
            pen.line(at)
        pen.close()
    return shape(pen.data(), paint)


def _chair(chair: Chair, _frame: Frame) -> list[str]:
    if chair.faces in ("reader", "away"):
        return _chair_end_on(chair)
    ahead = 1 if chair.faces == "right" else -1

    def at(forward: float, up: float) -> Point:
        return (chair.x + ahead * forward, -up)

    seat, top, half = chair.height, chair.height + chair.rise, SEAT_HALF
    rear = [at(-half - 1.4, 0), at(-half + 0.4, seat), at(-half - 2.0, top)]
    back = [*rear, *(at(-x - 2.0, y) for x, y in ((half + 2.0, top), (half - 0.4, seat), (half + 1.4, 0)))]
    front = [at(half - 0.4, 0), at(half - 1.0, seat), at(half - 3.2, seat), at(half - 2.4, 0)]
    rest = [at(-half - x, y) for x, y in ((0.1, top - 14), (1.5, top + 0.6), (4.5, top + 0.6), (3.1, top - 14))]
    return [
        _polygons(_WOODEN, back, front),
        _polygons(_WOODEN, rest),
        bar(chair.x - half - 0.6, -seat, 2 * half + 1.2, 2.4, 1.0, _WOODEN),
    ]


def _chair_end_on(chair: Chair) -> list[str]:
    """From the front or from behind; whose back is towards the reader covers who sits on it (`front`)."""
    seat, top, half = chair.height, chair.height + chair.rise, SEAT_HALF + 3.2  # as broad as hips and both hands
    left, right = chair.x - half, chair.x + half
    posts = [[(x, 0.0), (x, -top), (x + 2, -top), (x + 2, 0.0)] for x in (left, right - 2)]
    return [
        _polygons(_WOODEN, *posts),
        bar(left - 0.4, -top, 2 * half + 0.8, 12, 1.4, _WOODEN),
        bar(left - 0.6, -seat, 2 * half + 1.2, 2.4, 1.0, _WOODEN),
    ]


def _stool(stool: Stool, _frame: Frame) -> list[str]:
    half, seat = SEAT_HALF - 1.5, stool.height
    legs = [
        [
            (stool.x + side * (half + 0.6), 0.0),
            (stool.x + side * (half - 1.6), -seat),
            (stool.x + side * (half - 3.6), -seat),
            (stool.x + side * (half - 1.4), 0.0),
        ]
        for side in (-1, 1)
    ]
    return [_polygons(_WOODEN, *legs), bar(stool.x - half, -seat, 2 * half, 2.6, 1.2, _WOODEN)]


def _wall(wall: Wall, frame: Frame) -> list[str]:
    thick, top = 3.2, frame.y + _MARGIN
    left = wall.x if wall.room == "left" else wall.x - thick
    return [bar(left, top, thick, -top, 0.2, Paint(_STONE, INK, _EDGE))]


def _bed(bed: Bed, _frame: Frame) -> list[str]:
    floor, left, right = bed.drop - bed.top, bed.start, bed.end
    legs = [[(x, floor), (x, -bed.top + 6), (x + 2.4, -bed.top + 6), (x + 2.4, floor)] for x in (left + 2, right - 4.4)]
    inside, under = (left + 0.4, right - 0.4), (-bed.top + 4, -bed.top + 8)
    board = [(inside[0], under[1]), (inside[0], under[0]), (inside[1], under[0]), (inside[1], under[1])]
    return [
        _polygons(_WOODEN, *legs),
        _polygons(_WOODEN, board),
        bar(left, -bed.top, right - left, 5, 2.2, Paint(_SHEET, INK, _EDGE)),
    ]


def _table(table: Table, _frame: Frame) -> list[str]:
    left, right, top = table.start, table.end, -table.height
    legs = [[(x, 0.0), (x, top), (x + 2, top), (x + 2, 0.0)] for x in (left + 2, right - 4)]
    return [_polygons(_WOODEN, *legs), bar(left, top, right - left, 2.6, 0.8, _WOODEN)]


def _step(stair: Step, _frame: Frame) -> list[str]:
    return [bar(stair.start, -stair.height, stair.end - stair.start, stair.height, 0.8, _WOODEN)]


def _ball(ball: Ball, _frame: Frame) -> list[str]:
    middle = (ball.x, -ball.lift - ball.radius)
    shine = Pen().move(step(middle, 165, ball.radius * 0.7))
    shine.curve(*(step(middle, angle, ball.radius * 0.72) for angle in (147, 129, 112)))
    return [dot(middle, ball.radius, Paint(_RUBBER, INK, _EDGE)), stroke(shine, INK, _EDGE)]


def _strap(strap: Strap, places: Mapping[str, Point]) -> list[str]:
    """The same line twice, wide in ink and less wide in its colour: so it has an edge."""
    fill, width = _STRAPS[strap.kind]
    points = [places[name] for name in strap.through]
    if strap.loop is not None:
        line = _loop(points[0], points[-1], strap.loop)
    else:
        line = Pen().move(points[0])
        for at in points[1:]:
            line.line(at)
    return [stroke(line, INK, width + 2 * _EDGE), stroke(line, fill, width)]


def _loop(one: Point, other: Point, radius: float) -> Pen:
    """Round two parts: two straight sides and a half circle round each."""
    along = direction(one, other) if math.dist(one, other) > 0.1 else 0.0
    round_by = radius * 4 / 3  # handles of a half circle drawn by one cubic curve
    pen = Pen().move(step(one, along + 90, radius))
    for there, sign in ((other, 1), (one, -1)):
        side = along + 90 * sign
        ahead = along if sign > 0 else along + 180
        pen.line(step(there, side, radius))
        pen.curve(
            step(step(there, side, radius), ahead, round_by),
            step(step(there, side + 180, radius), ahead, round_by),
            step(there, side + 180, radius),
        )
    return pen.close()


_DRAWN: Final[dict[type, Callable[..., list[str]]]] = {
    Mat: _mat,
    Pillow: _pillow,
    Cushion: _cushion,
    TowelRoll: _towel_roll,
    Chair: _chair,
    Stool: _stool,
    Wall: _wall,
    Bed: _bed,
    Table: _table,
    Step: _step,
    Ball: _ball,
    MatAbove: _mat_above,
    PillowAbove: _pillow_above,
    WallBehind: _wall_behind,
}
