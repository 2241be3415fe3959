"""The guided session for whoever does not look at the phone: what it sounds, says and buzzes; a screen that stays on.

The browser's own interfaces are listened to from before the page is loaded; the clock is held, nothing waits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from clinic_app.database import db
from clinic_app.dosage import Hold, Range, Side
from clinic_app.models import Account, Patient
from clinic_app.services import addresses, handouts
from tests.browser.person import Person
from tests.browser.test_guided import at_the_session, seconds, shows
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.issuing import NOW, started_programme

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Everything that leaves the page for the ears, the hand and the screen, in its order. What is said is compared with
# what can be seen once the page has painted it.
LISTEN = """(() => {
  if (!isSecureContext) return; // the empty page before ours
  const sensed = (self.sensed = []);
  self.unseen = [];
  const play = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function start(...when) {
    sensed.push(`sound ${this.frequency.value}`);
    return play.apply(this, when);
  };
  // On a machine without a loudspeaker it may never run.
  Object.defineProperty(AudioContext.prototype, "state", { get: () => "running" });
  SpeechSynthesis.prototype.cancel = () => { self.hushed = (self.hushed ?? 0) + 1; };
  SpeechSynthesis.prototype.speak = ({ text }) => {
    sensed.push(`say ${text}`);
    queueMicrotask(() => {
      const parts = ["order", "name", "side", "other", "end"].map((name) => document.getElementById(`guided-${name}`));
      const seen = parts.filter((each) => each.checkVisibility()).map((each) => each.innerText).join(" ");
      const said = text.split(/(?<=[.!?]) /);
      self.unseen.push(...said.filter((each) => !seen.includes(each.replace(/[.]$/, ""))));
    });
  };
  Navigator.prototype.vibrate = (pattern) => sensed.push(`buzz ${pattern}`);
  WakeLock.prototype.request = async (kind) => {
    sensed.push(`awake ${kind}`);
    const lock = (self.lock = new EventTarget());
    lock.release = async () => {
      sensed.push("asleep");
      lock.dispatchEvent(new Event("release"));
    };
    return lock;
  };
})()"""
START, END, MARK, TICK = "sound 660", "sound 440", "sound 880", "sound 550"
BUZZ_START, BUZZ_END, BUZZ_MARK = "buzz 120", "buzz 60,60,60", "buzz 250,100,250"


@pytest.fixture
def session(app: Flask, cast: Cast, watch: Watch) -> Person:
    """Ada at knee to chest: 1 to 3 times, held 20 to 30 seconds, left leg only."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
        for row in programme.rows:
            row.dosage = replace(row.dosage, times_per_day=Range.of(1))  # in the session at every hour
        first = programme.rows[0]
        first.dosage = replace(first.dosage, hold=Hold(Range(20, 30)), reps=Range(1, 3), side=Side.LEFT)
        db.session.commit()
        handouts.issue(clara, handouts.prepare(clara, programme, NOW), "first click", NOW)
        db.session.commit()
        address = "/p/" + addresses.printed(programme).url.rpartition("/")[2]
    watch.context.add_init_script(LISTEN)
    return at_the_session(watch, address)


def sensed(tab: Page, *kinds: str) -> list[str]:
    """What was sensed since this was asked last, of some kinds or all."""
    found: list[str] = tab.evaluate("self.sensed.splice(0)")
    return [each for each in found if not kinds or each.partition(" ")[0] in kinds]


def seen_as(tab: Page, state: str) -> None:
    """The patient goes to another app, or comes back; the system takes the lock away with the page."""
    tab.evaluate(
        """(state) => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          if (state === "hidden") self.lock.dispatchEvent(new Event("release"));
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_each_change_is_heard_said_and_felt(session: Person) -> None:
    tab = session.tab
    assert sensed(tab) == [], "nothing before it was asked for"
    session.press("Start")
    seconds(tab, 5)
    wait = [TICK] * 3
    assert sensed(tab, "sound", "say", "buzz") == [
        *(END, BUZZ_END, "say Get ready. Left leg", *wait),
        *(START, BUZZ_START, "say Move into place"),
    ]
    seconds(tab, 2)
    assert sensed(tab) == [START, BUZZ_START, "say Hold. Keep breathing."]
    seconds(tab, 19)
    assert sensed(tab) == []
    seconds(tab, 1)
    assert sensed(tab) == [MARK, BUZZ_MARK, "say You may stop here."]
    seconds(tab, 10)
    assert sensed(tab) == [*wait, END, BUZZ_END, "say Relax. Come back."]

    # The second time may be left out, and is told so; its hold has a lower number all the same.
    seconds(tab, 2)
    assert sensed(tab) == [START, BUZZ_START, MARK, BUZZ_MARK, "say You may stop here."]
    seconds(tab, 2 + 19)
    assert sensed(tab) == [START, BUZZ_START, "say Hold. Keep breathing."]
    seconds(tab, 1)
    assert sensed(tab) == [MARK, BUZZ_MARK, "say You may stop here."]
    seconds(tab, 10 + 2)

    seconds(tab, 2 + 1)
    assert sensed(tab, "say")[1:] == ["say You may stop here.", "say Hold. Keep breathing."]
    session.press("Stop here, go on")
    expect(session.find("Pause")).to_be_focused()
    shows(tab, "This is the last one.")
    assert sensed(tab) == ["say This is the last one."]
    seconds(tab, 19)
    shows(tab, "You may stop here.")
    assert sensed(tab) == [MARK, BUZZ_MARK, "say You may stop here."]
    session.press("Pause")
    session.press("Go on")
    assert sensed(tab, "sound", "say", "buzz") == ["say Paused. Take your time.", "say You may stop here."]
    session.press("Stop here, go on")
    seconds(tab, 2)
    said = sensed(tab, "say")
    assert said == ["say Relax. Come back.", "say Pelvic tilt. Get into place. Then press Start."]
    while session.find("Skip").is_visible():
        session.press("Skip")
    assert sensed(tab, "say")[-1].startswith("say Well done. You finished 1 of ")
    assert tab.evaluate("self.unseen") == [], "the very words stand on the screen"


def test_what_is_switched_off_stays_off(session: Person) -> None:
    tab = session.tab
    tab.get_by_label("A voice says each step").uncheck()
    session.press("Start")
    seconds(tab, 7)
    found = sensed(tab)
    assert START in found
    assert BUZZ_START in found
    assert not [each for each in found if each.startswith("say")]
    hushed = tab.evaluate("self.hushed")
    session.press("Sound")
    expect(session.find("Sound")).to_have_attribute("aria-pressed", "false")
    expect(tab.locator("#guided-said")).to_have_text("Sound is off")
    assert tab.evaluate("self.hushed") > hushed, "a sentence that was begun is cut off"
    seconds(tab, 30)
    assert sensed(tab) == [BUZZ_MARK, BUZZ_END]

    # The phone remembers, and remembers nothing else.
    session.press("Skip")
    tab.reload()
    expect(session.find("Pelvic tilt", "heading")).to_be_visible()
    expect(session.find("Sound")).to_have_attribute("aria-pressed", "false")
    expect(tab.get_by_label("A voice says each step")).not_to_be_checked()
    expect(tab.get_by_label("The phone buzzes, too")).to_be_checked()
    tab.get_by_label("The phone buzzes, too").uncheck()
    session.press("Start")
    seconds(tab, 30)
    assert sensed(tab, "sound", "say", "buzz") == []
    kept = tab.evaluate("localStorage.getItem('guided-settings')")
    assert kept == '{"voice":false,"sound":false,"buzz":false}'
    session.press("Sound")
    expect(tab.locator("#guided-said")).to_have_text("Sound is on")
    seconds(tab, 30)
    assert sensed(tab, "sound")


def test_the_screen_stays_on_while_it_counts(session: Person) -> None:
    tab = session.tab

    def lock() -> list[str]:
        return sensed(tab, "awake", "asleep")

    session.press("Start")
    assert lock() == ["awake screen"]
    seconds(tab, 20)
    assert lock() == [], "once is enough"
    session.press("Pause")
    assert lock() == ["asleep"]
    session.press("Go on")
    assert lock() == ["awake screen"]
    seen_as(tab, "hidden")
    assert lock() == []
    seen_as(tab, "visible")
    assert lock() == ["awake screen"], "it is asked for again"
    session.press("Stop")
    assert lock() == ["asleep"]
    seen_as(tab, "visible")
    assert lock() == [], "not while it stands"
    session.press("Nothing, go on")
    assert lock() == ["awake screen"]
    # Pressed faster than the phone answers: no lock is left over.
    tab.evaluate("for (let press = 0; press < 4; press += 1) document.getElementById('guided-main').click()")
    found = lock()
    assert found.count("awake screen") == found.count("asleep")
    session.press("Stop")
    session.press("I want to end here")
    assert lock() == ["asleep"]


def test_whoever_asked_for_less_motion_sees_a_still_picture(session: Person) -> None:
    tab = session.tab
    picture = tab.locator("#guided-picture")
    first: dict[str, Any] = tab.locator("#guided-list img").first.evaluate(
        "(image) => ({ still: image.getAttribute('src'), ...image.dataset })"
    )
    assert len({first["still"], first["moving"]}) == 2
    expect(picture).to_have_attribute("src", first["still"])
    session.press("Start")
    seconds(tab, 6)
    shows(tab, "Move into place")
    expect(picture).to_have_attribute("src", first["still"])

    tab.emulate_media(reduced_motion="no-preference")
    tab.evaluate("addEventListener('pagehide', () => sessionStorage.clear())")
    tab.reload()
    expect(picture).to_have_attribute("src", first["moving"])
    session.press("Start")
    seconds(tab, 8)
    shows(tab, "Hold. Keep breathing.")
    expect(picture).to_have_attribute("src", first["still"])
    session.press("Skip")
    session.press("Back")
    expect(picture).to_have_attribute("src", first["moving"])
    session.press("Stop the picture")
    expect(picture).to_have_attribute("src", first["still"])
    tab.reload()
    expect(session.find("Move the picture")).to_be_visible()
