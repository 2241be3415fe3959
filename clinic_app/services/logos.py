"""Uploaded logos: checked before they are decoded, made small, stripped of everything but the picture."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from clinic_app.services.uploaded_picture import LARGEST_FILE, decoded, on_white

__all__ = ["LARGEST_FILE", "LARGEST_SIDE", "MEDIA_TYPE", "clean"]

LARGEST_PICTURE = 24_000_000  # pixels; a 144-megapixel picture of a few kB cost a gigabyte of memory
LARGEST_SIDE = 800  # pixels; 45 mm at 450 dpi
MEDIA_TYPE = "image/png"


def clean(data: bytes) -> bytes:
    """`data` (PNG, JPEG or WebP) as a small PNG on white without metadata.

    Raises:
        NotAllowed: if it is too large, no picture of these kinds, or broken.
    """
    upright = decoded(data, ("PNG", "JPEG", "WEBP"), LARGEST_PICTURE, "PNG, JPEG or WebP", _upright)
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    on_white(upright).save(out, "PNG", optimize=True)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture).convert("RGBA")
