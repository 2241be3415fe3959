"""A drawing as a copier without colour gives it back."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")


def in_grey(svg: str) -> str:
    """The same drawing with each colour turned to the grey of its lightness (luma of ITU-R BT.601, as Pillow's "L")."""
    return _COLOUR.sub(lambda match: _grey(match[0]), svg)


def _grey(colour: str) -> str:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    level = f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}"
    return f"#{3 * level}"
