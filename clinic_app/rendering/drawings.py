"""Drawings that are read and painted once, and kept for every later handout.

WeasyPrint's own image cache would keep each patient's QR code, and with each drawing its whole document, so memory
would grow with every handout; and it paints a drawing again, stroke by stroke, at every use. A `Drawing` takes the
place of its image: it keeps what was painted as PDF operators, and nothing of any document. Only drawings whose paint
needs no other resource than an opacity are kept so; others go WeasyPrint's own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from clinic_app.rendering import fonts, pictures
from clinic_app.rendering.assets import address
from clinic_app.rendering.fetcher import Assets

fonts.load()

import pydyf  # noqa: E402
from weasyprint.images import SVGImage  # noqa: E402 - fontconfig must be set up first

MOST_KEPT = 256
NEEDS_MORE = frozenset(
    {"text", "tspan", "textPath", "image", "style", "foreignObject", "linearGradient", "radialGradient", "pattern"}
    | {"mask", "clipPath", "filter", "marker", "symbol", "use"}
)
_OPACITY = {"a": "ca", "A": "CA"}  # how WeasyPrint names an opacity of a fill and of a stroke: "a0.9", "A0.9"


class Undrawable(Exception):
    """A drawing cannot be painted; WeasyPrint itself would leave it out and only log it."""


def kept(files: Mapping[str, tuple[bytes, str]]) -> dict[str, Any]:
    """A new image cache for one render, with those drawings among `files` that can be kept."""
    found = {}
    for name, (data, media_type) in files.items():
        if media_type == pictures.SVG and (drawing := _drawing(name, data)) is not None:
            found[address(name)] = drawing
    return found


class Drawing:
    """An image as WeasyPrint sees it: a size, and a way to paint itself on a PDF stream."""

    def __init__(self, image: SVGImage) -> None:
        self._image = image
        self._painted: dict[tuple[float, float], tuple[bytes, dict[str, str]]] = {}

    def get_intrinsic_size(self, image_resolution: float, font_size: float) -> Any:
        return self._image.get_intrinsic_size(image_resolution, font_size)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        size = (width, height)
        if size not in self._painted:
            self._painted[size] = self._paint(stream, width, height)
        operators, opacities = self._painted[size]
        states = stream._resources["ExtGState"]
        for name, value in opacities.items():
            states.setdefault(name, pydyf.Dictionary({_OPACITY[name[0]]: value}))
        with stream.stacked():
            stream.stream.append(operators)

    def _paint(self, stream: Any, width: float, height: float) -> tuple[bytes, dict[str, str]]:
        """The operators, and the opacities they name. The drawing lets go of the stream, and so of the document."""
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
        resources["ColorSpace"] = stream._resources["ColorSpace"]
        page = stream.clone(resources=resources, tags=None)
        svg = self._image._svg
        try:
            svg.draw(page, width, height, None, None)
        except Exception as error:
            raise Undrawable from error
        finally:
            svg.stream = svg.context = None
        states = {name: state.get(_OPACITY.get(name[0], "")) for name, state in resources["ExtGState"].items()}
        if any(value is None for value in states.values()) or any(resources[kind] for kind in kinds[1:]):
            raise Undrawable
        return b"\n".join(page.stream), states


@lru_cache(maxsize=MOST_KEPT)
def _drawing(name: str, data: bytes) -> Drawing | None:
    root = ElementTree.fromstring(data)  # noqa: S314 - our own drawing, checked by the gate
    elements = list(root.iter())
    if {str(element.tag).rpartition("}")[2] for element in elements} & NEEDS_MORE:
        return None
    # A group's opacity is painted as a group of its own, which is another resource.
    if any(element.get("opacity") or "style" in element.attrib for element in elements):
        return None
    return Drawing(SVGImage(root, address(name), Assets({}), None))
