"""Starting, stopping and looking at a programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from clinic_app.database import db
from clinic_app.dosage import Range, Side
from clinic_app.errors import NotAllowed, NotReady
from clinic_app.models import Account, Patient, Programme
from clinic_app.models.programme import ProgrammeState
from clinic_app.rendering.content import ChangeKind
from clinic_app.services import handouts, programme_clashes, programme_edits, programme_revisions, programmes
from tests.builder import exercise, holding, protocol, row_of, save, slugs
from tests.cast import Cast
from tests.issuing import NOW, started_programme


@pytest.fixture
def ada(clara: Account, cast: Cast) -> Patient:
    return db.session.get_one(Patient, cast.patient)


def is_new(programme: Programme) -> bool:
    """A question of its own each time: a property is taken to keep its answer."""
    return programme.has_draft


def test_from_scratch_it_is_empty_and_has_all_that_paper_needs(clara: Account, ada: Patient) -> None:
    programme = programmes.start(clara, ada, None, NOW)
    assert (programme.title, programme.review_on, slugs(programme)) == ("Your exercises", date(2026, 12, 7), [])
    assert [gap.what for gap in programmes.gaps(programme)] == ["The programme has no exercises."]
    for slug in ("bridge", "cat-cow"):
        programme_edits.add(clara, programme, exercise(clara.clinic_id, slug))
    assert programmes.gaps(programme) == ()
    db.session.commit()
    handout = handouts.issue(clara, handouts.prepare(clara, programme, NOW), "scratch", NOW)
    assert handout.edition == 1


def test_from_scratch_the_safety_box_follows_the_exercises(clara: Account, ada: Patient) -> None:
    programme = programmes.start(clara, ada, None, NOW)
    programme_edits.add(clara, programme, exercise(clara.clinic_id, "chin-tuck"))
    assert programme.safety == "neck"
    programme_edits.add(clara, programme, exercise(clara.clinic_id, "bridge"))
    assert programme.safety == "back"
    programme_edits.set_removed(clara, programme, row_of(programme, "bridge").id, removed=True)
    assert programme.safety == "neck"
    programme_edits.set_safety(clara, programme, "back")
    programme_edits.add(clara, programme, exercise(clara.clinic_id, "neck-rotation"))
    assert programme.safety == "back"  # a person chose it
    with pytest.raises(NotAllowed, match="no such safety advice"):
        programme_edits.set_safety(clara, programme, "elbow")


def test_a_protocols_safety_box_stays(clara: Account, ada: Patient) -> None:
    programme = started_programme(clara, ada, "neck-stiff-and-sore")
    programme_edits.add(clara, programme, exercise(clara.clinic_id, "bridge"))
    assert programme.safety == "neck"


def test_a_protocol_gives_its_words_and_is_named(clara: Account, ada: Patient) -> None:
    chosen = protocol(clara.clinic_id, "low-back-six")
    programme = programmes.start(clara, ada, chosen, NOW)
    assert (programme.title, programme.protocol_id) == (chosen.patient_title, chosen.id)
    assert len(programme.exercises) == 6


def test_again_takes_sides_notes_and_numbers_but_asks_about_clashes_anew(clara: Account, ada: Patient) -> None:
    earlier = started_programme(clara, ada)
    row = row_of(earlier, "knee-to-chest")
    row.dosage, row.note = replace(row.dosage, side=Side.LEFT), "Use a towel"
    row.kept = {"sore_knees": "done together in the clinic"}
    row_of(earlier, "bridge").is_removed = True
    exercise(clara.clinic_id, "cat-cow").state = "archived"
    again = programmes.start_again(clara, ada, earlier, NOW)
    assert slugs(again) == ["knee-to-chest", "pelvic-tilt", "childs-pose", "bird-dog"]
    copy = again.exercises[0]
    assert (copy.dosage, copy.note, copy.kept, copy.group) == (row.dosage, "Use a towel", {}, row.group)
    assert copy.id != row.id
    assert (again.review_on, again.title, again.handouts) == (date(2026, 12, 7), earlier.title, [])


def test_again_is_refused_for_another_patient(clara: Account, ada: Patient) -> None:
    other = Patient(clinic_id=clara.clinic_id, name="Bo Example", reference="H-015", flags=[])
    db.session.add(other)
    db.session.flush()
    with pytest.raises(NotAllowed, match="another patient"):
        programmes.start_again(clara, other, started_programme(clara, ada), NOW)


def test_a_stopped_programme_is_not_issued_until_it_is_opened_again(clara: Account, ada: Patient) -> None:
    programme = started_programme(clara, ada)
    programmes.end(clara, programme, "  Better \n now ")
    version = programme.version
    programmes.end(clara, programme, "a second click")
    assert (programme.version, programme.state, programme.ended_reason) == (version, ProgrammeState.ENDED, "Better now")
    with pytest.raises(NotReady):
        handouts.prepare(clara, programme, NOW)
    programmes.reopen(clara, programme)
    programmes.reopen(clara, programme)
    assert (programme.version, programme.state, programme.ended_reason) == (version + 1, ProgrammeState.DRAFT, "")
    assert programmes.gaps(programme) == ()


def test_an_unusual_number_stops_the_issue_but_not_a_look_at_the_pages(clara: Account, ada: Patient) -> None:
    programme = started_programme(clara, ada)
    row = row_of(programme, "bridge")
    save(clara, programme, programme_edits.RowEdit(row.id, holding(row, 50), ""))
    ada.flags = ["cannot_kneel"]
    db.session.commit()
    where = [gap.where for gap in programmes.gaps(programme)]
    assert where[0] == "row-6"
    assert f"clash-{row_of(programme, 'cat-cow').id}-cannot_kneel" in where
    assert programmes.unprintable(programme) == ()
    assert handouts.draft_pages(clara, programme, NOW).count > 1
    with pytest.raises(NotReady):
        handouts.prepare(clara, programme, NOW)


def test_it_is_compared_with_any_edition(clara: Account, ada: Patient) -> None:
    programme = started_programme(clara, ada)
    db.session.commit()
    first = handouts.issue(clara, handouts.prepare(clara, programme, NOW), "one", NOW)
    db.session.commit()
    assert programmes.compare(programme, first) == ()
    row = row_of(programme, "bridge")
    save(clara, programme, programme_edits.RowEdit(row.id, holding(row, 8), ""))
    programme_edits.set_removed(clara, programme, row_of(programme, "cat-cow").id, removed=True)
    kinds = [(change.kind, change.exercise) for change in programmes.compare(programme, first)]
    assert kinds == [(ChangeKind.CHANGED, "bridge"), (ChangeKind.STOPPED, "cat-cow")]


def test_what_was_undone_is_nothing_new_to_issue(clara: Account, ada: Patient) -> None:
    programme = started_programme(clara, ada)
    db.session.commit()
    handouts.issue(clara, handouts.prepare(clara, programme, NOW), "one", NOW)
    db.session.commit()
    row = row_of(programme, "bridge")
    before = row.dosage
    save(clara, programme, programme_edits.RowEdit(row.id, holding(row, 8), ""))
    assert is_new(programme)
    programme_revisions.undo(clara, programme, programme.version)
    assert not is_new(programme)
    save(clara, programme, programme_edits.RowEdit(row.id, holding(row, 8), ""))
    assert is_new(programme)
    save(clara, programme, programme_edits.RowEdit(row.id, before, ""))
    assert not is_new(programme)
    db.session.commit()
    with pytest.raises(NotAllowed, match="Nothing has changed since edition 1"):
        handouts.prepare(clara, programme, NOW)


def test_every_call_is_one_version(clara: Account, ada: Patient) -> None:
    programme: Programme = started_programme(clara, ada)
    key = row_of(programme, "bridge").id
    calls: list[Callable[[], object]] = [
        lambda: programme_edits.move(clara, programme, key, -1),
        lambda: programme_edits.arrange(clara, programme, [key]),  # one name alone moves nothing
        lambda: programme_edits.set_removed(clara, programme, key, removed=True),
        lambda: programme_edits.set_removed(clara, programme, key, removed=True),
        lambda: programme_edits.add(clara, programme, exercise(clara.clinic_id, "bridge")),
        lambda: programme_edits.add_protocol(clara, programme, protocol(clara.clinic_id, "trunk-strength")),
        lambda: programme_edits.change_all(clara, programme, times_per_day=Range.of(2)),
        lambda: programme_edits.change_all(clara, programme, times_per_day=Range.of(2)),
        lambda: programme_clashes.keep(clara, programme, key, "sore_knees", "on a bed"),
        lambda: programme_clashes.keep(clara, programme, key, "sore_knees", "on a bed"),
        lambda: programme_revisions.undo(clara, programme, programme.version),
        lambda: programmes.end(clara, programme),
    ]
    steps = []
    for call in calls:
        before = programme.version
        call()
        steps.append(programme.version - before)
    assert steps == [1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1]
