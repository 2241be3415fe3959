"""Logos come from strangers' hands: only a small, plain picture on white goes on."""

from __future__ import annotations

import io
import resource
import struct
import time
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from clinic_app.errors import NotAllowed
from clinic_app.services.logos import LARGEST_FILE, LARGEST_SIDE, clean

RED, BLUE = (200, 0, 0), (0, 0, 200)


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few kB that unpacks to `width` × `height` black pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(12_000, 12_000), (5_000, 4_801), (100_000, 100_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    data = (
        huge_png(*size) if size[0] < 100_000 else huge_png(8, 8)[:16] + struct.pack(">II", *size) + huge_png(8, 8)[24:]
    )
    assert len(data) < 100_000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with pytest.raises(NotAllowed, match=r"pixels|could not be read"):
        clean(data)
    assert time.perf_counter() - began < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 20_000, "kB: it was unpacked"


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(NotAllowed, match="10 MB"):
        clean(bytes(LARGEST_FILE + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0" + bytes(64),
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        saved(Image.new("RGB", (20, 20), RED), "GIF"),
        saved(Image.new("RGB", (20, 20), RED), "TIFF"),
        saved(Image.new("RGB", (20, 20), RED), "BMP"),
        saved(Image.new("RGB", (20, 20), RED), "ICO"),
        saved(Image.effect_noise((64, 64), 90))[:-400],
        saved(Image.effect_noise((64, 64), 90), "JPEG")[:400],
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_whole_picture_of_three_kinds_is_refused(data: bytes) -> None:
    with pytest.raises(NotAllowed, match="could not be read as a picture"):
        clean(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "P", "1", "LA", "RGBA", "I;16"])
def test_every_usual_picture_becomes_a_plain_png(kind: str, mode: str) -> None:
    try:
        data = saved(Image.new(mode, (60, 30)), kind)
    except (OSError, KeyError, ValueError):
        data = saved(Image.new("RGB", (60, 30)), kind)  # this kind of file has no such mode
    picture = opened(clean(data))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (60, 30))


def test_see_through_places_become_white() -> None:
    picture = Image.new("RGBA", (40, 20), (*RED, 0))
    picture.paste((*BLUE, 255), (0, 0, 20, 20))
    flat = opened(clean(saved(picture)))
    assert flat.getpixel((5, 5)) == BLUE
    assert flat.getpixel((35, 5)) == (255, 255, 255)


def test_half_see_through_is_mixed_with_white() -> None:
    flat = opened(clean(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 128)))))
    assert flat.getpixel((1, 1)) == (127, 127, 127)


def test_a_palette_with_a_see_through_colour_becomes_white_there() -> None:
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([*RED, *BLUE])
    flat = opened(clean(saved(picture, transparency=0)))
    assert flat.getpixel((1, 1)) == (255, 255, 255)


def test_a_photo_stands_upright_and_tells_nothing_else() -> None:
    picture = Image.new("RGB", (60, 20), RED)
    picture.paste(BLUE, (0, 0, 30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)  # where it was taken
    data = saved(picture, "JPEG", exif=exif, comment=b"private words", quality=95)
    assert b"A camera" in data
    result = clean(data)
    upright = opened(result)
    assert upright.size == (20, 60)
    top, bottom = upright.getpixel((10, 5)), upright.getpixel((10, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[2] > 150 > bottom[2]
    assert not upright.getexif()
    assert not upright.info
    for private in (b"A camera", b"private words", b"Exif"):
        assert private not in result


def test_words_inside_a_png_are_dropped() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "private words")
    result = clean(saved(Image.new("RGB", (9, 9)), pnginfo=words))
    assert b"private words" not in result
    assert not opened(result).info


@pytest.mark.parametrize("size", [(4000, 100), (100, 4000), (2000, 2000), (801, 1)])
def test_a_large_picture_is_made_small_in_its_own_shape(size: tuple[int, int]) -> None:
    width, height = opened(clean(saved(Image.new("RGB", size)))).size
    assert max(width, height) == LARGEST_SIDE
    assert width / height == pytest.approx(size[0] / size[1], rel=0.02) or 1 in {width, height}


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(Image.effect_noise((50, 50), 60))
    assert clean(data) == clean(data)
