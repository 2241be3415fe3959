"""Writing the catalogue: states, revisions, the second person, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Hold, Mode, Range
from clinic_app.dosage.codec import to_data
from clinic_app.errors import Conflict, NotAllowed, NotReady
from clinic_app.models import Account, Exercise
from clinic_app.models.account import Role
from clinic_app.services import exercise_history, exercises, search
from clinic_app.services.catalogue import entry_of
from clinic_app.services.exercise_entry import content_of
from clinic_app.services.exercise_start import blank, copy_of
from clinic_app.starter.lists import Kind, StartingPosition
from tests.cast import Cast

TODAY = date(2026, 11, 23)


@dataclass
class Desk:
    """Edgar writes, Maya signs, and the bridge of their clinic lies before them."""

    edgar: Account
    maya: Account
    clara: Account
    bridge: Exercise


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Any:
    with app.app_context():
        edgar, maya, clara = (db.session.get_one(Account, key) for key in (cast.editor, cast.manager, cast.clinician))
        bridge = db.session.scalars(select(Exercise).filter_by(clinic_id=edgar.clinic_id, slug="bridge")).one()
        yield Desk(edgar, maya, clara, bridge)
        db.session.rollback()


def changed(exercise: Exercise, **values: Any) -> dict[str, Any]:
    return {**exercise_history.content_now(exercise), **values}


def draft(desk: Desk, name: str = "Bridge on a step") -> Exercise:
    return exercises.create(desk.edgar, copy_of(content_of(desk.bridge), name), "Copied from Bridge")


def test_the_whole_way_of_a_new_exercise(desk: Desk) -> None:
    made = draft(desk)
    assert (made.state, made.slug, made.version, exercise_history.newest(made)) == ("draft", "bridge-on-a-step", 1, 1)
    assert exercises.save(desk.edgar, made, changed(made, feel="Your bottom working hard."), 1)
    assert (made.details["feel"], made.version) == ("Your bottom working hard.", 2)
    exercises.submit(desk.edgar, made, 2, TODAY)
    assert made.state == "in_review"
    exercises.publish(desk.maya, made, 2, TODAY)
    assert made.is_published
    assert exercises.is_signed(made)
    review = entry_of(made).review
    assert (review.status, review.reviewed_by, review.reviewed_on) == ("reviewed", "Maya Manager", TODAY)
    assert made.review_due == date(2028, 11, 22)
    exercises.archive(desk.maya, made, 3)
    assert made.state == "archived"
    exercises.reopen(desk.edgar, made)
    assert made.state == "draft"
    assert made.details["review"]["status"] == "awaiting clinic review"
    assert [each.what for each in exercise_history.revisions(made)] == ["Published", "Saved", "Copied from Bridge"]
    assert [(each.number, each.what, each.by) for each in exercise_history.events(made)] == [
        (None, "Taken out of the archive", "Edgar Editor"),
        (None, "Archived", "Maya Manager"),
        (3, "Published", "Maya Manager"),
        (None, "Sent to review", "Edgar Editor"),
        (2, "Saved", "Edgar Editor"),
        (1, "Copied from Bridge", "Edgar Editor"),
    ]


def test_a_published_exercise_stays_in_use_until_the_next_revision_is_published(desk: Desk) -> None:
    bridge = desk.bridge
    before, version = content_of(bridge), bridge.version
    pictures = [{**each, "caption": f"{each['caption']} now"} for each in before["pictures"]]
    wanted = changed(bridge, name="Bridge, both legs", steps=[*before["steps"], "Rest."], pictures=pictures)
    assert exercises.save(desk.edgar, bridge, wanted, 1)
    assert (content_of(bridge), bridge.version, bridge.state) == (before, version, "published")
    assert (bridge.proposed, bridge.proposed_state) == (2, "draft")
    assert exercise_history.in_use(bridge) == 1
    assert exercise_history.content_at(bridge, 1) == before
    exercises.submit(desk.edgar, bridge, 2, TODAY)
    assert (bridge.state, bridge.proposed_state) == ("published", "in_review")
    exercises.publish(desk.maya, bridge, 2, TODAY, due=date(2029, 11, 23))
    assert (bridge.name, bridge.version, bridge.proposed) == ("Bridge, both legs", version + 1, None)
    assert bridge.illustrations[0].caption.endswith(" now")
    assert bridge.illustrations[0].scene == before["pictures"][0]["scene"]
    assert exercise_history.in_use(bridge) == exercise_history.newest(bridge) == 3
    assert search.exercises(desk.clara, "both legs").rows[0].name == "Bridge, both legs"


def test_an_exercise_of_the_pack_can_be_signed_as_it_stands(desk: Desk) -> None:
    assert not exercises.is_signed(desk.bridge)
    exercises.publish(desk.edgar, desk.bridge, 1, TODAY)
    exercises.publish(desk.edgar, desk.bridge, 1, TODAY)  # a second click
    assert exercises.is_signed(desk.bridge)
    assert [each.number for each in exercise_history.revisions(desk.bridge)] == [2, 1]


def test_who_wrote_last_does_not_sign(desk: Desk) -> None:
    made = draft(desk)
    exercises.submit(desk.edgar, made, 1, TODAY)
    with pytest.raises(NotAllowed, match="somebody else signs it: Maya Manager"):
        exercises.publish(desk.edgar, made, 1, TODAY)
    desk.maya.active = False
    exercises.publish(desk.edgar, made, 1, TODAY)
    assert exercise_history.revisions(made)[0].what == "Published, own review"


def test_only_those_who_keep_the_catalogue_write(desk: Desk) -> None:
    wanted = changed(desk.bridge, feel="Nothing.")
    doings: list[Callable[[], object]] = [
        lambda: exercises.create(desk.clara, copy_of(wanted, "New")),
        lambda: exercises.save(desk.clara, desk.bridge, wanted, 1),
        lambda: exercises.submit(desk.clara, desk.bridge, 1, TODAY),
        lambda: exercises.publish(desk.clara, desk.bridge, 1, TODAY),
        lambda: exercises.send_back(desk.clara, desk.bridge, 1, "No."),
        lambda: exercises.archive(desk.clara, desk.bridge, 1),
        lambda: exercises.reopen(desk.clara, desk.bridge),
        lambda: exercises.use_again(desk.clara, desk.bridge, 1, 1),
    ]
    for doing in doings:
        with pytest.raises(NotAllowed, match="Only editors and managers"):
            doing()
    desk.clara.role = Role.EDITOR
    assert exercises.save(desk.clara, desk.bridge, wanted, 1)


def test_an_unfinished_exercise_is_kept_but_goes_no_further(desk: Desk) -> None:
    start = blank(desk.edgar, "Wall sit", Kind.STRENGTH, StartingPosition.STANDING, "leg", TODAY)
    made = exercises.create(desk.edgar, start)
    with pytest.raises(NotReady) as refused:
        exercises.submit(desk.edgar, made, 1, TODAY)
    places = {gap.where for gap in refused.value.gaps}
    assert places >= {"steps-0", "feel", "side", "dose-reps_min", "pictures-add", "precautions", "both_sides_step"}
    made.state = "in_review"
    with pytest.raises(NotReady):
        exercises.publish(desk.maya, made, 1, TODAY)
    assert search.exercises(desk.edgar, "wall si").rows[0].name == "Wall sit"


def test_a_draft_is_not_published_without_review(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Send it to review first"):
        exercises.publish(desk.maya, draft(desk), 1, TODAY)


@pytest.mark.parametrize("due", [TODAY, date(2029, 11, 24)])
def test_the_next_review_is_at_most_three_years_away(desk: Desk, due: date) -> None:
    with pytest.raises(NotReady) as refused:
        exercises.publish(desk.edgar, desk.bridge, 1, TODAY, due=due)
    assert refused.value.gaps[0].where == "review_due"


def test_what_is_sent_back_says_why(desk: Desk) -> None:
    made = draft(desk)
    exercises.submit(desk.edgar, made, 1, TODAY)
    exercises.submit(desk.edgar, made, 1, TODAY)
    with pytest.raises(NotAllowed, match="what should be changed"):
        exercises.send_back(desk.maya, made, 1, "  ")
    exercises.send_back(desk.maya, made, 1, "Say where the feet go.")
    exercises.send_back(desk.maya, made, 1, "Say where the feet go.")
    assert (made.state, made.details["state_reason"]) == ("draft", "Say where the feet go.")
    assert made.written_by_id == desk.edgar.id
    bridge = desk.bridge
    exercises.save(desk.edgar, bridge, changed(bridge, feel="Your bottom."), 1)
    exercises.submit(desk.edgar, bridge, 2, TODAY)
    exercises.send_back(desk.maya, bridge, 2, "Keep it longer.")
    assert (bridge.state, bridge.proposed, bridge.proposed_state) == ("published", 3, "draft")
    assert exercise_history.content_now(bridge)["state_reason"] == "Keep it longer."
    reasons = [(each.what, each.reason) for each in exercise_history.events(bridge)]
    assert reasons[:2] == [("Sent back", "Keep it longer."), ("Sent to review", "")]


def test_the_history_begins_with_what_came(desk: Desk) -> None:
    bridge = desk.bridge
    assert [(each.number, each.what) for each in exercise_history.events(bridge)] == [(1, exercise_history.LOADED)]
    exercises.archive(desk.maya, bridge, 1)
    assert [each.what for each in exercise_history.events(bridge)] == ["Archived", exercise_history.LOADED]


def test_of_two_who_save_the_second_is_told(desk: Desk) -> None:
    made = draft(desk)
    exercises.save(desk.edgar, made, changed(made, feel="One."), 1)
    with pytest.raises(Conflict):
        exercises.save(desk.maya, made, changed(made, feel="Two."), 1)
    with pytest.raises(Conflict):
        exercises.submit(desk.maya, made, 1, TODAY)
    with pytest.raises(Conflict):
        exercises.archive(desk.maya, made, 1)
    assert not exercises.save(desk.edgar, made, changed(made, feel="One."), 1)  # a second click
    assert exercise_history.newest(made) == 2


def test_an_older_revision_is_used_again_as_a_new_one(desk: Desk) -> None:
    bridge = desk.bridge
    first = content_of(bridge)
    exercises.save(desk.edgar, bridge, changed(bridge, steps=["Lie on your back."] * 3), 1)
    assert exercises.use_again(desk.maya, bridge, 1, 2)
    assert exercise_history.content_now(bridge)["steps"] == first["steps"]
    assert exercise_history.revisions(bridge)[0].what == "Revision 1 used again"
    assert exercise_history.newest(bridge) == 3


def test_a_name_means_one_exercise(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="already an exercise called “Bridge”"):
        draft(desk, "bridge")
    made = draft(desk)
    with pytest.raises(NotAllowed, match="already an exercise called “Cat and cow”"):
        exercises.save(desk.edgar, made, changed(made, name="Cat and cow"), 1)
    assert draft(desk, "Bridge on a step!").slug == "bridge-on-a-step-2"


def test_a_link_that_leads_nowhere_is_a_gap(desk: Desk) -> None:
    made = draft(desk)
    exercises.save(desk.edgar, made, changed(made, harder=[{"slug": "nothing", "rule": "When it is easy."}]), 1)
    with pytest.raises(NotReady) as refused:
        exercises.submit(desk.edgar, made, 2, TODAY)
    assert [gap.where for gap in refused.value.gaps] == ["harder-0-name"]


def test_pictures_may_come_and_go(desk: Desk) -> None:
    made = draft(desk)
    a, b = content_of(made)["pictures"]
    c = {**b, "letter": "C", "caption": "Lower"}
    exercises.save(desk.edgar, made, changed(made, pictures=[a, b, c]), 1)
    assert [each.letter for each in made.illustrations] == ["A", "B", "C"]
    exercises.save(desk.edgar, made, changed(made, pictures=[{**c, "letter": "A"}, {**a, "letter": "B"}]), 2)
    db.session.expire(made)
    assert [(each.letter, each.caption) for each in made.illustrations] == [("A", "Lower"), ("B", a["caption"])]


def test_an_entry_of_a_pack_goes_into_the_columns(desk: Desk) -> None:
    entry = entry_of(desk.bridge)
    dosage = Dosage(mode=Mode.REPS_WITH_HOLD, reps=Range.of(5), hold=Hold(Range.of(9)))
    pictures = content_of(desk.bridge)["pictures"]
    exercises.apply(desk.bridge, entry.model_copy(update={"name": "Little bridge", "dosage": dosage}), pictures)
    exercise_history.keep(desk.edgar, desk.bridge, "Imported")
    assert (desk.bridge.name, to_data(desk.bridge.usual)) == ("Little bridge", to_data(dosage))
    assert [each.what for each in exercise_history.revisions(desk.bridge)] == ["Imported", exercise_history.LOADED]
    assert exercise_history.content_at(desk.bridge, 1)["name"] == "Bridge"
    assert search.exercises(desk.clara, "little brid").rows[0].name == "Little bridge"
