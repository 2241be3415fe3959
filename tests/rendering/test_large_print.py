"""Large print: the same words, one exercise a page, the safety box alone on page 2; and the gate that says no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from clinic_app.dosage.band import cells
from clinic_app.errors import NotPrintable
from clinic_app.rendering import cards, pdf, view
from clinic_app.rendering.gate import laid_out
from clinic_app.rendering.gate import printed as last_look
from clinic_app.rendering.gate.content import texts as typed_texts
from clinic_app.rendering.job import Job, Printed, key
from clinic_app.rendering.layouts import LARGE_PRINT, STANDARD
from clinic_app.rendering.png import pages_as_png
from tests.rendering.edits import exercise, safety
from tests.rendering.reading import elements, in_order, page_texts

SENTENCE = "Slowly straighten one knee until your lower leg is level with the seat of the chair."
SMALLEST = 16  # points, the least that counts as large print


@pytest.fixture(scope="module")
def large(job: Job) -> Job:
    return replace(job, layout="large_print")


@pytest.fixture(scope="module")
def printed(large: Job) -> Printed:
    return pdf.render(large)


@pytest.fixture(scope="module")
def with_many(with_exercises: Callable[[int], Job]) -> Callable[[int], Job]:
    return lambda count: replace(with_exercises(count), layout="large_print")


def test_each_page_holds_one_thing(texts: list[str], large: Job) -> None:
    exercises = large.handout.exercises
    assert len(texts) == 1 + 1 + len(exercises) + 2
    assert in_order(["Low back: weeks 3 to 4", "How often", "What changed since last time", "Stopped"], texts[0])
    body = texts[1].removeprefix("Sample Patient, Low back: weeks 3 to 4 Large print ")
    assert body.startswith("Call 999 or go to A&E now")
    for number, each in enumerate(exercises):
        page = texts[2 + number]
        assert [other.name for other in exercises if other.name in page] == [each.name]
        for cell in cells(each.dosage, each.body_part, "en"):
            assert f"{cell.label} {cell.amount} {cell.unit}".strip() in page


def test_says_every_word_of_the_handout(texts: list[str], large: Job) -> None:
    said = "".join(" ".join(texts).split())
    unprinted = {picture.alt for each in large.handout.exercises for picture in each.pictures}
    unprinted.add(large.handout.patient.reference)  # stands where no date of birth is known
    unprinted |= {change.was for change in large.handout.changes}  # said without its first word
    lacking = [text for _, text in typed_texts(large) if text not in unprinted and "".join(text.split()) not in said]
    assert lacking == []


def test_a_card_shows_its_pictures_before_its_steps(texts: list[str], large: Job) -> None:
    first = large.handout.exercises[0]
    changed = "Changed: hold 20 seconds (was 10 seconds)"
    order = ["Loosen", "Knee to chest", changed, "A Start", "B Lift and hold", *first.steps, "Feel it:"]
    assert in_order([*order, "Take care:", "Easier: Lift only half as high."], texts[2])


def test_the_two_pictures_stand_side_by_side(large: Job) -> None:
    place = view.page(large).cards[0].place
    assert (place.width, place.height) == (86.4, 40.4)
    assert 2 * place.column <= cards.GRID + 6  # the room between them is in the column


def test_is_tagged_for_a_screen_reader(opened: pikepdf.Pdf, large: Job) -> None:
    assert opened.open_metadata()["pdfuaid:part"] == "1"
    assert str(opened.Root.Lang) == "en-GB"
    found = elements(opened)
    drawn = [picture.alt for each in large.handout.exercises for picture in each.pictures]
    square = "QR code: opens these exercises on your phone"
    assert [str(each.get("/Alt", "")) for each in found if each.S == "/Figure"] == [square, *drawn, square]
    kinds = [str(each.S) for each in found]
    assert (kinds.count("/H1"), kinds.count("/H3"), kinds.count("/Table")) == (1, 6, 2)
    assert len([each for each in found if each.S == "/TH"]) == 2 * (8 + 7)


def test_nothing_is_smaller_than_large_print(large: Job) -> None:
    sizes = _sizes(pdf._laid_out(large))
    assert min(sizes) >= SMALLEST
    assert LARGE_PRINT.body == 18
    assert {18, 30, 50} <= sizes


def _sizes(document: Document) -> set[int]:
    """The sizes of all type in points, without the blanks between blocks."""
    parts = (part for page in document.pages for part in page._page_box.descendants())
    return {
        round(part.style["font_size"] * 72 / 96)
        for part in parts
        if isinstance(part, boxes.TextBox) and part.text.strip()
    }


def test_the_codes_read_back_and_head_and_foot_are_on_every_page(
    printed: Printed, texts: list[str], large: Job
) -> None:
    assert large.address
    for page in pages_as_png(printed.pdf, 100, 1, 1) + pages_as_png(printed.pdf, 100, printed.pages):
        assert [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(page)))] == [large.address.url]
    for number, text in enumerate(texts, start=1):
        assert in_order(["01632 960 123 Edition 3, code 7KQ2M-X4RTP", f"Page {number} of 10"], text)
        assert ("Large print" in text) == (number > 1)


def test_it_is_another_document_than_the_standard_one(large: Job, job: Job, texts: list[str]) -> None:
    assert key(large) != key(job)
    assert "Need this in another format? Call us: 01632 960 123" in texts[-1]


@pytest.mark.parametrize(("count", "pages"), [(1, 5), (7, 11), (10, 15)])
def test_no_page_is_left_nearly_empty(count: int, pages: int, with_many: Callable[[int], Job]) -> None:
    document = pdf._laid_out(with_many(count))
    assert len(document.pages) == pages
    for number, page in enumerate(document.pages[2:], start=3):
        assert _filled(page._page_box) > 0.5, f"page {number}"


def _filled(page: Any) -> float:
    """How far down a page its lowest line, cell or picture is: 0 is its top, 1 its foot."""
    inside = [child for child in page.children if not isinstance(child, boxes.MarginBox)]
    parts = [part for child in inside for part in child.descendants() if not isinstance(part, boxes.InlineBox)]
    ends = [part.position_y + part.height for part in parts if part.element.get("id") != "closing"]
    return float((max(ends) - page.content_box_y()) / page.height)


def test_a_long_card_gets_smaller_pictures_then_a_second_page_but_no_smaller_type(large: Job) -> None:
    handout = exercise(steps=(SENTENCE,) * 4, note="")(large.handout)
    document = pdf._laid_out(replace(large, handout=handout))
    assert len(document.pages) == 10
    assert laid_out.pages_with(document, "exercise-2") == 1

    handout = exercise(steps=(SENTENCE,) * 6, note=SENTENCE)(large.handout)
    document = pdf._laid_out(replace(large, handout=handout))
    assert len(document.pages) == 11
    on = [laid_out._pages_of([page._page_box for page in document.pages], name) for name in ("exercise-2", "more-2")]
    assert on == [[4], [5]]
    assert min(_sizes(document)) >= SMALLEST
    said = page_texts(pdf.render(replace(large, handout=handout)))
    assert in_order(["Pelvic tilt", "A Start", "What to do: see the next page."], said[3])
    assert in_order(["Pelvic tilt: what to do", SENTENCE, "Feel it:", "For you:", "Easier:"], said[4])


def test_refuses_a_card_that_two_pages_do_not_hold(large: Job) -> None:
    handout = exercise(steps=(SENTENCE,) * 14)(large.handout)
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(replace(large, handout=handout))
    assert refusal.value.reasons == (
        "Exercise 2, Pelvic tilt is too long for its pages: shorten its steps or the note.",
    )


@pytest.mark.parametrize(("lines", "smallest"), [(8, 18), (14, 16)])
def test_a_long_safety_box_stays_on_its_page(lines: int, smallest: int, large: Job) -> None:
    line = "new trouble starting, stopping or feeling yourself pass urine"
    handout = safety(emergency=(line,) * lines)(large.handout)
    document = pdf._laid_out(replace(large, handout=replace(handout, exercises=handout.exercises[:1])))
    assert laid_out._pages_of([page._page_box for page in document.pages], "safety") == [2]
    (box,) = laid_out._find(document.pages[1]._page_box, "safety")
    texts = (part for part in box.descendants() if isinstance(part, boxes.TextBox) and line.startswith(part.text[:9]))
    assert {round(part.style["font_size"] * 72 / 96) for part in texts} == {smallest}


def test_refuses_a_safety_box_that_is_longer_than_its_page(large: Job) -> None:
    handout = safety(emergency=("a line of the list that is long enough to need more than one line of print",) * 40)
    with pytest.raises(NotPrintable, match="The safety box does not stand whole on page 2"):
        pdf.render(replace(large, handout=handout(large.handout)))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (replace(STANDARD, safety_alone=True), "The safety box does not stand alone on its page."),
        (replace(STANDARD, safety_page=2), "The safety box does not stand whole on page 2."),
    ],
)
def test_the_gate_asks_the_layout_where_the_safety_box_stands(
    rule: Any, reason: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laid_out, "LAYOUTS", {"standard": rule})
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(job)
    assert refusal.value.reasons == (reason,)


def test_the_last_look_reads_the_page_of_the_safety_box(
    printed: Printed, large: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_look.check_pdf(printed.pdf, large, printed.pages)
    monkeypatch.setattr(last_look, "LAYOUTS", {"large_print": replace(LARGE_PRINT, safety_page=3)})
    with pytest.raises(NotPrintable, match="Page 3 of the finished PDF lacks “Call 999 or go to A&E now”"):
        last_look.check_pdf(printed.pdf, large, printed.pages)


def test_page_one_says_what_it_lacks_room_for(large: Job) -> None:
    handout = replace(large.handout, title="Low back and hip " * 30)
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(replace(large, handout=handout))
    assert refusal.value.reasons == ("Page 1 is too full. Shorten the names, the address or the title.",)
