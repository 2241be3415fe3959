"""An edition in another layout: from its own snapshot, made once; and the layout that a record asks for."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from clinic_app.database import db, reading
from clinic_app.errors import NotFound
from clinic_app.models import Account, Handout, Patient
from clinic_app.models.patient import PrintSize
from clinic_app.rendering.job import Job
from clinic_app.rendering.layouts import LARGE_PRINT, STANDARD
from clinic_app.rendering.pool import Pool
from clinic_app.services import addresses, handouts, print_layouts, printing
from tests.cast import Cast
from tests.issuing import NOW, Issued, started_programme


def words(pdf: str) -> str:
    """The words of all pages of an object, with single blanks."""
    document = pypdfium2.PdfDocument(printing.store().get(pdf))
    found = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return found


@pytest.mark.parametrize(
    ("size", "layout"),
    [(PrintSize.STANDARD, STANDARD), (PrintSize.LARGE, LARGE_PRINT), (PrintSize.LARGEST, LARGE_PRINT)],
)
def test_the_record_asks_for_a_layout(size: PrintSize, layout: object) -> None:
    assert print_layouts.asked_for(Patient(print_size=size)) is layout


def test_an_unknown_layout_is_not_found() -> None:
    with pytest.raises(NotFound):
        print_layouts.known("../standard")


def test_an_edition_follows_the_record_and_says_so(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara, ada = db.session.get_one(Account, cast.clinician), db.session.get_one(Patient, cast.patient)
        ada.print_size = PrintSize.LARGE
        programme = started_programme(clara, ada)
        db.session.commit()
        draft = handouts.draft_pages(clara, programme, NOW)
        handout = handouts.issue(clara, handouts.prepare(clara, programme, NOW), "key", NOW)
        db.session.commit()
        assert (handout.layout, handout.pages, draft.count) == ("large_print", 10, 10)
        assert "Large print" in words(handout.pdf)
        assert print_layouts.others(handout) == (STANDARD,)


def test_large_print_says_what_the_edition_says_and_is_made_once(
    app: Flask, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    render = Pool.render

    def counted(pool: Pool, job: Job, **options: object) -> object:
        made.append(job.layout)
        return render(pool, job, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "render", counted)
    with app.app_context():
        handout = db.session.get_one(Handout, issued.id)
        handout.programme.exercises[0].note = "What was typed after the issue."
        db.session.commit()
        with reading():
            first = print_layouts.pages(handout, LARGE_PRINT)
            assert print_layouts.pages(handout, LARGE_PRINT) == first
            assert print_layouts.pages(handout, STANDARD) == printing.Pages(handout.pdf, handout.pages)
        assert made == ["large_print"]
        said, code = words(first.pdf), addresses.printed(handout.programme).code
        assert first.count == 10
        assert f"Edition 1, code {code}" in said
        assert "typed after the issue" not in said


def test_without_an_address_large_print_has_no_code(app: Flask, issued: Issued) -> None:
    with app.app_context():
        handout = db.session.get_one(Handout, issued.id)
        addresses.present(handout.programme).revoked_at = NOW + timedelta(days=1)
        db.session.commit()
        said = words(print_layouts.pages(handout, LARGE_PRINT).pdf)
        assert "On your phone" not in said
        assert "code" not in said
