"""Which drawings look different from the approved ones, and a page that shows both side by side."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from PIL import Image, ImageChops

from clinic_app.rendering.picture_files import as_images, png_file

WIDTH = 240  # pixels of the compared rasters
NOTICED = 32  # of 255: a pixel that differs by less is the same
TOLERATED = 0.0008  # share of all pixels that may differ: about 20 of a picture


@dataclass(frozen=True, slots=True)
class Difference:
    """`approved` or `present` is empty where the picture exists only on the other side. `share` is of all pixels."""

    name: str
    approved: str
    present: str
    share: float
    image: bytes  # PNG: what differs, dark on white

    def __str__(self) -> str:
        if not self.present:
            return f"{self.name} is approved, but there is no such pose"
        if not self.approved:
            return f"{self.name} is not approved yet"
        return f"{self.name} differs in {self.share:.2%} of its pixels"


def differences(approved: Mapping[str, str], present: Mapping[str, str]) -> list[Difference]:
    """Pictures by name as SVG on both sides; those that cannot be told apart by looking are left out.

    Only pictures whose text differs are painted, so an unchanged catalogue takes no time.

    Raises:
        ValueError: one of them is not a drawing.
    """
    found = [
        Difference(name, approved.get(name, ""), present.get(name, ""), 1.0, b"")
        for name in sorted(approved.keys() ^ present.keys())
    ]
    changed = sorted(name for name in approved.keys() & present.keys() if approved[name] != present[name])
    before = as_images([approved[name] for name in changed], WIDTH)
    after = as_images([present[name] for name in changed], WIDTH)
    for name, old, new in zip(changed, before, after, strict=True):
        share, image = _compared(old, new)
        if share > TOLERATED:
            found.append(Difference(name, approved[name], present[name], share, image))
    return found


def _compared(old: Image.Image, new: Image.Image) -> tuple[float, bytes]:
    if old.size != new.size:
        return 1.0, png_file(new)
    # The brightest channel decides, so that a change of colour alone is noticed as well.
    red, green, blue = ImageChops.difference(old, new).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    noticed = sum(most.histogram()[NOTICED:])
    return noticed / (old.width * old.height), png_file(ImageChops.invert(most))


def page(found: list[Difference], total: int) -> str:
    """An HTML page without scripts: approved, present and what differs, one row a picture."""
    rows = "".join(
        f"<h2>{escape(str(each))}</h2><div>"
        f"<figure>{each.approved}<figcaption>Approved</figcaption></figure>"
        f"<figure>{each.present}<figcaption>Present</figcaption></figure>"
        f"<figure>{_difference(each.image)}<figcaption>Difference</figcaption></figure></div>"
        for each in found
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Pictures compared</title><style>'
        "body { font: 16px sans-serif; margin: 24px } div { display: flex; gap: 16px } figure { margin: 0; width: 32% }"
        "svg, img { width: 100%; border: 1px solid #999 }</style></head><body>"
        f"<h1>{len(found)} of {total} pictures differ</h1>{rows}</body></html>\n"
    )


def _difference(image: bytes) -> str:
    return f'<img alt="What differs" src="data:image/png;base64,{b64encode(image).decode()}">' if image else ""
