"""Every screen in every state, on a desk and on a tablet: nobody is shut out, and the browser does not complain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from clinic_app import ROOT
from tests.browser.person import Person
from tests.browser.screens import SIGNED_IN, outside_screens
from tests.browser.watch import Watch
from tests.cast import Cast

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("without_previews"),
]

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
OPTIONS = (
    "{ resultTypes: ['violations'], preload: false, iframes: false, rules: { 'color-contrast': { enabled: %s } } }"
)
WIDTHS = (768, 1440)  # pixels; the last one stays for the next screen
WITH_COLOURS = {390, 1440}


def axe(tab: Page) -> Iterator[str]:
    """What axe-core finds on the page that the tab shows, one line a place."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    # Colours are the same at every width, and looking at them takes most of the time.
    size = tab.viewport_size
    colours = "true" if size and size["width"] in WITH_COLOURS else "false"
    found: Any = tab.evaluate(f"axe.run(document, {OPTIONS % colours})")
    assert found["passes"], "axe-core looked at nothing"
    for violation in found["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['target']} {' '.join(node['failureSummary'].split())}"


def width(tab: Page) -> Iterator[str]:
    if tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield "the page scrolls sideways"


def at_each_width(tab: Page, *looks: Callable[[Page], Iterator[str]], widths: tuple[int, ...] = WIDTHS) -> list[str]:
    found = []
    for pixels in widths:
        tab.set_viewport_size({"width": pixels, "height": 1000})
        found += [f"at {pixels} pixels, {line}" for look in looks for line in look(tab)]
    return found


@pytest.mark.parametrize("part", SIGNED_IN)
def test_no_screen_shuts_anybody_out_or_upsets_the_browser(
    app: Flask, cast: Cast, person: Person, watch: Watch, part: str
) -> None:
    person.sign_in("Maya")
    walk(SIGNED_IN[part](app, cast, person), person, watch)


def test_no_screen_outside_shuts_anybody_out(person: Person, watch: Watch) -> None:
    walk(outside_screens(person), person, watch)


def walk(screens: Iterator[str], person: Person, watch: Watch) -> None:
    """Look at each of `screens` while the tab shows it, and fail with everything that is wrong with all of them."""
    wrong = []
    watch.leaves_unsaved = True
    seen = 0
    for name in screens:
        seen += 1
        wrong += [f"{name}: {line}" for line in at_each_width(person.tab, axe, width)]
        wrong += [f"{name}: {complaint}" for complaint in watch.complaints]
        watch.complaints.clear()
    assert seen >= 3
    assert not wrong, "\n".join(wrong)


def test_a_fault_would_be_found(person: Person) -> None:
    """The test above can fail."""
    person.tab.evaluate("document.querySelectorAll('label').forEach((each) => each.remove())")
    person.tab.evaluate("document.body.style.width = '3000px'")
    found = at_each_width(person.tab, axe, width)
    assert any("label:" in line for line in found)
    assert any("sideways" in line for line in found)
