"""What a card shows beside the exercise's own words: its tag, and the dose band with cells as wide as their text needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinic_app.dosage.band import Cell, cells
from clinic_app.dosage.sentence import beside_the_band
from clinic_app.rendering import fonts
from clinic_app.rendering.content import ChangeKind, Exercise, Handout
from clinic_app.rendering.page_one import TAGS, change_line

GRID = 180.0  # millimetres
CELL_PADDING = 5.4  # left, right and the dividing line
NUMBER_POINTS, UNIT_POINTS, SMALL_POINTS = 33, 16, 13
NAME_POINTS, TAG_POINTS = 22, 13
TAG_PADDING = 5.6
NUMBER_COLUMN = 13.4
SLACK = 1.02  # kerning is not measured
STEP = 0.5
SMALL_LINE, UNIT_LINE, NUMBER_LINE = 5.3, 7.0, 12.0  # millimetres, as in the style sheet
HOW_OFTEN = 2  # the place of that cell in the band
LONGEST_DETAIL = 48.0


@dataclass(frozen=True, slots=True)
class CellView:
    """A dose cell and its width in millimetres."""

    label: str
    figures: tuple[str, ...]
    between: str
    word: str
    unit: str
    detail: str
    width: float


@dataclass(frozen=True, slots=True)
class Card:
    """`group` is set where a new group starts; `level` is the heading level of the name.

    `tag_width` (millimetres) is set if the tag fits beside the name, else the tag has a line of its own.
    """

    number: int
    exercise: Exercise
    group: str
    level: int
    tag: str
    tag_width: float | None
    cells: tuple[CellView, ...]
    beside: str
    easier: str


def cards(handout: Handout) -> tuple[Card, ...]:
    """The cards in order."""
    found = []
    group = ""
    for number, exercise in enumerate(handout.exercises, start=1):
        starts = exercise.group if exercise.group != group else ""
        group = exercise.group
        tag = _tag(handout, exercise)
        band, beside = _dose(exercise, handout.language)
        found.append(
            Card(
                number=number,
                exercise=exercise,
                group=starts,
                level=3 if group else 2,
                tag=tag,
                tag_width=_tag_width(tag, exercise.name),
                cells=dose_cells(band),
                beside=beside,
                easier=exercise.easier.removeprefix("Easier:").strip(),
            )
        )
    return tuple(found)


def _dose(exercise: Exercise, language: str) -> tuple[tuple[Cell, ...], str]:
    """The band, and the sentences it has no room for; a short one ("Do it for 6 weeks.") goes under how often."""
    band = cells(exercise.dosage, exercise.body_part, language)
    beside = beside_the_band(exercise.dosage, exercise.body_part, language)
    often = band[HOW_OFTEN]
    if beside and not often.detail and fonts.width(beside[-1], 400, SMALL_POINTS) <= LONGEST_DETAIL:
        band = (*band[:HOW_OFTEN], replace(often, detail=beside[-1]), *band[HOW_OFTEN + 1 :])
        beside = beside[:-1]
    return band, " ".join(beside)


def dose_cells(band: tuple[Cell, ...]) -> tuple[CellView, ...]:
    """Cells that fill the grid, with the room shared so that the band is as low as it can be.

    Every cell starts as narrow as its longest piece; then the highest cell gets the room for one line less, as long as
    there is room. What is left over is shared equally.
    """
    boxes = [_Box(cell) for cell in band]
    widths = [box.narrowest for box in boxes]
    while True:
        heights = [box.height(wide) for box, wide in zip(boxes, widths, strict=True)]
        tallest = heights.index(max(heights))
        better = boxes[tallest].lower(widths[tallest], GRID - sum(widths) + widths[tallest])
        if better is None:
            break
        widths[tallest] = better
    spare = (GRID - sum(widths)) / len(band)
    return tuple(box.view(wide + spare) for box, wide in zip(boxes, widths, strict=True))


class _Box:
    """One dose cell as pieces of measured text, to find out how high it is at a width."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.figures = tuple(str(number) for number in cell.numbers)
        large = sum(fonts.width(text, 800, NUMBER_POINTS) for text in (cell.word, *self.figures))
        self.amount = large + (fonts.width(f" {cell.between} ", 700, UNIT_POINTS) if cell.between else 0)
        words = (*_widths(cell.label, 600, SMALL_POINTS), *_widths(cell.detail, 400, SMALL_POINTS))
        self.narrowest = max(self.amount, *_widths(cell.unit, 700, UNIT_POINTS), *words, 0) * SLACK + CELL_PADDING

    def height(self, width: float) -> float:
        room = (width - CELL_PADDING) / SLACK
        unit = [self.amount, *_widths(self.cell.unit, 700, UNIT_POINTS)]
        space = fonts.width(" ", 700, UNIT_POINTS)
        small = fonts.width(" ", 400, SMALL_POINTS)
        lines = _lines(_widths(self.cell.label, 600, SMALL_POINTS), small, room) * SMALL_LINE
        lines += NUMBER_LINE + (_lines(unit, space, room) - 1) * UNIT_LINE
        return lines + _lines(_widths(self.cell.detail, 400, SMALL_POINTS), small, room) * SMALL_LINE

    def lower(self, width: float, most: float) -> float | None:
        """The least width up to `most` at which the cell is lower than at `width`."""
        now = self.height(width)
        step = width + STEP
        while step <= most:
            if self.height(step) < now:
                return step
            step += STEP
        return None

    def view(self, width: float) -> CellView:
        cell = self.cell
        return CellView(cell.label, self.figures, cell.between, cell.word, cell.unit, cell.detail, round(width, 1))


def _widths(text: str, weight: int, points: float) -> list[float]:
    return [fonts.width(word, weight, points) for word in text.split()]


def _lines(words: list[float], space: float, room: float) -> int:
    lines, used = 0, room + 1
    for word in words:
        if used + space + word > room:
            lines, used = lines + 1, word
        else:
            used += space + word
    return lines


def _tag(handout: Handout, exercise: Exercise) -> str:
    lines = [
        change_line(change, handout.exercises)
        for change in handout.changes
        if change.exercise == exercise.slug and change.kind is not ChangeKind.STOPPED
    ]
    if not lines:
        return ""
    if any(line.tag == TAGS[ChangeKind.NEW] for line in lines):
        return TAGS[ChangeKind.NEW]
    parts = [line.now + (f" (was {line.was})" if line.was else "") for line in lines if line.now]
    return f"{lines[0].tag}: {'; '.join(parts)}" if parts else lines[0].tag


def _tag_width(tag: str, name: str) -> float | None:
    if not tag:
        return None
    wide = fonts.width(tag, 700, TAG_POINTS) * 1.02 + TAG_PADDING
    room = GRID - NUMBER_COLUMN - fonts.width(name, 800, NAME_POINTS) * 1.02 - 3
    return round(wide, 1) if wide <= room else None
