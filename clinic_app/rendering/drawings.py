"""Drawings that are read once and kept for every later handout.

WeasyPrint's own image cache would keep each patient's QR code, and with each drawing its whole document, so memory would
grow with every handout. So only drawings without text are kept, made here without a document, and each render gets a
fresh dictionary of them.
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

from weasyprint.images import SVGImage  # noqa: E402 - fontconfig must be set up first

MOST_KEPT = 256
_NOTHING: dict[str, tuple[bytes, str]] = {}


def kept(files: Mapping[str, tuple[bytes, str]]) -> dict[str, Any]:
    """A new image cache for one render, with the drawings among `files` that are safe to keep."""
    found = {}
    for name, (data, media_type) in files.items():
        if media_type == pictures.SVG and (image := _drawing(name, data)) is not None:
            found[address(name)] = image
    return found


def release(images: Mapping[str, Any]) -> None:
    """After a render: the drawings let go of the document they were last painted into."""
    for image in images.values():
        if isinstance(image, SVGImage):
            image._svg.stream = image._svg.context = None


@lru_cache(maxsize=MOST_KEPT)
def _drawing(name: str, data: bytes) -> SVGImage | None:
    root = ElementTree.fromstring(data)  # noqa: S314 - our own drawing, checked by the gate
    tags = {str(element.tag).rpartition("}")[2] for element in root.iter()}
    if tags & {"text", "tspan", "image", "style", "foreignObject"}:
        return None
    return SVGImage(root, address(name), Assets(_NOTHING), None)
