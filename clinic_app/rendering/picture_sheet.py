"""The contact sheet: every exercise with all its pictures and their words, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic_app.rendering import fonts, layout
from clinic_app.rendering.assets import address
from clinic_app.rendering.fetcher import Assets
from clinic_app.rendering.pictures import SVG
from clinic_app.rendering.sheet_cards import SheetCard

fonts.load()

from weasyprint import CSS, HTML  # noqa: E402 - fontconfig must be set up first
from weasyprint.text.fonts import FontConfiguration  # noqa: E402


def sheet_pdf(title: str, cards: Sequence[SheetCard]) -> bytes:
    """The cards in their order on A4 pages. The same cards give the same bytes."""
    html = _environment().get_template("sheet.html").render(title=title, cards=cards)
    pictures = {frame.file: (frame.svg.encode(), SVG) for card in cards for frame in card.frames if frame.svg}
    fetcher, font_config = Assets(pictures), FontConfiguration()
    style = CSS(
        string=(layout.folder() / "picture_sheet" / "sheet.css").read_text("utf-8"),
        font_config=font_config,
        url_fetcher=fetcher,
    )
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=font_config, pdf_variant="pdf/ua-1"
    )
    return pdf


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(layout.folder() / "picture_sheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["asset"] = address
    return environment
