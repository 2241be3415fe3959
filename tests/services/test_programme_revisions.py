"""Undo goes back step by step, says what it takes back, and never takes back another person's newer save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from clinic_app.database import db
from clinic_app.dosage import Range, Side
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Programme, ProgrammeRevision
from clinic_app.services import programme_clashes, programme_edits, programme_revisions, programmes
from clinic_app.services.programme_edits import RowEdit
from clinic_app.services.programme_revisions import undo, undoable
from tests.builder import exercise, protocol, row_of, said, save
from tests.issuing import started_programme


def test_undo_says_what_it_takes_back_and_goes_on(clara: Account, six: Programme) -> None:
    start = said(six)
    row = row_of(six, "bridge")
    programme_edits.set_removed(clara, six, row.id, removed=True)
    programme_edits.add(clara, six, exercise(clara.clinic_id, "clam"))
    save(clara, six, title="Another title")
    for words in ("Changed the title", "Added Clam", "Removed Bridge"):
        assert undoable(six) == words
        assert undo(clara, six, six.version) == words
    assert undoable(six) is None
    assert said(six) == start
    with pytest.raises(NotAllowed, match="There is nothing to undo"):
        undo(clara, six, six.version)


def test_a_change_after_undo_is_undone_before_the_older_ones(clara: Account, six: Programme) -> None:
    save(clara, six, title="Second")
    save(clara, six, title="Third")
    undo(clara, six, six.version)
    save(clara, six, title="Fourth")
    undo(clara, six, six.version)
    assert six.title == "Second"
    undo(clara, six, six.version)
    assert six.title == "Low back: six exercises"
    assert undoable(six) is None


def test_a_second_click_undoes_nothing_more(clara: Account, six: Programme) -> None:
    save(clara, six, title="Second")
    save(clara, six, title="Third")
    shown = six.version
    assert undo(clara, six, shown) == undo(clara, six, shown) == "Changed the title"
    assert (six.title, six.version) == ("Second", shown + 1)


def test_undo_of_an_older_state_is_a_conflict(clara: Account, colin: Account, six: Programme) -> None:
    save(clara, six, title="Clara's")
    shown = six.version
    save(colin, six, title="Colin's")
    with pytest.raises(Conflict, match="saved since"):
        undo(clara, six, shown)
    assert six.title == "Colin's"


def test_an_undone_swap_brings_back_exercise_dose_and_note(clara: Account, six: Programme) -> None:
    row = row_of(six, "knee-to-chest")
    save(clara, six, RowEdit(row.id, replace(row.dosage, side=Side.LEFT), "Use a towel"))
    programme_clashes.keep(clara, six, row.id, "sore_knees", "bent gently")
    before = said(six)
    programme_clashes.swap(clara, six, row.id, exercise(clara.clinic_id, "hamstring-stretch"))
    assert undo(clara, six, six.version) == "Swapped Knee to chest for Back of thigh stretch"
    assert said(six) == before
    assert row_of(six, "knee-to-chest").exercise.name == "Knee to chest"


def test_a_programme_from_before_there_were_revisions_can_be_edited_and_undone(clara: Account, six: Programme) -> None:
    db.session.query(ProgrammeRevision).delete()
    db.session.commit()
    start = said(six)
    assert undoable(six) is None
    save(clara, six, title="Another title")
    assert undo(clara, six, six.version) == "Changed the title"
    assert said(six) == start


def test_long_words_fit_the_button(clara: Account, six: Programme) -> None:
    bridge = exercise(clara.clinic_id, "bridge")
    bridge.name = "B" * 120
    programme_edits.set_removed(clara, six, row_of(six, "bridge").id, removed=True)
    words = undoable(six)
    assert words
    assert len(words) == 120
    assert words.endswith("B…")


Step = Callable[[Account, Programme, int], object]


def _row(programme: Programme, number: int) -> int:
    return programme.rows[number % len(programme.rows)].id


def _dose(who: Account, programme: Programme, number: int) -> object:
    row = programme.rows[number % len(programme.rows)]
    return save(who, programme, RowEdit(row.id, replace(row.dosage, reps=Range.of(2 * number + 2)), f"note {number}"))


def _toggle(who: Account, programme: Programme, number: int) -> None:
    row = programme.rows[number % len(programme.rows)]
    programme_edits.set_removed(who, programme, row.id, removed=not row.is_removed)


def _add(who: Account, programme: Programme, number: int) -> object:
    names = ("clam", "heel-raises", "bridge", "chin-tuck")
    return programme_edits.add(who, programme, exercise(who.clinic_id, names[number % len(names)]))


def _swap(who: Account, programme: Programme, number: int) -> None:
    names = ("side-plank", "mini-squat")
    row = programme.exercises[number % len(programme.exercises)]
    programme_clashes.swap(who, programme, row.id, exercise(who.clinic_id, names[number % len(names)]))


STEPS: list[Step] = [
    _dose,
    _toggle,
    _add,
    _swap,
    lambda who, programme, number: programme_edits.move(who, programme, _row(programme, number), 1 - 2 * (number % 2)),
    lambda who, programme, number: programme_edits.arrange(who, programme, [row.id for row in programme.rows[::-1]]),
    lambda who, programme, number: programme_edits.change_all(who, programme, weeks=Range.of(number + 1)),
    lambda who, programme, number: programme_edits.add_protocol(
        who, programme, protocol(who.clinic_id, "trunk-strength")
    ),
    lambda who, programme, number: save(who, programme, title=f"Title {number}"),
    lambda who, programme, number: programmes.end(who, programme, f"reason {number}"),
]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example starts a programme of its own
)
@given(some.lists(some.tuples(some.sampled_from(STEPS), some.integers(0, 11)), min_size=1, max_size=7))
def test_as_many_undos_as_changes_lead_back_to_the_start(
    clara: Account, six: Programme, steps: list[tuple[Step, int]]
) -> None:
    db.session.rollback()
    programme = started_programme(clara, six.patient)
    start = said(programme)
    for step, number in steps:
        before = programme.version
        try:
            step(clara, programme, number)
        except (NotAllowed, ZeroDivisionError):  # refused, or the programme is empty
            assert programme.version == before
    changes = programme.version - 1
    for _ in range(changes):
        undo(clara, programme, programme.version)
    assert undoable(programme) is None
    assert said(programme) == start
    assert programme_revisions.content(programme) == start
