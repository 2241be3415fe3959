"""The layouts: folders of `pdf_templates/`, found in a checkout or inside the installed package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic_app.rendering import dates, icons
from clinic_app.rendering.assets import address
from clinic_app.rendering.layouts import LAYOUTS

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder() -> Path:
    """Where the templates are; raises RuntimeError when they are in neither place."""
    for place in (PACKAGE / "pdf_templates", PACKAGE.parent / "pdf_templates"):
        if place.is_dir():
            return place
    raise RuntimeError("The folder pdf_templates is missing: install the service again.")


def html(layout: str, values: Mapping[str, Any]) -> str:
    """The page text of a layout. Every value is escaped; a name that is not there is an error, not a blank."""
    return _environment().get_template(f"{_known(layout)}/handout.html").render(values)


def css(layout: str, colour: str) -> str:
    """The style sheet of a layout in the clinic's colour ("#rrggbb")."""
    return _environment().get_template(f"{_known(layout)}/handout.css").render(brand=colour, layout=LAYOUTS[layout])


@cache
def digest(layout: str) -> str:
    """SHA-256 (hex) over the template files, icons and modules that a layout's pages depend on."""
    total = sha256()
    names = dict.fromkeys(("_parts", "standard", _known(layout)))  # every style sheet begins with the standard's
    places = (*(folder() / name for name in names), Path(__file__).resolve().parent)
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.suffix in {".html", ".css", ".svg", ".py"}:
                total.update(path.relative_to(place).as_posix().encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _known(layout: str) -> str:
    if layout not in LAYOUTS:
        raise ValueError(f"There is no layout {layout!r}")
    return layout


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["in_words"] = dates.in_words
    environment.filters["without_year"] = dates.without_year
    environment.filters["asset"] = address
    environment.globals["icon"] = icons.address_of
    return environment
