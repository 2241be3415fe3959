"""An exercise that the patient's record speaks against is swapped, or kept with a reason, before anything is issued."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Range, Side
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, AuditEvent, Illustration, Programme
from clinic_app.services import programme_edits, programmes
from clinic_app.services.programme_clashes import alternatives, clashes, keep, swap
from tests.builder import exercise, row_of, slugs

# What is said here is the same on every database; two databases at once are the business of tests/faults.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def six(six: Programme) -> Programme:
    """The same, for somebody who cannot kneel."""
    six.patient.flags = ["cannot_kneel"]
    db.session.commit()
    return six


def drawn(clinic_id: int, slug: str) -> None:
    """Publish an exercise of the catalogue with the pictures of another one: swapping needs some."""
    found = exercise(clinic_id, slug)
    scenes = [each.scene for each in exercise(clinic_id, "bridge").illustrations]
    for picture, scene in zip(found.illustrations, scenes, strict=False):
        picture.scene = scene


def undrawn(programme: Programme) -> None:
    """Take the pictures off all exercises that the programme does not have: what ships grows."""
    own = {row.exercise_id for row in programme.exercises}
    for picture in db.session.scalars(select(Illustration).where(Illustration.exercise_id.not_in(own))):
        picture.scene = None
    db.session.commit()


def gaps_at(programme: Programme) -> list[str]:
    return [gap.where for gap in programmes.gaps(programme) if gap.where.startswith("clash-")]


def test_each_clash_is_a_gap_that_leads_to_its_question(clara: Account, six: Programme) -> None:
    kneeling = [row_of(six, slug).id for slug in ("cat-cow", "childs-pose", "bird-dog")]
    assert gaps_at(six) == [f"clash-{key}-cannot_kneel" for key in kneeling]
    gap = next(gap for gap in programmes.gaps(six) if gap.where == f"clash-{kneeling[0]}-cannot_kneel")
    assert gap.what.startswith("Cat and cow needs kneeling. This patient cannot kneel.")
    assert gap.what.endswith("Swap it, or keep it and say why.")


def test_what_is_only_good_to_know_stops_nothing(clara: Account, six: Programme) -> None:
    six.patient.flags = ["leg_cramp"]
    (found,) = clashes(six)
    assert (found.row.exercise.slug, found.clash.severity, found.needs_answer) == ("bridge", "info", False)
    assert programmes.gaps(six) == ()


def test_missing_equipment_is_asked_about(clara: Account, six: Programme) -> None:
    six.patient.flags, six.patient.equipment = [], []
    row = programme_edits.add(clara, six, exercise(clara.clinic_id, "belt-push-out"))
    assert gaps_at(six) == [f"clash-{row.id}-equipment_belt"]
    six.patient.equipment = ["belt"]
    assert gaps_at(six) == []


def test_a_removed_exercise_clashes_with_nobody(clara: Account, six: Programme) -> None:
    for slug in ("cat-cow", "childs-pose", "bird-dog"):
        programme_edits.set_removed(clara, six, row_of(six, slug).id, removed=True)
    assert clashes(six) == ()


def test_kept_with_a_reason_it_is_no_gap_and_the_event_names_no_patient(clara: Account, six: Programme) -> None:
    row = row_of(six, "cat-cow")
    for wrong in ("", "  a ", "x" * 301):
        with pytest.raises(NotAllowed, match="say why"):
            keep(clara, six, row.id, "cannot_kneel", wrong)
    keep(clara, six, row.id, "cannot_kneel", " Ada does it  on her bed ")
    assert row.kept == {"cannot_kneel": "Ada does it on her bed"}
    assert f"clash-{row.id}-cannot_kneel" not in gaps_at(six)
    db.session.commit()
    event = db.session.scalars(select(AuditEvent).filter_by(action="programme.clash_kept", object_id=six.id)).one()
    assert event.note == f"row {row.id} exercise {row.exercise_id} cannot_kneel"
    six.patient.flags = ["cannot_kneel", "sore_knees"]  # another reason to think twice is asked about again
    assert f"clash-{row.id}-sore_knees" in gaps_at(six)


def test_a_swap_takes_the_usual_dose_and_leaves_the_row_where_it_is(clara: Account, six: Programme) -> None:
    row = row_of(six, "cat-cow")
    row.note, row.confirmed, row.kept = "Round your back", ["50 seconds?"], {"sore_knees": "on a bed"}
    bend = exercise(clara.clinic_id, "seated-forward-bend")
    swap(clara, six, row.id, bend)
    version = six.version
    swap(clara, six, row.id, bend)  # a second click
    assert six.version == version
    assert slugs(six)[2] == "seated-forward-bend"
    assert (row.dosage, row.note, row.confirmed, row.kept) == (bend.usual, "", [], {})
    assert row.group == "Ease a sore back"


def test_a_chosen_side_is_never_swapped_away(clara: Account, six: Programme) -> None:
    row = row_of(six, "knee-to-chest")
    row.dosage = replace(row.dosage, side=Side.LEFT)
    db.session.commit()
    march = exercise(clara.clinic_id, "supine-march")
    assert march.usual.side is Side.ALTERNATE
    sides = []
    total = march.usual.reps
    assert total
    swap(clara, six, row.id, march)
    sides.append(row.dosage.side)
    assert row.dosage.reps == Range(total.minimum // 2, total.maximum // 2)  # of one side, no longer of both
    swap(clara, six, row.id, exercise(clara.clinic_id, "hamstring-stretch"))
    sides.append(row.dosage.side)
    swap(clara, six, row.id, exercise(clara.clinic_id, "double-knee-hug"))
    sides.append(row.dosage.side)
    assert sides == [Side.LEFT, Side.LEFT, Side.NONE]


def test_what_cannot_be_swapped_in(clara: Account, six: Programme) -> None:
    row = row_of(six, "cat-cow")
    with pytest.raises(NotAllowed, match="Bridge is in this programme already"):
        swap(clara, six, row.id, exercise(clara.clinic_id, "bridge"))
    with pytest.raises(NotAllowed, match="not published"):
        swap(clara, six, row.id, exercise(clara.clinic_id, "clam", published=False))
    programme_edits.set_removed(clara, six, row.id, removed=True)
    with pytest.raises(NotAllowed, match="no longer in the programme"):
        swap(clara, six, row.id, exercise(clara.clinic_id, "clam"))


def test_an_exercise_swapped_in_is_not_put_back_beside_itself(clara: Account, six: Programme) -> None:
    bridge = row_of(six, "bridge")
    programme_edits.set_removed(clara, six, bridge.id, removed=True)
    swap(clara, six, row_of(six, "cat-cow").id, exercise(clara.clinic_id, "bridge"))
    with pytest.raises(NotAllowed, match="already"):
        programme_edits.set_removed(clara, six, bridge.id, removed=False)


def test_alternatives_are_linked_ones_first_and_clash_with_nothing(clara: Account, six: Programme) -> None:
    row = row_of(six, "childs-pose")
    undrawn(six)
    assert alternatives(six, row) == []  # nothing but the programme's own six is drawn
    drawn(clara.clinic_id, "seated-trunk-rotation")  # of the same kind, on a chair
    drawn(clara.clinic_id, "double-knee-hug")  # the easier one
    drawn(clara.clinic_id, "hip-flexor-stretch")  # of the same kind, but half kneeling
    exercise(clara.clinic_id, "figure-four")  # of the same kind, without pictures
    db.session.commit()
    found = [each.slug for each in alternatives(six, row)]
    assert found == ["double-knee-hug", "seated-trunk-rotation"]
    assert [each.slug for each in alternatives(six, row, limit=1)] == ["double-knee-hug"]
    swap(clara, six, row.id, exercise(clara.clinic_id, "double-knee-hug"))
    assert "double-knee-hug" not in [each.slug for each in alternatives(six, row_of(six, "cat-cow"))]
