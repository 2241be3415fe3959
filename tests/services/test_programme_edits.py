"""What each change does to a programme, and what it refuses. Undo and two people's edits have their own files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Hold, HoldUnit, Range, Side
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, AuditEvent, Programme
from clinic_app.services import programme_edits, programmes
from clinic_app.services.programme_edits import RowEdit
from tests.builder import exercise, holding, protocol, row_of, save, slugs
from tests.cast import Cast
from tests.issuing import NOW


def headings(programme: Programme) -> list[tuple[str, str]]:
    return [(row.exercise.slug, row.group.split()[0]) for row in programme.exercises]


def test_saving_what_is_saved_already_changes_nothing(clara: Account, six: Programme) -> None:
    row = row_of(six, "bridge")
    edit = RowEdit(row.id, holding(row, 4), "Slowly")
    first = six.version
    assert save(clara, six, edit, version=first).changed
    assert (row.dosage.hold, row.note, six.version) == (Hold(Range.of(4)), "Slowly", first + 1)
    assert not save(clara, six, edit, version=first).changed  # a second click: its version is old by now
    assert six.version == first + 1


def test_an_unknown_version_is_a_conflict_unless_nothing_differs(clara: Account, six: Programme) -> None:
    row = row_of(six, "bridge")
    assert not save(clara, six, RowEdit(row.id, row.dosage, row.note), version=99).changed
    with pytest.raises(Conflict):
        save(clara, six, RowEdit(row.id, holding(row, 4), ""), version=99)


def test_a_number_stood_by_is_kept_and_counts_as_a_change(clara: Account, six: Programme) -> None:
    row = row_of(six, "bridge")
    dosage = holding(row, 50)
    asked = tuple(each.message for each in programmes.checked(row.exercise, dosage) if each.severity == "confirm")
    save(clara, six, RowEdit(row.id, dosage, ""))
    assert programmes.gaps(six)
    assert save(clara, six, RowEdit(row.id, dosage, "", asked)).changed
    assert programmes.gaps(six) == ()
    save(clara, six, RowEdit(row.id, holding(row, 60), ""))
    assert row.confirmed == []


def test_an_added_exercise_comes_last_with_its_usual_dosage(clara: Account, six: Programme) -> None:
    clam = exercise(clara.clinic_id, "clam")
    row = programme_edits.add(clara, six, clam)
    assert slugs(six)[-1] == "clam"
    assert (row.dosage, row.note, row.confirmed, row.kept) == (clam.usual, "", [], {})
    typed = replace(exercise(clara.clinic_id, "heel-raises").usual, reps=Range.of(7))
    assert programme_edits.add(clara, six, exercise(clara.clinic_id, "heel-raises"), typed).dosage == typed


def test_an_exercise_stands_in_a_programme_once(clara: Account, six: Programme) -> None:
    bridge = exercise(clara.clinic_id, "bridge")
    with pytest.raises(NotAllowed, match="Bridge is in this programme already"):
        programme_edits.add(clara, six, bridge)
    row = row_of(six, "bridge")
    programme_edits.set_removed(clara, six, row.id, removed=True)
    assert programme_edits.add(clara, six, bridge).id == row.id
    assert len(six.rows) == 6


def test_only_published_exercises_of_the_own_clinic_are_added(clara: Account, six: Programme, cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="not published"):
        programme_edits.add(clara, six, exercise(clara.clinic_id, "clam", published=False))
    next_door = db.session.get_one(Account, cast.neighbour).clinic_id
    with pytest.raises(NotAllowed):
        programme_edits.add(clara, six, exercise(next_door, "clam"))


def test_a_dose_that_cannot_be_given_is_not_added(clara: Account, six: Programme) -> None:
    clam = exercise(clara.clinic_id, "clam")
    with pytest.raises(NotAllowed, match="only 1 to 100 times can be given"):
        programme_edits.add(clara, six, clam, replace(clam.usual, reps=Range.of(500)))
    added = programme_edits.add(clara, six, clam, replace(clam.usual, side=None))  # the side is chosen later
    assert [gap.where for gap in programmes.gaps(six) if "side" in gap.what] == ["exercises-6-side"]
    assert added.dosage.side is None


def test_a_handout_holds_twenty_exercises(clara: Account, six: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme_edits, "MOST_EXERCISES", 7)
    programme_edits.add(clara, six, exercise(clara.clinic_id, "clam"))
    with pytest.raises(NotAllowed, match="7 exercises at most"):
        programme_edits.add(clara, six, exercise(clara.clinic_id, "heel-raises"))
    with pytest.raises(NotAllowed, match="7 exercises at most"):
        programme_edits.add_protocol(clara, six, protocol(clara.clinic_id, "neck-stiff-and-sore"))


def test_a_protocol_brings_what_is_not_there_yet(clara: Account, six: Programme) -> None:
    trunk = protocol(clara.clinic_id, "trunk-strength")
    wanted = [each.exercise.slug for each in trunk.exercises]
    there = slugs(six)
    came = programme_edits.add_protocol(clara, six, trunk)
    assert came == len(set(wanted) - set(there)) > 0
    assert slugs(six) == there + [slug for slug in wanted if slug not in there]
    assert six.title != trunk.patient_title
    assert programme_edits.add_protocol(clara, six, trunk) == 0


def test_an_empty_programme_takes_the_protocols_words(clara: Account, six: Programme) -> None:
    empty = programmes.start(clara, six.patient, None, NOW)
    neck = protocol(clara.clinic_id, "neck-stiff-and-sore")
    programme_edits.add_protocol(clara, empty, neck)
    assert (empty.title, empty.safety, empty.protocol_id) == (neck.patient_title, "neck", neck.id)
    assert [row.group for row in empty.exercises] == [each.group for each in neck.exercises]


def test_all_are_changed_where_they_have_such_a_number(clara: Account, six: Programme) -> None:
    breaths = row_of(six, "childs-pose")
    breaths.dosage = replace(breaths.dosage, hold=Hold(Range.of(5), HoldUnit.BREATHS))
    db.session.commit()
    slow = row_of(six, "cat-cow").dosage
    assert slow.hold is None
    changed = programme_edits.change_all(clara, six, times_per_day=Range.of(2), weeks=Range.of(6), hold=Range.of(7))
    assert changed == 6
    assert {row.dosage.times_per_day for row in six.exercises} == {Range.of(2)}
    assert row_of(six, "cat-cow").dosage.hold is None
    assert breaths.dosage.hold == Hold(Range.of(5), HoldUnit.BREATHS)
    assert row_of(six, "bridge").dosage.hold == Hold(Range.of(7))
    assert row_of(six, "bridge").dosage.weeks == Range.of(6)


def test_a_number_that_one_cannot_have_changes_none(clara: Account, six: Programme) -> None:
    alternate = row_of(six, "bird-dog")
    assert alternate.dosage.side is Side.ALTERNATE
    before = [row.dosage for row in six.exercises]
    with pytest.raises(NotAllowed, match="Bird-dog: 7 times cannot be shared by two sides"):
        programme_edits.change_all(clara, six, reps=Range.of(7))
    db.session.commit()
    assert [row.dosage for row in six.exercises] == before


def test_a_step_past_a_heading_takes_that_heading(clara: Account, six: Programme) -> None:
    programme_edits.move(clara, six, row_of(six, "cat-cow").id, -1)
    assert headings(six)[:4] == [
        ("knee-to-chest", "Loosen"),
        ("cat-cow", "Loosen"),
        ("pelvic-tilt", "Loosen"),
        ("childs-pose", "Ease"),
    ]


def test_a_drag_changes_the_heading_of_the_dragged_row_alone(clara: Account, six: Programme) -> None:
    keys = [row.id for row in six.exercises]
    removed = keys[1]
    programme_edits.set_removed(clara, six, removed, removed=True)
    programme_edits.arrange(clara, six, [keys[5], keys[0], keys[2], keys[3], keys[4], 999_999])
    assert headings(six) == [
        ("bridge", "Loosen"),
        ("knee-to-chest", "Loosen"),
        ("cat-cow", "Ease"),
        ("childs-pose", "Ease"),
        ("bird-dog", "Get"),
    ]
    programme_edits.set_removed(clara, six, removed, removed=False)
    assert slugs(six)[1] == "pelvic-tilt"  # where it was
    assert [row.position for row in six.rows] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("slug", "step"), [("knee-to-chest", -1), ("bridge", 1)])
def test_the_ends_cannot_be_passed(clara: Account, six: Programme, slug: str, step: int) -> None:
    before = six.version
    programme_edits.move(clara, six, row_of(six, slug).id, step)
    assert (six.version, slugs(six)[0], slugs(six)[-1]) == (before, "knee-to-chest", "bridge")


def test_events_name_the_programme_and_no_patient(clara: Account, six: Programme) -> None:
    row = row_of(six, "bridge")
    save(clara, six, RowEdit(row.id, row.dosage, "Ada's left knee"), title="For Ada Example")
    programme_edits.move(clara, six, row.id, -1)
    db.session.commit()
    events = db.session.scalars(select(AuditEvent).filter_by(object_id=six.id)).all()
    assert {"programme.start", "programme.save", "programme.move"} <= {event.action for event in events}
    assert not any("Ada" in event.note for event in events)
