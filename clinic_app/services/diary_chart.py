"""The diary as a drawing: numbers in, places and shapes out. A template writes them as SVG.

Both charts share one row of days, so that they can stand one above the other. All lengths are units of the drawing;
on a screen of 768 px one unit is a little less than a pixel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from clinic_app.rendering.dates import MONTHS, WEEKDAYS

LEFT = 176.0  # where the first day begins; names stand before it
STEP = 22.0  # from day to day, and from row to row in the chart of exercises
ROW = 26.0
HEAD = 50.0  # month, weekday, number
LONGEST_NAME = 25  # letters
PAIN_MOST = 10
PAIN_STEP = 15.0  # one point of pain
APART = 3.5  # before stands left of the middle of its day, after right of it
NUMBER_ABOVE, NUMBER_BELOW = 8.0, 16.0


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    words: str
    whole: str = ""  # the words before they were cut


@dataclass(frozen=True, slots=True)
class Box:
    """The middle of a cell, and which shape stands there."""

    x: float
    y: float
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The days above a chart. `weeks` are the places of the lines before each Monday."""

    months: tuple[Label, ...]
    weekdays: tuple[Label, ...]
    numbers: tuple[Label, ...]
    weeks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DaysChart:
    width: float
    height: float
    heads: Heads
    names: tuple[Label, ...]
    boxes: tuple[Box, ...]
    editions: tuple[Label, ...]  # where an edition begins


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    pain: int
    number_y: float


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class PainChart:
    """`scale` holds the numbers at the left, `asked_at` the height from which pain is the clinic's to know."""

    width: float
    height: float
    heads: Heads
    scale: tuple[Label, ...]
    asked_at: float
    before: tuple[Dot, ...]
    after: tuple[Dot, ...]
    before_lines: tuple[Line, ...]
    after_lines: tuple[Line, ...]


def days_chart(
    days: Sequence[date],
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    editions: Mapping[date, int],
) -> DaysChart:
    """`rows`: a name and for each day its state and its words. `editions`: the day one begins -> its number."""
    top = HEAD + (ROW if editions else 0)
    boxes = tuple(
        Box(_middle(column), top + (number + 0.5) * ROW, state, words)
        for number, (_, cells) in enumerate(rows)
        for column, (state, words) in enumerate(cells)
    )
    return DaysChart(
        width=_width(days),
        height=top + ROW * len(rows) + 6,
        heads=heads(days),
        names=tuple(Label(0, top + (number + 0.5) * ROW, _short(name), name) for number, (name, _) in enumerate(rows)),
        boxes=boxes,
        editions=tuple(
            Label(LEFT + days.index(day) * STEP, HEAD + ROW / 2, f"Edition {edition}")
            for day, edition in editions.items()
            if day in days
        ),
    )


def pain_chart(
    days: Sequence[date], before: Sequence[int | None], after: Sequence[int | None], threshold: int
) -> PainChart:
    """Pain from 0 to 10 for each day, or None where none was written. A line joins neighbouring days only.

    Raises:
        ValueError: if there is not one value for each day.
    """
    first = _dots(days, before, after, -APART)
    second = _dots(days, after, before, APART)
    return PainChart(
        width=_width(days),
        height=_height(0) + NUMBER_BELOW + 6,
        heads=heads(days),
        scale=tuple(Label(LEFT - 10, _height(pain), str(pain)) for pain in range(0, PAIN_MOST + 1, 2)),
        asked_at=_height(threshold),
        before=first,
        after=second,
        before_lines=_lines(first),
        after_lines=_lines(second),
    )


def heads(days: Sequence[date]) -> Heads:
    return Heads(
        months=tuple(
            Label(LEFT + column * STEP + 3, 11, MONTHS[day.month - 1])
            for column, day in enumerate(days)
            # The name needs three columns: the end of a month at the left edge goes without.
            if day.day == 1 or (column == 0 and all(each.day != 1 for each in days[1:4]))
        ),
        weekdays=tuple(Label(_middle(column), 28, WEEKDAYS[day.weekday()]) for column, day in enumerate(days)),
        numbers=tuple(Label(_middle(column), 43, str(day.day)) for column, day in enumerate(days)),
        weeks=tuple(LEFT + column * STEP for column, day in enumerate(days) if day.weekday() == 0),
    )


def _dots(
    days: Sequence[date], pain: Sequence[int | None], other: Sequence[int | None], shift: float
) -> tuple[Dot, ...]:
    """The number stands on the side of the dot where the other dot of that day is not."""
    found = []
    for column, (_, value, beside) in enumerate(zip(days, pain, other, strict=True)):
        if value is not None:
            y = _height(value)
            above = beside is None or value > beside or (value == beside and shift > 0)
            found.append(Dot(_middle(column) + shift, y, value, y - NUMBER_ABOVE if above else y + NUMBER_BELOW))
    return tuple(found)


def _lines(dots: Sequence[Dot]) -> tuple[Line, ...]:
    return tuple(Line(a.x, a.y, b.x, b.y) for a, b in pairwise(dots) if b.x - a.x < 1.5 * STEP)


def _middle(column: int) -> float:
    return LEFT + (column + 0.5) * STEP


def _height(pain: int) -> float:
    return HEAD + 20 + (PAIN_MOST - pain) * PAIN_STEP


def _width(days: Sequence[date]) -> float:
    return LEFT + STEP * len(days)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
