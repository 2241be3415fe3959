"""What a card shows beside the exercise's own words: its tag, and the dose band with its widths."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from clinic_app.dosage.band import Cell, cells
from clinic_app.dosage.sentence import beside_the_band
from clinic_app.rendering import fonts
from clinic_app.rendering.bands import Piece, fits, shared
from clinic_app.rendering.content import ChangeKind, Exercise, Handout
from clinic_app.rendering.layouts import STANDARD, Layout, Place
from clinic_app.rendering.page_one import TAGS, change_line

GRID = 180.0  # millimetres
TAG_PADDING = 5.6
NUMBER_COLUMN = 13.4
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

    `tag_width` (millimetres) is set if the tag fits beside the name, else the tag has a line of its own. A `full` card
    has smaller pictures and gaps so that it ends on its page, a `spread` one is too long for that and has its text on
    a page of its own; `narrow` is a band with smaller type.
    """

    number: int
    exercise: Exercise
    group: str
    level: int
    tag: str
    tag_width: float | None
    cells: tuple[CellView, ...]
    narrow: bool
    beside: str
    easier: str
    place: Place
    full: bool
    spread: bool


def cards(
    handout: Handout,
    upright: Collection[str] = (),
    layout: Layout = STANDARD,
    full: Collection[int] = (),
    spread: Collection[int] = (),
) -> tuple[Card, ...]:
    """The cards in order.

    `upright` holds the names of the picture files that are taller than wide, `full` and `spread` the numbers of the
    cards that would not end on their page otherwise.
    """
    found = []
    group = ""
    for number, exercise in enumerate(handout.exercises, start=1):
        starts = exercise.group if exercise.group != group else ""
        group = exercise.group
        tag = tag_of(handout, exercise)
        band, beside = _dose(exercise, handout.language, layout)
        size = _size_that_fits(band, layout)
        found.append(
            Card(
                number=number,
                exercise=exercise,
                group=starts,
                level=3 if group else 2,
                tag=tag,
                tag_width=_tag_width(tag, exercise.name, layout) if layout.tag_beside else None,
                cells=_dose_cells(band, layout, size),
                narrow=size > 0,
                beside=beside,
                easier=exercise.easier.removeprefix("Easier:").strip(),
                place=_place(exercise, upright, layout, full=number in full),
                full=number in full,
                spread=number in spread,
            )
        )
    return tuple(found)


def _place(exercise: Exercise, upright: Collection[str], layout: Layout, *, full: bool) -> Place:
    places = (full and layout.full_places) or layout.places
    many = len(exercise.pictures) > 2
    if all(picture.file in upright for picture in exercise.pictures):
        return places.upright_of_many if many else places.upright
    return places.wide_of_many if many else places.wide


def _dose(exercise: Exercise, language: str, layout: Layout) -> tuple[tuple[Cell, ...], str]:
    """The band, and the sentences it has no room for; a short one ("Do it for 6 weeks.") goes under how often."""
    band = cells(exercise.dosage, exercise.body_part, language)
    beside = beside_the_band(exercise.dosage, exercise.body_part, language)
    often = band[HOW_OFTEN]
    if beside and not often.detail and fonts.width(beside[-1], 400, layout.dose[0].small) <= LONGEST_DETAIL:
        band = (*band[:HOW_OFTEN], replace(often, detail=beside[-1]), *band[HOW_OFTEN + 1 :])
        beside = beside[:-1]
    return band, " ".join(beside)


def _pieces(band: tuple[Cell, ...]) -> list[Piece]:
    return [
        Piece(cell.label, cell.word, tuple(map(str, cell.numbers)), cell.between, cell.unit, cell.detail)
        for cell in band
    ]


def _size_that_fits(band: tuple[Cell, ...], layout: Layout) -> int:
    """The place in `layout.dose` of the largest sizes that fit, else of the smallest."""
    pieces = _pieces(band)
    found = (at for at, sizes in enumerate(layout.dose) if fits(pieces, sizes))
    return next(found, len(layout.dose) - 1)


def _dose_cells(band: tuple[Cell, ...], layout: Layout, size: int) -> tuple[CellView, ...]:
    """The dose band's cells with the widths that make the band as low as it can be."""
    pieces = _pieces(band)
    return tuple(
        CellView(cell.label, cell.figures, cell.between, cell.word, cell.unit, cell.detail, wide)
        for cell, wide in zip(pieces, shared(pieces, layout.dose[size]), strict=True)
    )


def tag_of(handout: Handout, exercise: Exercise) -> str:
    """ "New", "Changed: hold 20 seconds (was 10)", or nothing for an exercise that is as before."""
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


def _tag_width(tag: str, name: str, layout: Layout) -> float | None:
    if not tag:
        return None
    wide = fonts.width(tag, 700, layout.tag) * 1.02 + TAG_PADDING
    room = GRID - NUMBER_COLUMN - fonts.width(name, 800, layout.card_name) * 1.02 - 3
    return round(wide, 1) if wide <= room else None
