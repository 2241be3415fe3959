"""An exercise in motion on its page: it plays, stands still at a press, and stays still for whoever asked for that."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.exercise_form import number_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SHOWN = "image => image.currentSrc"
NOW = "svg => svg.getCurrentTime()"
STANDS = "svg => svg.animationsPaused()"
# Answers when a part of the body has another place than now: the thigh goes up, so its outline changes.
MOVES = """svg => new Promise(done => {
  const part = [...svg.querySelectorAll("path")].find(path => path.querySelector("animate[attributeName=d]"));
  const place = () => { const box = part.getBBox(); return [box.x, box.y, box.width, box.height].join(); };
  const before = place();
  const look = () => place() === before ? requestAnimationFrame(look) : done(true);
  look();
})"""


def test_it_plays_stops_and_starts_by_mouse_and_keyboard(app: Flask, clara: Person, watch: Watch) -> None:
    """The browsers of the tests ask for less motion; for this one that is taken back in the middle."""
    tab = clara.tab
    address = f"/staff/exercises/{number_of(app)}"
    clara.go(address)
    image = tab.get_by_role("img", name=re.compile("^Start: .* Then: "))
    play, pause = clara.find("Play: Bridge"), clara.find("Pause: Bridge")
    expect(play).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    assert "/pictures/B" in image.evaluate(SHOWN)  # still, until it is asked for
    play.focus()
    tab.keyboard.press("Enter")
    drawing = tab.locator("svg[role=img]")
    expect(drawing).to_have_attribute("aria-label", re.compile("^Start: .* Then: "))
    expect(pause).to_be_focused()
    assert drawing.evaluate(MOVES)
    tab.keyboard.press("Space")
    expect(play).to_be_focused()
    assert drawing.evaluate(STANDS)
    stood = drawing.evaluate(NOW)
    play.click()
    assert drawing.evaluate(MOVES)
    assert drawing.evaluate(NOW) > stood

    tab.emulate_media(reduced_motion="no-preference")
    clara.go(address)
    expect(pause).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    assert "/moving.svg" in image.evaluate(SHOWN)  # plays by itself
    pause.click()
    expect(drawing).to_be_visible()
    assert drawing.evaluate(STANDS)
    expect(play).to_be_visible()

    # Without a connection the button goes on saying what is.
    clara.go(address)
    expect(pause).to_be_visible()
    watch.offline_expected = True
    tab.context.set_offline(True)
    with tab.expect_event("requestfailed"):
        pause.click()
    expect(pause).to_be_visible()
    tab.context.set_offline(False)
    pause.click()
    expect(drawing).to_be_visible()
    expect(play).to_be_visible()
