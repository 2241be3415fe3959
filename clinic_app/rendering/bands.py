"""How wide the cells of a band are: the how band of page 1 and the dose band of a card.

Widths are millimetres, sizes are points. Text is measured, so that the number and its unit stand on one line where
there is room, and the band is as low as it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_app.rendering import fonts
from clinic_app.rendering.layouts import Band

GRID = 180.0
SLACK = 1.02  # kerning is not measured
STEP = 0.5
LINE = 0.42  # millimetres of line height for a point of type, about 1.2 times the size


@dataclass(frozen=True, slots=True)
class Piece:
    """The texts of one cell: a small label, a large word or numbers, a unit beside them, a small line below."""

    label: str
    word: str
    figures: tuple[str, ...]
    between: str
    unit: str
    detail: str


def fits(pieces: Sequence[Piece], sizes: Band) -> bool:
    """Whether the longest words of all cells stand beside each other."""
    return sum(_Box(piece, sizes).narrowest for piece in pieces) <= GRID


def shared(pieces: Sequence[Piece], sizes: Band) -> tuple[float, ...]:
    """Widths that fill the grid.

    Every cell starts as narrow as its longest piece; then the highest cell that can be made lower gets the room for it,
    as long as there is room. What is left over is shared equally.
    """
    boxes = [_Box(piece, sizes) for piece in pieces]
    widths = [box.narrowest for box in boxes]
    while True:
        highest = sorted(range(len(boxes)), key=lambda at: -boxes[at].height(widths[at]))
        room = GRID - sum(widths)
        better = ((at, boxes[at].lower(widths[at], widths[at] + room)) for at in highest)
        step = next(((at, wide) for at, wide in better if wide is not None), None)
        if step is None:
            break
        widths[step[0]] = step[1]
    spare = (GRID - sum(widths)) / len(boxes)
    return tuple(round(wide + spare, 1) for wide in widths)


class _Box:
    """One cell as measured words, to find out how high it is at a width."""

    def __init__(self, piece: Piece, sizes: Band) -> None:
        large = sum(fonts.width(text, 800, sizes.number) for text in (piece.word, *piece.figures))
        between = fonts.width(f" {piece.between} ", 700, sizes.unit) if len(piece.figures) > 1 else 0
        self.unit = [large + between, *_widths(piece.unit, 700, sizes.unit)]
        self.label = _widths(piece.label, 600, sizes.small)
        self.detail = _widths(piece.detail, 400, sizes.small)
        self.sizes = sizes
        self.narrowest = max(*self.unit, *self.label, *self.detail, 0.0) * SLACK + sizes.padding

    def height(self, width: float) -> float:
        sizes = self.sizes
        room = (width - sizes.padding) / SLACK
        small, blank = fonts.width(" ", 400, sizes.small), fonts.width(" ", 700, sizes.unit)
        units = _lines(self.unit[1:], blank, room) if sizes.stacked else _lines(self.unit, blank, room) - 1
        smalls = _lines(self.label, small, room) + _lines(self.detail, small, room)
        return LINE * (sizes.number + units * sizes.unit + smalls * sizes.small)

    def lower(self, width: float, most: float) -> float | None:
        """The least width up to `most` at which the cell is lower than at `width`."""
        now = self.height(width)
        step = width + STEP
        while step <= most:
            if self.height(step) < now:
                return step
            step += STEP
        return None


def _widths(text: str, weight: int, points: float) -> list[float]:
    return [fonts.width(word, weight, points) for word in text.split()]


def _lines(words: Sequence[float], space: float, room: float) -> int:
    lines, used = 0, room + 1
    for word in words:
        if used + space + word > room:
            lines, used = lines + 1, word
        else:
            used += space + word
    return lines
