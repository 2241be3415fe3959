"""The print fonts: found by a private fontconfig file, and asked which letters they have and how wide a text is.

Importing this module points fontconfig at our fonts; every module that imports WeasyPrint imports this one first.
"""

from __future__ import annotations

import os
import warnings
from functools import cache
from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "fonts"
CONFIGURATION = HERE / "fonts.conf"
WEIGHTS = (400, 600, 700, 800)
FILES = (
    *(f"{family}{weight}.ttf" for family in ("Figures", "Text") for weight in WEIGHTS),
    "Noto400.ttf",
    "Noto700.ttf",
)
DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MILLIMETRES_PER_POINT = 25.4 / 72

os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)


@cache
def load() -> None:
    """Load Pango and HarfBuzz with our fonts, once per process.

    Raises:
        RuntimeError: a sentence that says what to install or to build, when a library or a font is missing.
    """
    missing = [name for name in FILES if not (FOLDER / name).is_file()]
    if missing:
        raise RuntimeError(f"Print fonts are missing ({', '.join(missing)}): run python scripts/print_fonts.py")
    advice = f"Printing needs Pango and HarfBuzz. On Debian: apt-get install {DEBIAN_PACKAGES}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # said below in our own words
            from weasyprint.text import ffi  # noqa: PLC0415 - only now may fontconfig start
    except OSError as error:
        raise RuntimeError(advice) from error
    if ffi.harfbuzz_subset is None:
        raise RuntimeError(advice)


@cache
def digest() -> str:
    """SHA-256 (hex) over the bytes of every print font: a part of the key of a finished PDF."""
    total = sha256()
    for name in FILES:
        total.update(name.encode() + sha256((FOLDER / name).read_bytes()).digest())
    return total.hexdigest()


@cache
def letters() -> frozenset[str]:
    """Every character that can be printed in every weight."""
    text = frozenset.intersection(*(frozenset(_font(f"Text{weight}")) for weight in WEIGHTS))
    other = frozenset(_font("Noto400")) & frozenset(_font("Noto700"))
    return frozenset(map(chr, text | other))


def width(text: str, weight: int, points: float) -> float:
    """How wide `text` is on one line, in millimetres, in the fonts of the handout; kerning is left out (below 1 %)."""
    stack = (_font(f"Figures{weight}"), _font(f"Text{weight}"), _font("Noto400" if weight == 400 else "Noto700"))
    units = sum(next((font[ord(sign)] for font in stack if ord(sign) in font), 1000) for sign in text)
    return units / 1000 * points * MILLIMETRES_PER_POINT


@cache
def _font(name: str) -> dict[int, int]:
    """The advance width of every character, in thousandths of the type size."""
    with TTFont(FOLDER / f"{name}.ttf", lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {code: round(metrics[glyph][0] * scale) for code, glyph in font.getBestCmap().items()}
