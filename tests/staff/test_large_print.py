"""Large print for staff: on the page of an edition and in the builder's layouts."""

from __future__ import annotations

import re
from html import unescape

import pypdfium2
from flask import Flask

from clinic_app.database import db
from clinic_app.models import Handout, Patient
from clinic_app.models.patient import PrintSize
from tests.cast import Cast, sign_in
from tests.drafts import start
from tests.issuing import Issued

AS_PART = {"HX-Request": "true"}


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def ask_for_large_print(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Patient, cast.patient).print_size = PrintSize.LARGE
        db.session.commit()


def test_an_edition_can_be_had_in_large_print(app: Flask, cast: Cast, issued: Issued) -> None:
    clara = sign_in(app.test_client(), "Clara")
    address = f"/staff/handouts/{issued.id}"
    page = clara.get(address).text
    assert f"{address}.pdf?layout=large_print" in page
    assert "Standard, 14 pt" in page
    assert "record asks for" not in page
    answer = clara.get(f"{address}.pdf?layout=large_print")
    assert pages(answer.data) == 10
    assert (
        answer.headers["Content-Disposition"] == f'inline; filename="exercises-{issued.id}-edition-1-large_print.pdf"'
    )
    assert clara.get(f"{address}.pdf?layout=poster").status_code == 404
    ask_for_large_print(app, cast)
    assert "Ada Example's record asks for large print." in unescape(clara.get(address).text)
    assert clara.post(f"{address}/printings", data={"layout": "poster"}).status_code == 404
    printed = clara.post(f"{address}/printings", data={"layout": "large_print"})
    assert (printed.status_code, printed.location) == (303, f"{address}.pdf?layout=large_print")
    with app.app_context():
        handout = db.session.get_one(Handout, issued.id)
        assert len(handout.deliveries) == 1
        assert (handout.layout, clara.get(f"{address}.pdf").data) != ("large_print", answer.data)


def test_the_builder_shows_each_layout_and_begins_with_the_patients(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    editor = start(app, cast, "low-back-six")
    assert current(clara.get(editor).text) == "Standard"
    ask_for_large_print(app, cast)
    page = clara.get(editor).text
    assert current(page) == "Large print"
    parts = [unescape(each) for each in re.findall(r'<a class="layout"[^>]*data-pages="([^"]*)"', page)]
    counts = [re.search(r"data-count[^>]*>\D*(\d+)", clara.get(each, headers=AS_PART).text) for each in parts]
    assert [each and each[1] for each in counts] == ["5", "10"]
    assert [pages(clara.get(f"{editor}/draft.pdf{query}").data) for query in ("", "?layout=standard")] == [10, 5]
    assert clara.get(f"{editor}/draft.pdf?layout=poster").status_code == 404


def current(page: str) -> str:
    """The layout that is chosen in the pages column."""
    found = re.search(r'aria-current="true">(Standard|Large print)</a>', page)
    return found[1] if found else ""
