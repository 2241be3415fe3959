"""Drawings of exercises as files of their own: PDF pages, and PNG pictures made from them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO

import pypdfium2
from PIL import Image

from clinic_app.rendering import fonts
from clinic_app.rendering.assets import address
from clinic_app.rendering.fetcher import Assets
from clinic_app.rendering.pictures import SVG, size
from clinic_app.rendering.sheet_cards import MILLIMETRES_PER_UNIT

fonts.load()

from weasyprint import HTML  # noqa: E402 - fontconfig must be set up first

_STYLE = "@page { margin: 0 } body { margin: 0 } img { display: block; width: 100%; break-after: page }"


def as_pdf(svgs: Sequence[str], scale: float = MILLIMETRES_PER_UNIT) -> bytes:
    """One page for each drawing, as large as the drawing at `scale` millimetres a unit.

    Raises:
        ValueError: one of them is not a drawing.
    """
    names = [sha256(svg.encode()).hexdigest() for svg in svgs]
    files = {name: svg.encode() for name, svg in zip(names, svgs, strict=True)}
    sizes = {name: size(data, SVG) for name, data in files.items()}
    kinds = {each: f"kind{number}" for number, each in enumerate(dict.fromkeys(sizes.values()))}
    rules = "".join(_rules(kind, width * scale, height * scale) for (width, height), kind in kinds.items())
    images = "".join(f'<img class="{kinds[sizes[name]]}" src="{address(name)}" alt="">' for name in names)
    html = f'<html lang="en"><title>Pictures</title><style>{_STYLE}{rules}</style><body>{images}</body></html>'
    assets = Assets({name: (data, SVG) for name, data in files.items()})
    pdf: bytes = HTML(string=html, url_fetcher=assets).write_pdf()
    return pdf


def _rules(kind: str, width: float, height: float) -> str:
    return f"@page {kind} {{ size: {width:.3f}mm {height:.3f}mm }} .{kind} {{ page: {kind}; height: {height:.3f}mm }}"


def as_images(svgs: Sequence[str], width: int) -> list[Image.Image]:
    """The drawings in colour on white, `width` pixels wide. Raises as `as_pdf` does."""
    if not svgs:
        return []
    document = pypdfium2.PdfDocument(as_pdf(svgs))
    try:
        return [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def as_png(svg: str, width: int = 1600) -> bytes:
    """One drawing as a PNG file, `width` pixels wide. Raises as `as_pdf` does."""
    return png_file(as_images([svg], width)[0])


def png_file(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()
