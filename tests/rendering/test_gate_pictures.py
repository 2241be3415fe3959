"""Pictures that cannot be drawn are refused before the pages are laid out."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from clinic_app.errors import NotPrintable
from clinic_app.rendering import pdf
from clinic_app.rendering.content import Picture
from clinic_app.rendering.job import File, Job
from tests.rendering.edits import exercise, picture


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1).save(out, format="PNG")
    return out.getvalue()


UNDECODABLE = {
    "broken svg": (b"<svg", "image/svg+xml", "is not a readable drawing"),
    "no svg": (b"<html/>", "image/svg+xml", "is not a drawing (SVG)"),
    "no viewBox": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", "is a drawing without a viewBox"),
    "entities": (
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        "image/svg+xml",
        "is a drawing with a document type, which is not taken",
    ),
    "truncated png": (png((4000, 3000))[:500], "image/png", "is not a readable PNG picture"),
    "png that says jpeg": (png(), "image/jpeg", "is not a readable JPEG picture"),
    "too many pixels": (png((6000, 5000), "1"), "image/png", "has too many pixels"),
    "other kind": (b"GIF89a", "image/gif", "is of a kind that is not printed (image/gif)"),
}


@pytest.mark.parametrize("defect", UNDECODABLE)
def test_refuses_a_picture_that_cannot_be_drawn(defect: str, job: Job) -> None:
    data, media_type, reason = UNDECODABLE[defect]
    name = sha256(data).hexdigest()
    broken = replace(job, handout=picture(file=name)(job.handout), files={**job.files, name: File(data, media_type)})
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(broken)
    assert refusal.value.reasons == (f"Exercise 2, Pelvic tilt: picture B {reason}.",)


def test_refuses_bytes_that_are_not_the_named_picture(job: Job) -> None:
    name = job.handout.exercises[1].pictures[1].file
    other = job.files[job.handout.exercises[0].pictures[0].file]
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(replace(job, files={**job.files, name: other}))
    assert refusal.value.reasons == ("Exercise 2, Pelvic tilt: picture B is not the picture that was chosen.",)


def test_a_jpeg_and_a_png_are_printed(job: Job) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 120), "teal").save(out, format="JPEG")
    files = dict(job.files)
    pictures = []
    for letter, data, kind in (("A", png((300, 120)), "image/png"), ("B", out.getvalue(), "image/jpeg")):
        name = sha256(data).hexdigest()
        files[name] = File(data, kind)
        pictures.append(Picture(letter, name, "A person lying down", "Start", ""))
    edited = exercise(pictures=tuple(pictures))(job.handout)
    assert pdf.render(replace(job, handout=edited, files=files)).pages == 5


# The parsed page text: a template that somebody edits badly.
