"""Build the fonts of the printed handout: static TrueType files with one family name per weight.

WeasyPrint mixes up several static weights under one family name, so each weight is a family of its own: "Text 800".
"Figures 800" is Noto Sans with only the space and 0 to 9, and stands first in the style sheet: the zero of Atkinson
Hyperlegible Next is slashed, and a blurred "10" can then look like "18". "Noto 400" and "Noto 700" catch the letters of
other languages in names. The packages cut one font into script files; they are merged here, so that one word with
a letter from another file is still one run of text.

Run `npm ci` first, then `python scripts/print_fonts.py`. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "clinic_app" / "rendering" / "fonts"
ATKINSON = "atkinson-hyperlegible-next"
NOTO = "noto-sans"
WEIGHTS = (400, 600, 700, 800)
FIGURES = " 0123456789"
# Seconds since 1904: 1 January 2026. The real time would give other bytes at every build.
STAMP = 3_850_070_400


def build(packages: Path, target: Path) -> tuple[Path, ...]:
    """Write every font file to `target` and return the paths; raises FileNotFoundError when a package is missing."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for weight in WEIGHTS:
        text = [_source(packages, ATKINSON, script, weight) for script in ("latin", "latin-ext")]
        written.append(_save(_merged(text), f"Text {weight}", target))
        figures = TTFont(_source(packages, NOTO, "latin", weight))
        written.append(_save(_only(figures, FIGURES), f"Figures {weight}", target))
    for weight in (400, 700):
        scripts = ("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese")
        noto = [_source(packages, NOTO, script, weight) for script in scripts]
        written.append(_save(_merged(noto), f"Noto {weight}", target))
    return tuple(written)


def _source(packages: Path, family: str, script: str, weight: int) -> Path:
    path = packages / "@fontsource" / family / "files" / f"{family}-{script}-{weight}-normal.woff2"
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is missing in {packages}: run npm ci first")
    return path


def _merged(sources: Iterable[Path]) -> TTFont:
    """One font with the letters of all `sources`; a letter in two of them is taken from the first."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        seen: set[int] = set()
        for number, source in enumerate(sources):
            font = TTFont(source)
            new = set(font.getBestCmap()) - seen
            seen |= new
            part = Path(folder) / f"{number}.ttf"
            _only(font, "".join(map(chr, sorted(new)))).save(part)
            parts.append(str(part))
        # Hints are dropped with the subset; what the PDF embeds is the outline, the metrics and the kerning.
        return Merger(options=Options(drop_tables=["STAT", "DSIG"])).merge(parts)


def _only(font: TTFont, letters: str) -> TTFont:
    options = SubsetOptions(
        hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], notdef_outline=True
    )
    options.drop_tables += ["STAT", "DSIG"]
    font.flavor = None
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    return font


def _save(font: TTFont, family: str, target: Path) -> Path:
    postscript = family.replace(" ", "")
    names = font["name"]
    licences = {record.nameID: record.toUnicode() for record in names.names if record.nameID in {0, 13, 14}}
    names.names = []
    labels = {1: family, 2: "Regular", 3: postscript, 4: family, 5: "Version 1.0", 6: postscript, **licences}
    for number, label in sorted(labels.items()):
        names.setName(label, number, 3, 1, 0x409)
    # To fontconfig every file is the regular face of its own family, so that no weight is ever made bold by machine.
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b100001) | 0b1000000
    font["head"].macStyle = 0
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = STAMP
    path = target / f"{postscript}.ttf"
    font.save(path, reorderTables=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the fonts of the printed handout.")
    parser.add_argument("--packages", type=Path, default=ROOT / "node_modules")
    parser.add_argument("--target", type=Path, default=TARGET)
    wanted = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for path in build(wanted.packages, wanted.target):
        print(f"{path.name}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
