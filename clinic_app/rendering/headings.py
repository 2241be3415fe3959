"""Which page of a finished PDF each exercise is on, read from its bookmarks."""

from __future__ import annotations

from collections.abc import Mapping

import pypdfium2

from clinic_app.rendering.pdfium import one_at_a_time


def pages_of(pdf: bytes) -> Mapping[str, int]:
    """The page (from 1) on which each heading stands first; the headings are those of the PDF's outline."""
    found: dict[str, int] = {}
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for entry in document.get_toc():
                target = entry.get_dest()
                page = target.get_index() if target else None
                if page is not None:
                    found.setdefault(" ".join(entry.get_title().split()), page + 1)
        finally:
            document.close()
    return found
