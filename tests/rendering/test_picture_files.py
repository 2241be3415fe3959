"""Drawings as PDF pages and PNG pictures, the contact sheet, and what counts as a difference between two drawings."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from clinic_app.illustration.grey import in_grey
from clinic_app.rendering.picture_difference import Difference, differences, page
from clinic_app.rendering.picture_files import as_images, as_pdf, as_png
from clinic_app.rendering.picture_sheet import sheet_pdf
from clinic_app.rendering.sheet_cards import MILLIMETRES_PER_UNIT, SheetCard, SheetFrame

POINTS_PER_MILLIMETRE = 72 / 25.4


def drawing(width: float = 100, height: float = 50, colour: str = "#B3390B", side: float = 30) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<circle cx="30" cy="25" r="{side / 2}" fill="{colour}"/></svg>\n'
    )


def test_each_drawing_has_a_page_of_its_own_size() -> None:
    document = pypdfium2.PdfDocument(as_pdf([drawing(), drawing(60, 100), drawing()]))
    sizes = [document[number].get_size() for number in range(len(document))]
    document.close()
    scale = MILLIMETRES_PER_UNIT * POINTS_PER_MILLIMETRE
    for (width, height), expected in zip(sizes, ((100, 50), (60, 100), (100, 50)), strict=True):
        assert width == pytest.approx(expected[0] * scale, abs=0.6)
        assert height == pytest.approx(expected[1] * scale, abs=0.6)


def test_a_png_shows_the_drawing_on_white() -> None:
    image = Image.open(BytesIO(as_png(drawing(), 400))).convert("RGB")
    assert image.size == (400, 200)
    assert image.getpixel((2, 2)) == (255, 255, 255)
    assert image.getpixel((120, 100)) == (0xB3, 0x39, 0x0B)
    assert as_images([], 100) == []


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="drawing"):
        as_pdf(["<p>no</p>"])


def test_grey_is_the_grey_of_a_copier() -> None:
    assert in_grey('<path fill="#B3390B" stroke="#fff"/><path fill="none"/>') == (
        '<path fill="#585858" stroke="#FFFFFF"/><path fill="none"/>'
    )
    coloured = Image.new("RGB", (1, 1), (0xB3, 0x39, 0x0B)).convert("L").getpixel((0, 0))
    assert coloured == 0x58


def test_drawings_that_look_the_same_do_not_differ() -> None:
    assert differences({"a": drawing()}, {"a": drawing()}) == []
    assert differences({"a": drawing()}, {"a": drawing(side=30.02)}) == []
    assert differences({"a": drawing()}, {"a": drawing(colour="#B23A0B")}) == []


@pytest.mark.parametrize(
    "changed", [drawing(side=32), drawing(colour="#0B39B3"), drawing(colour="#B3C00B"), drawing(100, 60)]
)
def test_a_change_that_can_be_seen_is_a_difference(changed: str) -> None:
    (found,) = differences({"a": drawing()}, {"a": changed})
    assert (found.name, found.approved, found.present) == ("a", drawing(), changed)
    assert found.share > 0.005
    assert Image.open(BytesIO(found.image)).size[0] == 240
    assert "a differs in " in str(found)


def test_pictures_that_only_one_side_has_are_told() -> None:
    said = [str(each) for each in differences({"gone": drawing()}, {"new": drawing()})]
    assert said == ["gone is approved, but there is no such pose", "new is not approved yet"]


def test_the_page_shows_both_and_runs_nothing() -> None:
    shown = page([Difference("<b>", drawing(), drawing(side=9), 0.5, b"png")], 12)
    assert "1 of 12 pictures differ" in shown
    assert "&lt;b&gt; differs in 50.00%" in shown
    assert shown.count("<svg") == 2
    assert "<script" not in shown


def test_the_sheet_has_all_pictures_at_one_scale_and_says_what_is_missing() -> None:
    frames = (
        SheetFrame("A", "Start & go", "Lying on your back.", drawing()),
        SheetFrame("B", "Lift", "Standing.", drawing(60, 100)),
        SheetFrame("C", "Lower", "", ""),
    )
    cards = [SheetCard(f"Exercise {number}", "draft, no picture yet", frames) for number in range(9)]
    first, again = (sheet_pdf("All pictures", cards) for _ in range(2))
    assert first == again
    document = pypdfium2.PdfDocument(first)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert len(document) > 1
    document.close()
    assert "All pictures" in words
    for said in ("Exercise 8 draft, no picture yet", "A Start & go", "Not drawn yet", "Lying on your back."):
        assert said in words
    assert frames[0].width / 100 == pytest.approx(frames[1].width / 60)
