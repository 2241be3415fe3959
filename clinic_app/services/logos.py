"""Uploaded logos: checked before they are decoded, made small, stripped of everything but the picture."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from clinic_app.errors import NotAllowed

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_PICTURE = 24_000_000  # pixels; a 144-megapixel picture of a few kB cost a gigabyte of memory
LARGEST_SIDE = 800  # pixels; 45 mm at 450 dpi
MEDIA_TYPE = "image/png"


def clean(data: bytes) -> bytes:
    """`data` (PNG, JPEG or WebP) as a small PNG on white without metadata.

    Raises:
        NotAllowed: if it is too large, no picture of these kinds, or broken.
    """
    if len(data) > LARGEST_FILE:
        raise NotAllowed("This file is larger than 10 MB. Please choose a smaller picture.")
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, has cut-off pictures accepted
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as picture:
                if picture.width * picture.height > LARGEST_PICTURE:
                    raise NotAllowed("This picture has more than 24 million pixels. Please choose a smaller one.")
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except NotAllowed:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NotAllowed("This file could not be read as a picture. Please use PNG, JPEG or WebP.") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()
