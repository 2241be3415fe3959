"""Reading an uploaded picture: checked before it is unpacked, whole or not at all."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import pi_heif  # type: ignore[import-untyped]
from PIL import Image, ImageFile, UnidentifiedImageError

from clinic_app.errors import NotAllowed

LARGEST_FILE = 10 * 1024 * 1024  # bytes

pi_heif.register_heif_opener()
T = TypeVar("T")


def decoded(data: bytes, kinds: Sequence[str], most_pixels: int, names: str, work: Callable[[Image.Image], T]) -> T:
    """What `work` makes of the opened picture; it must unpack all of it.

    `kinds` are Pillow's names of the file kinds that are taken, `names` what a person calls them.

    Raises:
        NotAllowed: if it is too large, no picture of these kinds, or broken.
    """
    if len(data) > LARGEST_FILE:
        raise NotAllowed("This file is larger than 10 MB. Please choose a smaller picture.")
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=list(kinds)) as picture:
            if picture.width * picture.height > most_pixels:
                raise Image.DecompressionBombError
            return work(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        millions = most_pixels // 1_000_000
        raise NotAllowed(
            f"This picture has more than {millions} million pixels. Please choose a smaller one."
        ) from error
    except (UnidentifiedImageError, OSError, EOFError, RuntimeError, ValueError, SyntaxError) as error:
        raise NotAllowed(f"This file could not be read as a picture. Please use {names}.") from error


def on_white(picture: Image.Image) -> Image.Image:
    """The picture with white where it was see-through."""
    flat = Image.new("RGB", picture.size, "white")
    with_alpha = picture.convert("RGBA")
    flat.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return flat


@contextmanager
def _strictly() -> Iterator[None]:
    """WeasyPrint, where it is loaded, has cut-off pictures accepted; here they are refused."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
