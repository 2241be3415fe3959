"""What stands on the contact sheet: exercises, their pictures, and how large each is printed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from clinic_app.rendering.pictures import SVG, size

MILLIMETRES_PER_UNIT = 0.62  # a unit is 1/100 of the figure's stature; the standard handout prints 0.56
NOT_DRAWN = (40.0, 30.0)  # millimetres of the empty frame


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """One picture and its words; `svg` is empty where none is drawn yet."""

    letter: str
    caption: str
    alt: str
    svg: str

    @property
    def file(self) -> str:
        return sha256(self.svg.encode()).hexdigest() if self.svg else ""

    @property
    def width(self) -> float:
        """In millimetres on the sheet: all pictures at one scale."""
        return size(self.svg.encode(), SVG)[0] * MILLIMETRES_PER_UNIT if self.svg else NOT_DRAWN[0]

    @property
    def height(self) -> float:
        return size(self.svg.encode(), SVG)[1] * MILLIMETRES_PER_UNIT if self.svg else NOT_DRAWN[1]


@dataclass(frozen=True, slots=True)
class SheetCard:
    """An exercise; `remark` stands behind its name."""

    name: str
    remark: str
    frames: tuple[SheetFrame, ...]
