"""Handouts in one PDF for the printer: everything there, in order, and each on a sheet of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest

from clinic_app.rendering.sheets import together


def pdf(*widths: int) -> bytes:
    """A PDF with one empty page for each width, in points: the width tells the pages apart."""
    document = pypdfium2.PdfDocument.new()
    for width in widths:
        document.new_page(width, 842)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def widths(data: bytes) -> list[int]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [round(page.get_width()) for page in document]
    finally:
        document.close()


def test_each_begins_on_a_new_sheet() -> None:
    joined = together([pdf(101, 102, 103), pdf(201, 202), pdf(301)], both_sides=True)
    assert widths(joined) == [101, 102, 103, 103, 201, 202, 301]


def test_one_side_needs_no_blank_page() -> None:
    assert widths(together([pdf(101), pdf(201), pdf(301)], both_sides=False)) == [101, 201, 301]


@pytest.mark.parametrize("pdfs", [[], [b"no pages"], [pdf(100), b"%PDF-1.7 broken"]])
def test_what_is_no_pdf_is_refused(pdfs: list[bytes]) -> None:
    with pytest.raises(ValueError, match=r"not a PDF|nothing"):
        together(pdfs, both_sides=True)


def test_threads_take_turns() -> None:
    one = [pdf(*range(100, 112)), pdf(*range(200, 211))]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: together(one, both_sides=False), range(12)))
    assert [widths(each) for each in made] == [[*range(100, 112), *range(200, 211)]] * 12
