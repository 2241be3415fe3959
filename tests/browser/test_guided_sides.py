"""The side in the guided session: at every second the words, the address of the picture and the letter in it agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page

from clinic_app.database import db
from clinic_app.dosage import Hold, Range, Side
from clinic_app.models import Account, Patient
from clinic_app.services import addresses, handouts
from tests.browser.test_guided import at_the_session, seconds
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.issuing import NOW, started_programme
from tests.letters import sides_written
from tests.sending import plain_pages

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# What can be seen: the exercise, the side in words, the picture, its description, and what is said of another side.
SEEN = """() => {
  const part = (name) => document.getElementById(`guided-${name}`);
  const words = (name) => (part(name).checkVisibility() ? part(name).innerText : "");
  return [words("name"), words("side"), part("picture").src, part("picture").alt, words("other")];
}"""
SIDES = {"Left leg": "left", "Right leg": "right"}
Seen = tuple[str, str, str, str, str]


def issued(app: Flask, cast: Cast, knee: Side, dog: Side, *, earlier: bool = False) -> str:
    """The page of Ada, who does knee to chest and bird-dog 2 times at these sides.

    `earlier`: issued when an edition had pictures of one side only.
    """
    with app.app_context():
        clara, ada = db.session.get_one(Account, cast.clinician), db.session.get_one(Patient, cast.patient)
        programme = ada.programmes[0] if ada.programmes else started_programme(clara, ada)
        programme.version += 1
        for row, side in (
            (row, {"knee-to-chest": knee, "bird-dog": dog}.get(row.exercise.slug)) for row in programme.rows
        ):
            row.dosage = replace(row.dosage, times_per_day=Range.of(1))
            if side:
                row.dosage = replace(row.dosage, hold=Hold(Range.of(3)), reps=Range.of(2), sets=Range.of(1), side=side)
        db.session.commit()
        prepared = handouts.prepare(clara, programme, NOW)
        if earlier:
            exercises = tuple(replace(each, sides=()) for each in prepared.content.exercises)
            prepared = replace(prepared, content=replace(prepared.content, exercises=exercises))
        handouts.issue(clara, prepared, f"edition {programme.next_edition}", NOW)
        db.session.commit()
        return "/p/" + addresses.printed(programme).url.rpartition("/")[2]


def walked(tab: Page, name: str) -> list[Seen]:
    """What is seen of an exercise, from its start on at each second."""
    while tab.evaluate(SEEN)[0] != name:
        tab.locator("#guided-skip").click()
    found: list[Seen] = [tuple(tab.evaluate(SEEN))]
    tab.locator("#guided-main").click()
    while (seen := tuple(tab.evaluate(SEEN)))[0] == name:
        found.append(seen)
        seconds(tab, 1)
    return found


def test_the_side_that_is_named_is_the_one_that_is_seen(
    app: Flask, cast: Cast, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_pages(monkeypatch)
    tab = at_the_session(watch, issued(app, cast, Side.EACH, Side.ALTERNATE)).tab
    tab.emulate_media(reduced_motion="no-preference")
    letters: dict[str, set[str]] = {}

    def again() -> None:
        tab.evaluate("addEventListener('pagehide', () => sessionStorage.clear())")
        tab.reload()

    def sides(name: str) -> list[str]:
        """The sides in their order, as words, description, picture and letter say them."""
        order: list[str] = []
        seen = walked(tab, name)
        for _, words, address, alt, other in seen:
            if address not in letters:
                answer = tab.request.get(address)
                assert answer.ok
                letters[address] = sides_written(answer.text())
            if words not in SIDES:
                continue
            assert alt.endswith(f" {words}.")
            assert other == ""
            assert letters[address] <= {SIDES[words]}
            order += [SIDES[words]] if letters[address] and order[-1:] != [SIDES[words]] else []
        assert SIDES[seen[0][-1]] == order[0]  # before the start
        return order

    again()
    assert sides("Knee to chest") == ["left", "right"]
    assert sides("Bird-dog") == ["left", "right"]
    issued(app, cast, Side.LEFT, Side.RIGHT)
    again()
    assert sides("Knee to chest") == ["left"]
    assert sides("Bird-dog") == ["right"]
    assert {len(each) for each in letters.values()} == {0, 1}

    # Knee to chest is drawn on the right side, bird-dog on the left; there is no other picture, and that is said.
    issued(app, cast, Side.EACH, Side.EACH, earlier=True)
    again()
    for name, shown, not_shown in (("Knee to chest", "right", "Left leg"), ("Bird-dog", "left", "Right leg")):
        seen = walked(tab, name)
        said = {(words, other) for _, words, _, _, other in seen if words in SIDES}
        assert (not_shown, f"The picture shows the {shown} leg.") in said
        assert len(said) == 2
        assert seen[0][-1] == ("Left leg" if shown == "left" else "Left leg. The picture shows the right leg.")
