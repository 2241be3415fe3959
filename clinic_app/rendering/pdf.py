"""From a job to the PDF: templates, WeasyPrint, and the gate at every step. In process; `pool.py` runs it in a child.

Kept between calls, because building them costs more than using them: the font configuration, the style sheet of each
clinic colour, the compiled templates and the drawings of exercises.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import ceil
from typing import Any

from clinic_app.errors import NotPrintable
from clinic_app.rendering import drawings, fonts, gate, icons, layout, view
from clinic_app.rendering.fetcher import Assets
from clinic_app.rendering.job import Job, Printed
from clinic_app.rendering.layouts import LAYOUTS, Layout

fonts.load()

from weasyprint import CSS, HTML, Document  # noqa: E402 - fontconfig must be set up first
from weasyprint.css.counters import CounterStyle  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError  # noqa: E402

VARIANT = "pdf/ua-1"
MOST_COLOURS = 64
PAGE_ONE_GIVES_WAY: tuple[dict[str, Any], ...] = (
    {"strip": False},
    {"full_address": False},
    {"changes": 2},
    {"airy": False},
)


def render(job: Job) -> Printed:
    """Print a handout. The same job gives the same bytes, in every process.

    Raises:
        NotPrintable: the gate refused; each reason is one plain sentence.
    """
    gate.check_content(job)
    log = _Log()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(log)
    try:
        document = _laid_out(job)
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        raise NotPrintable(("A page asked for a file that does not belong to this handout.",)) from error
    except drawings.Undrawable as error:
        raise NotPrintable(("A picture of this handout could not be drawn.",)) from error
    finally:
        logger.removeHandler(log)
    gate.refuse(f"The printer reported: {message}." for message in log.messages)
    gate.check_pdf(pdf, job, len(document.pages))
    return Printed(pdf, len(document.pages))


def _laid_out(job: Job) -> Document:
    """The pages, after as much has given way as they need, and no more. Most handouts are laid out once."""
    rule = LAYOUTS[job.layout]
    named = {name: (file.data, file.media_type) for name, file in job.files.items()} | dict(icons.FILES)
    square = view.qr_file(job)
    # The QR code holds the patient's secret: it is fetched for this one document and never kept.
    fetcher = Assets(named | ({square[0]: (square[1].data, square[1].media_type)} if square else {}))
    style = _style(job.layout, job.handout.clinic.colour)

    def layout_of(page: view.Page, *, whole: bool) -> tuple[Document, dict[str, Any]]:
        html = HTML(string=layout.html(job.layout, {"page": page}), base_url=None, url_fetcher=fetcher)
        if whole:
            gate.check_tree(html.etree_element, job)
        images = drawings.kept(named)
        document = html.render(
            stylesheets=[style], font_config=_fonts(), counter_style=_counters(), cache=images, pdf_variant=VARIANT
        )
        return document, images

    def laid_out(fit: view.Fit) -> _Pages:
        return _Pages(fit, *layout_of(view.page(job, fit), whole=True))

    def given_way(fit: view.Fit, changes: Iterable[Mapping[str, Any]], full: Callable[[Document], object]) -> view.Fit:
        # The pages before the cards are tried alone, which is several times cheaper than all pages.
        for change in changes:
            fit = replace(fit, **change)
            alone, _ = layout_of(replace(view.page(job, fit), cards=()), whole=False)
            if not full(alone):
                break
        return fit

    def page_one(document: Document) -> tuple[str, ...]:
        return gate.page_one_reasons(document, rule)

    def safety(document: Document) -> bool:
        return gate.pages_with(document, "safety") > 1

    pages = laid_out(view.FULL)
    fit = replace(pages.fit, question_lines=_question_lines(pages.document, rule))
    if page_one(pages.document):
        fit = given_way(fit, PAGE_ONE_GIVES_WAY, page_one)
    if safety(pages.document):
        fit = given_way(fit, rule.safety_gives_way, safety)
    if rule.full_places:
        fit = replace(fit, full_cards=gate.split_cards(pages.document))
    if fit != pages.fit:
        pages = laid_out(fit)
    gate.refuse(page_one(pages.document))
    if rule.full_places and (still := gate.split_cards(pages.document)):
        # Type that was asked for large is never made smaller: the card has two pages, with room again on the first.
        fit = replace(fit, full_cards=fit.full_cards - still, spread_cards=still)
    if fit.question_lines == 0 and (lines := _question_lines(pages.document, rule)):
        fit = replace(fit, question_lines=lines)
    if fit != pages.fit:
        pages = laid_out(fit)
    if gate.pages_of_cards(pages.document) > ceil(len(job.handout.exercises) / rule.cards_on_a_page):
        pages = min(pages, laid_out(replace(pages.fit, tips_on_cards=False)), key=_length)
    if rule.closing_on_one_page and gate.pages_with(pages.document, "closing") > 1:
        pages = min(pages, laid_out(replace(pages.fit, question_lines=0)), key=_length)
    gate.check_images(pages.images, job)
    gate.check_pages(pages.document, job)
    return pages.document


def _question_lines(document: Document, rule: Layout) -> int | None:
    """How many lines a closing on several pages needs so that its last page is none, or is filled."""
    if rule.closing_on_one_page:
        return None
    if gate.last_page_begins_with(document, "questions"):
        return 0
    alone = any(gate.last_page_begins_with(document, last) for last in ("why", "formats"))
    return rule.most_question_lines if alone else None


@dataclass(frozen=True)
class _Pages:
    fit: view.Fit
    document: Document
    images: dict[str, Any]


def _length(pages: _Pages) -> int:
    return len(pages.document.pages)


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _counters() -> CounterStyle:
    return CounterStyle()


@lru_cache(maxsize=MOST_COLOURS)
def _style(name: str, colour: str) -> CSS:
    text = layout.css(name, colour)
    return CSS(string=text, font_config=_fonts(), counter_style=_counters(), url_fetcher=Assets(icons.FILES))


class _Log(logging.Handler):
    """Collects what WeasyPrint only logs (a missing alt text, a drawing that failed): for us each is a refusal."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage()[:200])
