"""axe-core finds nothing wrong with any screen in any of its states, on a desk and on a tablet."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from clinic_app import ROOT
from tests.browser.conftest import hide_previews, profile
from tests.browser.person import Person
from tests.browser.screens import screens
from tests.cast import Cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(tab: Page) -> list[str]:
    """What axe-core finds on the page that the tab shows, one line a place."""
    tab.evaluate(AXE)
    found: Any = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def wider_than_the_screen(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1440, 768])
def test_no_screen_shuts_anybody_out(app: Flask, cast: Cast, chromium: Browser, site: str, width: int) -> None:
    wrong: dict[str, list[str]] = {}
    with profile(chromium, site, width=width, bypass_csp=True) as (context, _):
        hide_previews(context)
        person = Person(context.new_page())
        for name in screens(app, cast, person):
            found = faults(person.tab)
            if wider_than_the_screen(person.tab):
                found.append("the page scrolls sideways")
            if found:
                wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {line}" for name, lines in wrong.items() for line in lines)


def test_a_fault_would_be_found(chromium: Browser, site: str) -> None:
    """The test above can fail."""
    with profile(chromium, site, bypass_csp=True) as (context, _):
        tab = context.new_page()
        tab.goto("/sign-in")
        tab.evaluate("document.querySelectorAll('label').forEach((each) => each.remove())")
        assert any(line.startswith("label:") for line in faults(tab))
