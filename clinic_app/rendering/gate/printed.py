"""The last look, at the bytes that leave the house: opened by another engine than the one that wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2

from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.job import Job
from clinic_app.rendering.layouts import LAYOUTS


def check_pdf(pdf: bytes, job: Job, pages: int) -> None:
    """Raises NotPrintable when the PDF does not open, or the safety box is not on its page."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        refuse(("The finished PDF cannot be opened.",))
        return
    try:
        refuse(_reasons(document, job, pages))
    finally:
        document.close()


def _reasons(document: pypdfium2.PdfDocument, job: Job, pages: int) -> Iterator[str]:
    if len(document) != pages:
        yield f"The finished PDF has {len(document)} pages instead of {pages}."
    safety = job.handout.safety
    lines = [safety.title, safety.lead, *safety.emergency]
    lines += [words for row in (safety.urgent, safety.stop, safety.specialist) for words in (row.action, row.when)]
    yield from _lacking(document, LAYOUTS[job.layout].safety_page, lines)
    yield from _lacking(document, 1, [job.handout.title])


def _lacking(document: pypdfium2.PdfDocument, number: int, lines: Sequence[str]) -> Iterator[str]:
    text = ""
    if number <= len(document):
        page = document[number - 1]
        words = page.get_textpage()
        text = "".join(words.get_text_range().split())
        words.close()
        page.close()
    for line in lines:
        if "".join(line.split()) not in text:
            yield f"Page {number} of the finished PDF lacks “{line}”."
