"""The last look, at the bytes that leave the house: opened by another engine than the one that wrote them."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.job import Job


def check_pdf(pdf: bytes, job: Job, pages: int) -> None:
    """Raises NotPrintable when the PDF does not open, or page 1 lacks the safety box."""
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
    page = document[0]
    words = page.get_textpage()
    text = "".join(words.get_text_range().split())
    safety = job.handout.safety
    lines = [safety.title, safety.lead, *safety.emergency, job.handout.title]
    lines += [words for row in (safety.urgent, safety.stop, safety.specialist) for words in (row.action, row.when)]
    for line in lines:
        if "".join(line.split()) not in text:
            yield f"Page 1 of the finished PDF lacks “{line}”."
    words.close()
    page.close()
