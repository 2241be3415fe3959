"""What the figure wears and looks like: colours as data, every contour at least 5:1 against the white page.

The shirt is clearly lighter than the trousers, so that a grey copy still tells them apart. Far limbs are darker.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Hair = Literal["short", "bun", "scarf"]


@dataclass(frozen=True, slots=True)
class Cloth:
    """Colours as "#rrggbb": `near` and `far` fill the two sides of the body, `contour` goes round both."""

    near: str
    far: str
    contour: str


@dataclass(frozen=True, slots=True)
class Look:
    skin: Cloth
    shirt: Cloth
    trousers: Cloth
    style: Hair
    hair: Cloth


_SHIRT: Final = Cloth("#5AB5C1", "#3F96A3", "#0B3F4A")
_TROUSERS: Final = Cloth("#3A4A58", "#283540", "#161F27")

LOOKS: Final = MappingProxyType(
    {
        "a": Look(
            Cloth("#E3B08C", "#C88F69", "#7A4A2C"), _SHIRT, _TROUSERS, "short", Cloth("#3B2A22", "#3B2A22", "#1F1510")
        ),
        "b": Look(
            Cloth("#9A6444", "#7F4F33", "#3D2213"), _SHIRT, _TROUSERS, "bun", Cloth("#1E1715", "#1E1715", "#0E0A09")
        ),
        "c": Look(
            Cloth("#F0C9AE", "#D9A988", "#855439"), _SHIRT, _TROUSERS, "short", Cloth("#A3ACB1", "#A3ACB1", "#4A5359")
        ),
        "d": Look(
            Cloth("#C78F66", "#A9744E", "#57351F"), _SHIRT, _TROUSERS, "scarf", Cloth("#7A67A0", "#7A67A0", "#35284F")
        ),
    }
)

INK: Final = "#16242E"
WHITE: Final = "#fff"
MAT: Final = "#CFE3E6"
PILLOW: Final = "#EEF3F4"
MOVE: Final = "#B3390B"
FEEL: Final = "#FFC542"
EYE: Final = "#22170F"


def contrast(colour: str, other: str) -> float:
    """Contrast of two "#rrggbb" colours, 1 to 21, by the formula of WCAG 2.2."""
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
