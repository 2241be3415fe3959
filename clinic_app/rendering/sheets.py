"""Several finished PDFs as one for the printer, so that no sheet of paper carries two handouts."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2

from clinic_app.rendering.pdfium import one_at_a_time


def together(pdfs: Sequence[bytes], *, both_sides: bool) -> bytes:
    """One PDF with all pages in order, for paper only: it is not tagged, so a patient never gets it as a file.

    `both_sides`: a blank page follows a PDF with an odd number of pages, so that each begins on a new sheet.
    The last one needs none. Raises ValueError when the bytes are no PDF, or there are none.
    """
    if not pdfs:
        raise ValueError("there is nothing to put together")
    out = BytesIO()
    with one_at_a_time:
        joined = pypdfium2.PdfDocument.new()
        try:
            for number, pdf in enumerate(pdfs, 1):
                _append(joined, pdf, fill_sheet=both_sides and number < len(pdfs))
            joined.save(out)
        finally:
            joined.close()
    return out.getvalue()


def _append(joined: pypdfium2.PdfDocument, pdf: bytes, *, fill_sheet: bool) -> None:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("these bytes are not a PDF") from error
    try:
        joined.import_pages(document)
        if fill_sheet and len(document) % 2:
            joined.new_page(*document[len(document) - 1].get_size())
    finally:
        document.close()
