"""The letters L and R in a drawing, told by their strokes."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

from clinic_app.illustration.looks import INK, WHITE

SVG = "{http://www.w3.org/2000/svg}"


def side_written(strokes: str) -> str:
    """The side that a path of these strokes says: an L has two straight ones and no curve, an R a bowl to the right."""
    if "c" not in strokes:
        down, across = re.findall(r"l(-?[\d.]+) ?(-?[\d.]+)", strokes)
        assert float(down[1]) > 0
        assert float(across[0]) > 0
        return "left"
    bowl = re.search(r"c(-?[\d.]+)", strokes)
    assert bowl
    assert float(bowl[1]) > 0
    return "right"


def sides_written(svg: str) -> set[str]:
    """The sides that the letters of a still or moving picture say."""
    found = set()
    for group in ET.fromstring(svg).iter():
        for badge, letter in pairwise(group):
            is_badge = badge.tag == f"{SVG}circle" and badge.get("fill") == INK and badge.get("stroke") == WHITE
            if is_badge and letter.tag == f"{SVG}path" and letter.get("stroke") == WHITE:
                found.add(side_written(letter.attrib["d"]))
    return found
