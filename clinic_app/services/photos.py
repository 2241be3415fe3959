"""Uploaded photos of exercises: checked, turned upright, made small, and stripped of all that is not the picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from clinic_app.models import Exercise
from clinic_app.rendering.job import File
from clinic_app.services.exercise_content import Photo, Source
from clinic_app.services.printing import store
from clinic_app.services.uploaded_picture import decoded, on_white

KINDS = ("PNG", "JPEG", "WEBP", "HEIF")
NAMES = "PNG, JPEG, WebP or HEIC"
MOST_PIXELS = 50_000_000  # phones make photos of 48 million
LARGEST_SIDE = 1600  # pixels; 76 mm on paper at more than 500 dpi
QUALITY = 85  # of JPEG; above it files grow and nobody sees why


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored photo: the SHA-256 of its bytes, and "image/jpeg" or "image/png"."""

    name: str
    media_type: str


def keep(data: bytes) -> Kept:
    """Clean an upload and store it.

    Raises:
        NotAllowed: if it is too large, no picture of the four kinds, or broken.
    """
    cleaned, media_type = clean(data)
    return Kept(store().put(cleaned), media_type)


def clean(data: bytes) -> tuple[bytes, str]:
    """`data` (PNG, JPEG, WebP or HEIC) small, upright and without metadata, and its media type.

    A picture with see-through places is put on white and stays a PNG; any other becomes a JPEG.

    Raises:
        NotAllowed: if it is too large, no picture of the four kinds, or broken.
    """
    picture, had_alpha = decoded(data, KINDS, MOST_PIXELS, NAMES, _small)
    out = io.BytesIO()
    if had_alpha:
        picture.save(out, "PNG", optimize=True)
    else:
        picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), "image/png" if had_alpha else "image/jpeg"


def sources(exercise: Exercise) -> list[Source | None]:
    """What each picture of the exercise is made from, in order, for `exercise_content`; a photo before a drawing."""
    return [source(each.scene, each.photo, each.photo_type, each.photo_side) for each in exercise.illustrations]


def source(scene: dict[str, object] | None, photo: str | None, media_type: str, side: str) -> Source | None:
    """What one picture is made from. Raises FileNotFoundError, DamagedObject if the stored photo is gone."""
    return Photo(File(store().get(photo), media_type), side) if photo else scene


def _small(picture: Image.Image) -> tuple[Image.Image, bool]:
    has_alpha = picture.has_transparency_data
    picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))  # a JPEG is unpacked at a fraction of its size
    picture.load()
    profile = picture.info.get("icc_profile")
    wanted = "RGBA" if has_alpha else "RGB"
    # Colours that are numbers of a palette cannot be mixed when the picture is made smaller.
    plain = picture if picture.mode == wanted else picture.convert(wanted)
    upright = ImageOps.exif_transpose(plain)
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    flat = on_white(upright) if has_alpha else upright
    bare = Image.new("RGB", flat.size)  # a new picture has no metadata to lose
    bare.paste(_standard_colours(flat, profile))
    return bare, has_alpha


def _standard_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones write wider colours than paper and screens take; without its profile such a photo would look dull."""
    if not profile:
        return picture
    try:
        wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, wide, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture  # a profile of another kind of colours, such as grey
    return converted or picture
