"""What holds in each layout, as data: where the safety box stands, how many cards a page has, the sizes of its text.

Lengths are millimetres, sizes of type are points. The style sheets say the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Band:
    """Type and padding in the cells of a band; where it is `stacked`, the unit stands under its number."""

    number: int
    unit: int
    small: int
    padding: float
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Room for one picture: its column, and the largest it can be in there."""

    column: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Places:
    """Of two pictures, and of three or four; `upright` where all of a card are taller than wide."""

    wide: Place
    wide_of_many: Place
    upright: Place
    upright_of_many: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """One folder of `pdf_templates/`.

    `dose` are the sizes of the dose band, the first that fits is taken. `full_places` is the room for pictures on a
    card that would not end on its page; one that still does not has two pages. `question_lines` are to write on; a last
    page that would have little else has `most_question_lines`.
    """

    name: str
    words: str
    safety_page: int  # the box stands whole on this page
    safety_alone: bool  # nothing else stands there
    cards_on_a_page: int
    closing_on_one_page: bool
    question_lines: int
    most_question_lines: int
    pictures_first: bool  # above the steps
    tag_beside: bool  # "New" stands beside the name of the exercise, where there is room
    says_its_name: bool  # at the head of the pages, in the place of the date
    days_in_a_grid: int
    strip_in_a_row: int
    body: int
    small: int
    clinic: int
    card_name: int
    tag: int
    list_columns: int  # of the safety box
    list_width: int  # of one column of two
    contact_beside: bool  # address and phone stand beside the clinic's name, where there is room
    head_width: int
    foot_width: int
    most_lines: int  # of the head, and of the foot; a longer one says less
    how: Band
    dose: tuple[Band, ...]
    places: Places
    full_places: Places | None = None
    safety_gives_way: tuple[Mapping[str, Any], ...] = ()  # changes of `view.Fit`, one after the other


STANDARD = Layout(
    name="standard",
    words="Standard",
    safety_page=1,
    safety_alone=False,
    cards_on_a_page=2,
    closing_on_one_page=True,
    question_lines=2,
    most_question_lines=2,
    pictures_first=False,
    tag_beside=True,
    says_its_name=False,
    days_in_a_grid=14,
    strip_in_a_row=6,
    body=14,
    small=12,
    clinic=19,
    card_name=22,
    tag=13,
    list_columns=2,
    list_width=78,
    contact_beside=True,
    head_width=138,
    foot_width=146,
    most_lines=2,
    how=Band(31, 17, 13, 7.0),
    dose=(Band(33, 16, 13, 5.4),),
    places=Places(
        wide=Place(76, 75.4, 30.9),  # one under the other
        wide_of_many=Place(76, 75.4, 24),
        upright=Place(37.9, 36.7, 61.5),  # side by side
        upright_of_many=Place(25.2, 24.1, 40.4),
    ),
)
# 18 points are the large print of the UK Association for Accessible Formats, and what a patient's record calls large.
LARGE_PRINT = Layout(
    name="large_print",
    words="Large print",
    safety_page=2,
    safety_alone=True,
    cards_on_a_page=1,
    closing_on_one_page=False,
    question_lines=2,
    most_question_lines=9,
    pictures_first=True,
    tag_beside=False,
    says_its_name=True,
    days_in_a_grid=7,
    strip_in_a_row=3,
    body=18,
    small=16,
    clinic=24,
    card_name=30,
    tag=18,
    list_columns=1,
    list_width=76,
    contact_beside=False,
    head_width=140,
    foot_width=140,
    most_lines=1,
    how=Band(44, 20, 18, 7.0, stacked=True),
    dose=(Band(50, 20, 18, 6.4, stacked=True), Band(36, 18, 16, 6.4, stacked=True)),
    places=Places(
        wide=Place(93, 86.4, 40.4),  # two in a row, also of three or four
        wide_of_many=Place(93, 86.4, 37.5),
        upright=Place(62, 43.4, 72.6),
        upright_of_many=Place(46.5, 39.9, 66.8),
    ),
    full_places=Places(
        wide=Place(93, 76, 33),
        wide_of_many=Place(62, 55.4, 24),
        upright=Place(62, 33, 55.2),
        upright_of_many=Place(46.5, 33, 55.2),
    ),
    safety_gives_way=({"list_columns": 2}, {"safety_class": "small-type"}, {"safety_class": "small-type tight"}),
)
LAYOUTS: Mapping[str, Layout] = MappingProxyType({each.name: each for each in (STANDARD, LARGE_PRINT)})
