"""The catalogue's screens: the list, each part of the editor, what is missing, and two people's versions."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from tests.browser.person import Person
from tests.cast import Cast
from tests.exercise_drafts import edgars_copy

TABS = ("dose", "pictures", "precautions-tab", "evidence", "history")


def catalogue_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """For somebody who keeps the catalogue."""
    tab = person.tab
    for number, part in enumerate(TABS, 4):  # another exercise each time: the same address would not be loaded again
        person.go(f"/staff/exercises/{number}#{part}")
        tab.locator(f"#{part}").wait_for()
        yield f"exercise, {part}"
    for name, address in {
        "exercises, filter open": "/staff/exercises?region=low_back&state=draft",
        "new exercise": "/staff/exercises/new",
        "copy": "/staff/exercises/new?copy_of=1",
        "revision": "/staff/exercises/1/revisions/1",
    }.items():
        person.go(address)
        if "filter" in name:
            tab.locator("details.filter summary").first.click()
        yield name
    person.go(f"/staff/exercises/{edgars_copy(app, cast)}")
    other = tab.context.new_page()
    other.goto(tab.url, wait_until="domcontentloaded")
    tab.get_by_label("Step 1", exact=True).fill("Engage your core and hold it for 99 seconds.")
    with tab.expect_response("**/advice"):
        tab.get_by_label("Feel it").click()
    tab.get_by_text("Tighten your tummy").wait_for()
    yield "exercise, advice"
    person.find("Evidence and review", "link").click()
    person.find("Save and send to review").click()
    tab.locator("#gaps").wait_for()
    yield "exercise, things missing"
    late = Person(other)
    late.type("Feel it", "Written meanwhile.")
    # Leaving the page while the advice is on its way would be an error in the console.
    with other.expect_response("**/advice"):
        other.get_by_label("Feel it", exact=True).press("Tab")
    late.press("Save revision 2")
    late.find("Somebody else changed this exercise", "heading").wait_for()
    person.tab = other
    yield "exercise, two people"
    person.tab = tab
    other.close()


def pose_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    """Drawing exercise 2: from the side, from the front, and a page that somebody else has overtaken."""
    tab = person.tab
    person.go("/staff/exercises/2/poses")
    tab.locator(".pose-handle").first.wait_for()
    yield "poses"
    person.choose("View", "From the front")
    tab.get_by_text("The figure begins anew in this view.").wait_for()
    tab.get_by_role("slider", name="Left knee, bend", exact=True).wait_for()
    yield "poses, from the front"
    other = tab.context.new_page()
    late = Person(other)
    late.go("/staff/exercises/2/poses")
    other.locator(".pose-handle").first.wait_for()
    late.type("Caption of picture A", "Written meanwhile.")
    late.press("Save revision 2")
    other.get_by_text("Saved as revision 2.").wait_for()
    other.close()
    person.press("Save revision 2")
    tab.get_by_role("button", name="Save mine as revision 3").wait_for()
    tab.locator(".pose-handle").first.wait_for()
    yield "poses, two people"
