"""The small parts: dates, QR code, fetcher, pictures of pages, layout folder, kept drawings."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from jinja2 import UndefinedError
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError

from clinic_app.errors import NotPrintable
from clinic_app.rendering import bands, dates, drawings, fonts, icons, layout, pdf, pictures, qr, view
from clinic_app.rendering.assets import address
from clinic_app.rendering.fetcher import Assets
from clinic_app.rendering.job import File, Job, Printed
from clinic_app.rendering.layouts import LAYOUTS, STANDARD
from clinic_app.rendering.png import pages_as_png

ROOT = Path(__file__).parents[2]


def test_dates_are_said_in_words() -> None:
    assert dates.in_words(date(2027, 4, 23)) == "23 April 2027"
    assert dates.without_year(date(2026, 11, 3)) == "3 November"


def test_days_cross_the_end_of_a_year() -> None:
    days = dates.days_from(date(2026, 12, 28), 14)
    assert (days[0], days[-1], len(days)) == (date(2026, 12, 28), date(2027, 1, 10), 14)
    assert dates.WEEKDAYS[days[0].weekday()] == "Mo"


def test_a_qr_code_has_four_modules_of_white() -> None:
    text = qr.svg("https://clinic.example/p/1#secret").decode()
    assert 'fill="#fff"' in text
    assert 'stroke="#000"' in text
    side, _ = pictures.size(text.encode(), pictures.SVG)
    assert (side - 2 * qr.QUIET_ZONE - 17) % 4 == 0  # a QR symbol of version v has 17 + 4 v modules
    assert "M4 4.5h7" in text


def test_the_fetcher_knows_only_its_own_files() -> None:
    own = Assets({"a" * 64: (b"data", "image/png")})
    assert own.fetch(address("a" * 64)).read() == b"data"


@pytest.mark.parametrize(
    "url",
    [
        "http://c.test/x",
        "https://c.test",
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://c.test",
        "asset:" + "b" * 64,
        "asset:",
    ],
)
def test_the_fetcher_denies_everything_else(url: str) -> None:
    own = Assets({"a" * 64: (b"data", "image/png")})
    with pytest.raises(FatalURLFetchingError):
        HTML(string=f'<img src="{url}" alt="x">', url_fetcher=own).render()
    assert own.denied == 1


def test_a_style_sheet_cannot_fetch_either() -> None:
    with pytest.raises(FatalURLFetchingError):
        CSS(string="@import 'http://c.test/x.css';", url_fetcher=Assets({}))


def test_pages_become_pictures(printed: Printed) -> None:
    pages = pages_as_png(printed.pdf, 50)
    assert len(pages) == printed.pages
    assert Image.open(BytesIO(pages[0])).size == (414, 585)
    assert pages_as_png(printed.pdf, 50, 2, 3) == pages[1:3]


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 6), (6, 6)])
def test_pages_that_are_not_there(printed: Printed, first: int, last: int) -> None:
    with pytest.raises(ValueError, match="there are no pages"):
        pages_as_png(printed.pdf, 50, first, last)


def test_no_pages_of_what_is_no_pdf() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        pages_as_png(b"hello")


def test_a_name_that_no_page_has_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        layout.html("standard", {"page": {}})


@pytest.mark.parametrize("name", ["../standard", "", "fridge/../standard"])
def test_an_unknown_layout_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="There is no layout"):
        layout.css(name, "#0E5A68")


def test_templates_are_also_found_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "clinic_app" / "pdf_templates").mkdir(parents=True)
    monkeypatch.setattr(layout, "PACKAGE", tmp_path / "clinic_app")
    assert layout.folder.__wrapped__() == tmp_path / "clinic_app" / "pdf_templates"
    (tmp_path / "clinic_app" / "pdf_templates").rmdir()
    with pytest.raises(RuntimeError, match="install the service again"):
        layout.folder.__wrapped__()


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_page_text_is_well_formed(name: str, job: Job) -> None:
    text = layout.html(name, {"page": view.page(replace(job, layout=name))})
    root = ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))
    assert root.tag == "html"
    named = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(named) == len(set(named))


def test_the_order_to_print_can_be_made_without_the_printer() -> None:
    program = """
import sys, types
package = types.ModuleType("clinic_app")
package.__path__ = ["clinic_app"]
sys.modules["clinic_app"] = package  # the module alone, without the application around it
from clinic_app.rendering import job
print("weasyprint" in sys.modules)
"""
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


@pytest.mark.parametrize(("name", "most"), [("standard", 105), ("large_print", 195)])
def test_the_style_sheet_is_plain(name: str, most: int, caplog: pytest.LogCaptureFixture) -> None:
    text = re.sub(r"/\*.*?\*/", "", layout.css(name, "#123456"), flags=re.DOTALL)
    assert text.count("{") < most + text.count("@")
    assert not any(
        word in text for word in ("flex", "grid-", "var(", "http", "!important", "italic", "justify", "uppercase")
    )
    CSS(string=text, url_fetcher=Assets(icons.FILES))
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_family_of_the_style_sheet_is_a_print_font(name: str) -> None:
    text = layout.css(name, "#123456")
    named = {part for part in text.split('"') if part.startswith(("Text ", "Figures ", "Noto "))}
    assert {f"{name.replace(' ', '')}.ttf" for name in named} <= set(fonts.FILES)
    # The figures come first in every stack, and with the weight of their text.
    for stack in (part.split(";")[0].split("}")[0] for part in text.split('"Figures ')[1:]):
        weight = stack[:3]
        assert stack.startswith(f'{weight}", "Text {weight}", "Noto ')


def test_band_cells_fill_the_grid_and_keep_a_dose_on_one_line() -> None:
    cells = [
        bands.Piece("Hold", "", ("20", "30"), "to", "seconds", ""),
        bands.Piece("Repeat", "", ("3",), "", "times each leg", "3 left, 3 right"),
        bands.Piece("Every day", "", ("2",), "", "times a day", ""),
    ]
    widths = bands.shared(cells, STANDARD.dose[0])
    assert sum(widths) == pytest.approx(180, abs=0.2)
    for cell, wide in zip(cells, widths, strict=True):
        large = sum(fonts.width(figure, 800, 33) for figure in cell.figures)
        between = fonts.width(" to ", 700, 16) if len(cell.figures) > 1 else 0
        assert large + between + fonts.width(f" {cell.unit}", 700, 16) < wide - 5.4


def test_kept_drawings_give_the_same_pages_as_weasyprint_alone(
    printed: Printed, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "kept", lambda _files: {})
    assert pages_as_png(pdf.render(job).pdf, 60) == pages_as_png(printed.pdf, 60)


def test_a_kept_drawing_holds_no_document(job: Job) -> None:
    pdf.render(job)
    found = drawings.kept({name: (file.data, file.media_type) for name, file in job.files.items()})
    painted = [drawing for drawing in found.values() if drawing._painted]
    assert len(painted) >= 12  # more, if other tests printed other exercises before
    for drawing in painted:
        assert drawing._image._svg.stream is None
        assert drawing._image._context is None
        assert all(isinstance(operators, bytes) for operators, _ in drawing._painted.values())


def test_the_qr_code_is_never_kept(job: Job) -> None:
    pdf.render(job)
    assert job.address is not None
    secret = sha256(qr.svg(job.address.url)).hexdigest()
    named = {name: (file.data, file.media_type) for name, file in job.files.items()}
    assert address(secret) not in drawings.kept(named)


@pytest.mark.parametrize(
    "inside",
    ["<text>a</text>", '<g opacity=".5"><path d="M0 0h9"/></g>', '<path style="fill:red" d="M0 0h9"/>', "<image/>"],
)
def test_drawings_that_need_more_are_not_kept(inside: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()
    assert drawings.kept({"x": (data, pictures.SVG)}) == {}


def test_a_drawing_that_fails_while_it_is_painted_is_refused(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError("a number that is none")

    monkeypatch.setattr("weasyprint.svg.SVG.draw", fail)
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h5" stroke="red"/></svg>'
    name = sha256(data).hexdigest()
    first = job.handout.exercises[0]
    broken = replace(first, pictures=tuple(replace(picture, file=name) for picture in first.pictures))
    handout = replace(job.handout, exercises=(broken, *job.handout.exercises[1:]))
    with pytest.raises(NotPrintable, match="could not be drawn"):
        pdf.render(Job(handout, {**job.files, name: File(data, pictures.SVG)}, job.address))


def test_the_code_on_paper_reads_from_a_noisy_grey_copy(printed: Printed, job: Job) -> None:
    page = Image.open(BytesIO(pages_as_png(printed.pdf, 110, 1, 1)[0])).convert("L")
    noise = Image.effect_noise(page.size, 60)
    copy = Image.blend(page, noise, 0.3)
    assert job.address is not None
    assert [code.text for code in zxingcpp.read_barcodes(copy)] == [job.address.url]
