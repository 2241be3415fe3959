"""The clinic's colour, made dark enough that white text in it, and it on white, can be read."""

from __future__ import annotations

import re

ENOUGH = 7.0  # to 1; WCAG 2.2 success criterion 1.4.6 (AAA), which look.md takes as the floor on paper
STEP = 0.96
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of `colour` ("#rrggbb") against white, 1.0 to 21.0 (WCAG 2.2, relative luminance).

    Raises:
        ValueError: if `colour` is not written as "#rrggbb".
    """
    return 1.05 / (_luminance(_channels(colour)) + 0.05)


def dark_enough(colour: str) -> str:
    """`colour` itself when it reaches 7:1 against white, else the same hue in the first darker step that does."""
    red, green, blue = _channels(colour)
    while 1.05 / (_luminance((red, green, blue)) + 0.05) < ENOUGH:
        red, green, blue = int(red * STEP), int(green * STEP), int(blue * STEP)
    return f"#{red:02X}{green:02X}{blue:02X}"


def deeper(colour: str) -> str:
    """The shade of the identity strip and of hovered buttons: two thirds of the light of `colour`."""
    red, green, blue = (int(channel * 0.74) for channel in _channels(colour))
    return f"#{red:02X}{green:02X}{blue:02X}"


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour such as #0E5A68")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(channels: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
