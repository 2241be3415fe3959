"""Pages as pictures, for the screen."""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def pages_as_png(pdf: bytes, dpi: int = 110, first: int = 1, last: int | None = None) -> tuple[bytes, ...]:
    """Pages `first` to `last` (both included, counted from 1; None is the end) as PNG files.

    `dpi` is dots per inch. Raises ValueError when the bytes are no PDF or a page does not exist.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("these bytes are not a PDF") from error
    try:
        end = len(document) if last is None else last
        if not 1 <= first <= end <= len(document):
            raise ValueError(f"there are no pages {first} to {end} in a PDF of {len(document)}")
        return tuple(_png(document[number - 1], dpi) for number in range(first, end + 1))
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    out = BytesIO()
    page.render(scale=dpi / 72).to_pil().save(out, format="PNG")
    return out.getvalue()
