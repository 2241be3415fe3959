"""Colours as "#rrggbb" text: how far apart two are, and shades of one hue that are as light as a drawing needs."""

from __future__ import annotations

import colorsys
import math


def contrast(colour: str, other: str) -> float:
    """Contrast of two "#rrggbb" colours, 1 to 21, by the formula of WCAG 2.2."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 (black) to 1 (white), by WCAG 2.2: what a grey copy keeps of a colour."""
    channels = [part / 255 for part in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def vividness(colour: str) -> float:
    """0 for a grey, 1 for a colour as strong as a screen can show (the saturation of HLS)."""
    return colorsys.rgb_to_hls(*(part / 255 for part in _channels(colour)))[2]


def distance(colour: str, other: str) -> float:
    """How different two colours look beside each other, 0 to 442: their distance in the cube of red, green and blue."""
    return math.dist(_channels(colour), _channels(other))


def shade(colour: str, light: float, vivid: float) -> str:
    """A colour of the same hue with relative luminance `light` (0 to 1) and saturation `vivid` (0 to 1)."""
    hue = colorsys.rgb_to_hls(*(part / 255 for part in _channels(colour)))[0]
    low, high = 0.0, 1.0
    for _ in range(12):  # halves the step each time; after twelve it is finer than one of 256 levels
        middle = (low + high) / 2
        low, high = (low, middle) if luminance(_written(hue, middle, vivid)) > light else (middle, high)
    return _written(hue, low, vivid)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(hue: float, lightness: float, vivid: float) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, lightness, vivid))
