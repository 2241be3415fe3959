"""A sheet for somebody who has no record: a line for the name, and nothing about a person anywhere."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from clinic_app.errors import NotPrintable
from clinic_app.rendering import pdf, view
from clinic_app.rendering.content import Patient
from clinic_app.rendering.gate.content import check_content
from clinic_app.rendering.job import Job

NOBODY = Patient("", None, "")


@pytest.fixture
def quick(job: Job) -> Job:
    return replace(job, handout=replace(job.handout, patient=NOBODY))


def test_the_sheet_is_printed_with_a_line_for_the_name(quick: Job, job: Job) -> None:
    printed = pdf.render(quick)
    document = pypdfium2.PdfDocument(printed.pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert "Exercises for" in pages[0]
    assert not any(job.handout.patient.name in page for page in pages)
    assert "born" not in pages[0]
    assert all(quick.handout.title in page for page in pages[1:-1])  # the running head has no empty name
    with pikepdf.open(BytesIO(printed.pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == quick.handout.title
        assert opened.Root.MarkInfo.Marked
        assert 'part="1"' in str(opened.open_metadata()) or opened.open_metadata()["pdfuaid:part"] == "1"


def test_no_head_begins_with_an_empty_name(quick: Job) -> None:
    page = view.page(quick)
    assert (page.running, page.document_title) == (quick.handout.title, quick.handout.title)


@pytest.mark.parametrize("known", [Patient("", None, "H-1"), Patient(" ", None, "")])
def test_a_record_whose_name_is_missing_is_no_quick_handout(job: Job, known: Patient) -> None:
    with pytest.raises(NotPrintable, match="patient's name is missing"):
        check_content(replace(job, handout=replace(job.handout, patient=known)))
