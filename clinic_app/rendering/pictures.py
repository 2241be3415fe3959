"""Pictures and logos: what they are, how large they are, and whether they can be drawn at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree

from PIL import Image, ImageFile

SVG = "image/svg+xml"
RASTER = {"image/png": "PNG", "image/jpeg": "JPEG"}
FIRST_BYTES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"<svg", SVG), (b"<?xml", SVG))
MOST_PIXELS = 24_000_000  # a larger one takes seconds and hundreds of megabytes to draw


def size(data: bytes, media_type: str) -> tuple[float, float]:
    """Width and height in the picture's own units; only their ratio means something.

    Raises:
        ValueError: a clause that says why the picture cannot be printed ("is not a PNG").
    """
    return _svg_size(data) if media_type == SVG else _raster_size(data, media_type)


def media_type(data: bytes) -> str:
    """What kind of picture the bytes are. Raises ValueError if they are none that is known here."""
    for start, found in FIRST_BYTES:
        if data.lstrip().startswith(start):
            return found
    raise ValueError("This file is no picture.")


def is_named(name: str, data: bytes) -> bool:
    """Whether the bytes are those that the handout names: a replaced file would be another picture."""
    return sha256(data).hexdigest() == name


def _svg_size(data: bytes) -> tuple[float, float]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("is a drawing with a document type, which is not taken")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - without a document type there are no entities to expand
    except ElementTree.ParseError as error:
        raise ValueError("is not a readable drawing") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError("is not a drawing (SVG)")
    try:
        _, _, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    except ValueError as error:
        raise ValueError("is a drawing without a viewBox") from error
    if width <= 0 or height <= 0:
        raise ValueError("is a drawing of no size")
    return width, height


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """WeasyPrint tells Pillow to draw what there is of a cut-off file; half a picture is a wrong picture."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _raster_size(data: bytes, media_type: str) -> tuple[float, float]:
    kind = RASTER.get(media_type)
    if kind is None:
        raise ValueError(f"is of a kind that is not printed ({media_type})")
    try:
        with _whole_files_only(), Image.open(BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("has too many pixels")
            image.load()
            return image.width, image.height
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"is not a readable {kind} picture") from error
