"""Photos come from phones and from strangers' hands: only the picture itself goes on, small and upright."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from flask import Flask
from PIL import Image, ImageCms
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Patient, PrescribedExercise
from clinic_app.services import handouts, photos
from clinic_app.services.photos import LARGEST_SIDE, clean
from clinic_app.services.printing import store
from clinic_app.services.uploaded_picture import LARGEST_FILE
from tests.cast import Cast
from tests.issuing import NOW, started_programme
from tests.services.test_logos import huge_png

RED, BLUE = (200, 0, 0), (0, 0, 200)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def heic(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=90, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def where_and_when(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return exif


def halves(width: int = 60, height: int = 20) -> Image.Image:
    """Blue at the left, red at the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, 0, width // 2, height))
    return picture


def test_a_real_heic_becomes_a_jpeg_without_its_place() -> None:
    data = heic(halves(), exif=where_and_when().tobytes())
    assert b"A camera" in data
    assert data[4:12] == b"ftypheic"
    result, media_type = clean(data)
    picture = opened(result)
    assert (media_type, picture.format, picture.size) == ("image/jpeg", "JPEG", (60, 20))
    assert not picture.getexif()
    assert b"Exif" not in result
    assert b"A camera" not in result
    left = picture.getpixel((10, 10))
    assert isinstance(left, tuple)
    assert left[2] > 150 > left[0]


@pytest.mark.parametrize("make", [saved, heic], ids=["JPEG", "HEIC"])
def test_a_photo_stands_upright_and_its_place_is_gone(make: Any) -> None:
    options = {"exif": where_and_when(6)} if make is saved else {"exif": where_and_when(6).tobytes()}
    data = make(halves(), **options)
    result, _ = clean(data)
    upright = opened(result)
    assert upright.size == (20, 60)
    top, bottom = upright.getpixel((10, 5)), upright.getpixel((10, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[2] > 150 > bottom[2]
    assert not upright.getexif().get_ifd(0x8825)
    assert set(upright.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_usual_kinds_are_taken(kind: str) -> None:
    assert clean(saved(halves(), kind))[1] == "image/jpeg"


def test_words_inside_a_photo_are_dropped() -> None:
    data = saved(halves(), comment=b"private words")
    assert b"private words" in data
    assert b"private words" not in clean(data)[0]


def test_see_through_places_become_white_and_lines_stay_sharp() -> None:
    picture = Image.new("RGBA", (40, 20), (*RED, 0))
    picture.paste((*BLUE, 255), (0, 0, 20, 20))
    result, media_type = clean(saved(picture, "PNG"))
    flat = opened(result)
    assert (media_type, flat.mode) == ("image/png", "RGB")
    assert flat.getpixel((5, 5)) == BLUE
    assert flat.getpixel((35, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(4000, 3000), (300, 4000)])
def test_a_large_photo_is_made_small(size: tuple[int, int]) -> None:
    width, height = opened(clean(saved(Image.new("RGB", size)))[0]).size
    assert max(width, height) == LARGEST_SIDE
    assert width / height == pytest.approx(size[0] / size[1], rel=0.02)


def test_colours_of_another_profile_are_made_standard() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # not of this picture: left alone
    assert opened(clean(saved(halves(), "PNG", icc_profile=profile))[0]).info.get("icc_profile") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Dear clinic, this is a letter that somebody named photo.jpg.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        saved(halves(), "GIF"),
        saved(Image.effect_noise((64, 64), 90))[:400],
        saved(Image.effect_noise((64, 64), 90), "PNG")[:-400],
        saved(Image.effect_noise((64, 64), 90).convert("RGB"), "WEBP")[:-400],
        heic(Image.effect_noise((64, 64), 90).convert("RGB"))[:-400],
        heic(halves())[:40],
    ],
    ids=["nothing", "a letter", "SVG", "PDF", "GIF", "JPEG", "PNG", "WebP", "HEIC", "HEIC head"],
)
def test_what_is_no_whole_photo_is_refused(data: bytes) -> None:
    with pytest.raises(NotAllowed, match="could not be read as a picture"):
        clean(data)


def test_a_bomb_and_a_file_that_is_too_large_are_refused() -> None:
    for size in ((12_000, 12_000), (8_000, 6_251)):
        with pytest.raises(NotAllowed, match="50 million pixels"):
            clean(huge_png(*size))
    with pytest.raises(NotAllowed, match="10 MB"):
        clean(bytes(LARGEST_FILE + 1))


def test_a_handout_prints_a_photo_beside_a_drawing(app: Flask, cast: Cast) -> None:
    """Its description is in the tags of the PDF, and the side it shows stands beside it in words."""
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clinician, db.session.get_one(Patient, cast.patient))
        rows = db.session.scalars(select(PrescribedExercise).filter_by(programme_id=programme.id)).unique().all()
        row = next(row for row in rows if row.exercise.slug == "knee-to-chest")
        picture = row.exercise.illustrations[1]
        kept = photos.keep(heic(Image.effect_noise((640, 480), 60).convert("RGB")))
        picture.photo, picture.photo_type, picture.photo_side = kept.name, kept.media_type, "left"
        picture.alt = "A person holds one knee, as photographed."
        db.session.commit()
        prepared = handouts.prepare(clinician, programme, NOW)
        said = next(each for each in prepared.content.exercises if each.slug == "knee-to-chest")
        assert [each.side_shown for each in said.pictures][1] == "left"
        assert said.pictures[1].file == kept.name
        assert said.pictures[0].file != kept.name
        assert (said.moving, said.sides) == ("", ())  # a photo cannot be mirrored
        data = store().get(prepared.pages.pdf)
    pages = pypdfium2.PdfDocument(data)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    pages.close()
    assert "left leg shown" in words
    assert b"/DCTDecode" in data
    with pikepdf.open(io.BytesIO(data)) as document:
        described = [str(each.get("/Alt", "")) for each in document.objects if isinstance(each, pikepdf.Dictionary)]
    assert "A person holds one knee, as photographed." in described
