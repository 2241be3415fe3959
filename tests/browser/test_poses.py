"""Drawing an exercise: by mouse, and by keyboard alone with undo, a lost connection and a sign-in that ran out."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services.exercise_history import content_now
from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.cast import PASSWORD

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def joints(app: Flask, number: int) -> dict[str, float]:
    """The angles of picture B as they were saved last."""
    with app.app_context():
        found: dict[str, float] = content_now(db.session.get_one(Exercise, number))["pictures"][1]["scene"]["joints"]
        return found


def handle(tab: Page, label: str) -> Locator:
    return tab.locator("#pose-handles").get_by_role("button", name=re.compile(f"^{re.escape(label)}"))


def test_a_knee_is_dragged_and_saved(app: Flask, person: Person, draft: int) -> None:
    tab = person.tab
    person.sign_in("Edgar")
    person.go(f"/staff/exercises/{draft}#pictures")
    person.press("Draw", "link")
    person.arrive(f"**/staff/exercises/{draft}/poses")
    person.press("B: picture B")
    before = joints(app, draft)
    knee = handle(tab, "Near hip, lift")
    expect(knee).to_be_visible()
    box = knee.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x, y + 30, steps=4)
    tab.mouse.move(x - 20, y + 70, steps=6)
    number = tab.get_by_role("spinbutton", name="Near hip, lift", exact=True)
    expect(number).not_to_have_value(f"{before['near_hip']:g}")
    tab.mouse.up()
    expect(person.find("Undo")).to_be_enabled()
    person.press("Save revision 2")
    expect(tab.get_by_text("Saved as revision 2.")).to_be_visible()
    after = joints(app, draft)
    assert after["near_hip"] > before["near_hip"] + 10
    assert {name for name in before if before[name] != after[name]} == {"near_hip"}
    there = handle(tab, "Near hip, lift").bounding_box()
    assert there
    assert abs(there["y"] - box["y"]) > 20


def test_a_pose_is_changed_by_keyboard_alone(app: Flask, person: Person, watch: Watch, draft: int) -> None:
    tab, keys = person.tab, person.tab.keyboard
    person.sign_in("Edgar")
    person.go(f"/staff/exercises/{draft}/poses?picture=B")
    slider = tab.get_by_role("slider", name="Near knee, bend", exact=True)
    number = tab.get_by_role("spinbutton", name="Near knee, bend", exact=True)
    expect(handle(tab, "Near knee, bend")).to_be_visible()
    start = joints(app, draft)["near_knee"]
    slider.focus()
    for _ in range(3):
        keys.press("Shift+ArrowRight")
    expect(number).to_have_value(f"{start + 15:g}")
    expect(handle(tab, f"Near knee, bend: {start + 15:.0f} degrees")).to_be_visible()
    keys.press("Control+z")
    expect(number).to_have_value(f"{start:g}")
    expect(slider).to_be_focused()
    keys.press("Control+Shift+z")
    expect(number).to_have_value(f"{start + 15:g}")

    def lose(route: Route) -> None:
        route.abort("internetdisconnected")

    watch.offline_expected = True
    tab.context.route("**/poses/preview", lose)
    handle(tab, "Near knee, bend").focus()
    keys.press("ArrowUp")
    expect(tab.get_by_text("No connection. What you drew is kept, trying again.")).to_be_visible()
    tab.context.unroute("**/poses/preview", lose)
    expect(number).to_have_value(f"{start + 16:g}")
    expect(handle(tab, "Near knee, bend")).to_be_focused()

    watch.sign_out_expected = True
    tab.context.clear_cookies()
    keys.press("ArrowUp")
    expect(tab.get_by_text("You were signed out. What you typed is still on this page.")).to_be_visible()
    with tab.context.expect_page() as opened:
        person.find("Sign in in a new tab", "link").press("Enter")
    Person(opened.value).type("E-mail", "edgar@clinic.example")
    Person(opened.value).type("Password", PASSWORD)
    opened.value.keyboard.press("Enter")
    expect(opened.value.get_by_role("heading", name="You are signed in")).to_be_visible()
    opened.value.close()
    if person.find("Go on").is_visible():
        person.find("Go on").press("Enter")
    expect(number).to_have_value(f"{start + 17:g}")
    watch.complaints = [each for each in watch.complaints if "status of 400" not in each]  # the refusal just seen
    person.find("Save revision 2").focus()
    keys.press("Enter")
    expect(tab.get_by_text("Saved as revision 2.")).to_be_visible()
    assert joints(app, draft)["near_knee"] == pytest.approx(start + 17)
