"""Two people edit one programme: what only one of them changed is kept, what both changed is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_app.dosage import Range
from clinic_app.errors import Conflict
from clinic_app.models import Account, Programme
from clinic_app.services import programme_clashes, programme_edits, programme_revisions
from clinic_app.services.programme_edits import RowConflict, RowEdit
from tests.builder import exercise, holding, row_of, save, slugs

# What is said here is the same on every database; two databases at once are the business of tests/faults.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def form(programme: Programme, **doses: int) -> list[RowEdit]:
    """The whole form, as a page sends it: every row, with other holds where `doses` names one (bridge=8)."""
    holds = {slug.replace("_", "-"): seconds for slug, seconds in doses.items()}
    return [
        RowEdit(
            row.id,
            holding(row, holds[row.exercise.slug]) if row.exercise.slug in holds else row.dosage,
            row.note,
        )
        for row in programme.exercises
    ]


def test_different_rows_are_both_kept_and_told(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    mine = form(six, bridge=8)
    save(colin, six, *form(six, knee_to_chest=15), version=shown)
    saved = save(clara, six, *mine, version=shown)
    assert saved.changed
    (told,) = saved.merged
    assert told.startswith("Colin Colleague changed the dose of Knee to chest: Hold for 15 seconds. Do this")
    assert not told.endswith("..")
    assert row_of(six, "bridge").dosage == holding(row_of(six, "bridge"), 8)
    assert row_of(six, "knee-to-chest").dosage == holding(row_of(six, "knee-to-chest"), 15)


def test_the_same_dose_is_asked_with_both_sentences(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    mine = form(six, bridge=8)
    save(colin, six, *form(six, bridge=4), version=shown)
    with pytest.raises(RowConflict) as asked:
        save(clara, six, *mine, version=shown)
    (line,) = asked.value.lines
    row = row_of(six, "bridge")
    assert (line.key, line.name, line.field, line.who) == (f"row-{row.id}-dose", "Bridge", "dose", "Colin Colleague")
    assert (line.mine[:19], line.theirs[:19]) == ("Hold for 8 seconds.", "Hold for 4 seconds.")
    assert asked.value.version == six.version
    assert isinstance(asked.value, Conflict)
    assert row.dosage == holding(row, 4)


@pytest.mark.parametrize(("answer", "seconds"), [("mine", 8), ("theirs", 4)])
def test_an_answer_settles_it(clara: Account, colin: Account, six: Programme, answer: str, seconds: int) -> None:
    shown = six.version
    row = row_of(six, "bridge")
    mine = [*form(six, bridge=8)[:-1], RowEdit(row.id, holding(row, 8), "Slowly")]
    save(colin, six, *form(six, bridge=4), version=shown)
    save(clara, six, *mine, version=shown, answers={f"row-{row.id}-dose": answer})
    assert row.dosage == holding(row, seconds)
    assert row.note == "Slowly"  # only Clara wrote one, so nobody was asked


def test_two_halves_never_make_a_dose_that_nobody_decided(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    row = row_of(six, "bridge")
    reps = RowEdit(row.id, replace(row.dosage, reps=Range.of(5)), "")
    save(colin, six, RowEdit(row.id, holding(row, 30), ""), version=shown)
    with pytest.raises(RowConflict):
        save(clara, six, reps, version=shown)


def test_the_same_change_by_both_is_no_question(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    mine = form(six, bridge=8)
    save(colin, six, *mine, version=shown)
    assert not save(clara, six, *mine, version=shown).changed


def test_titles_and_dates_are_merged_as_well(clara: Account, colin: Account, six: Programme) -> None:
    shown, title = six.version, six.title
    save(colin, six, title="Colin's title", version=shown)
    assert save(clara, six, title=title, version=shown).merged == (
        "Colin Colleague changed the title to “Colin's title”.",
    )
    with pytest.raises(RowConflict) as asked:
        save(clara, six, title="Clara's title", version=shown)
    (line,) = asked.value.lines
    assert (line.key, line.name, line.mine, line.theirs) == ("title", "", "Clara's title", "Colin's title")


def test_what_others_did_to_the_list_is_kept_and_told(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    mine = form(six, bridge=8)
    programme_edits.set_removed(colin, six, row_of(six, "cat-cow").id, removed=True)
    programme_edits.add(colin, six, exercise(colin.clinic_id, "clam"))
    programme_edits.move(colin, six, row_of(six, "bird-dog").id, 1)
    programme_clashes.swap(colin, six, row_of(six, "childs-pose").id, exercise(colin.clinic_id, "seated-forward-bend"))
    saved = save(clara, six, *mine, version=shown)
    assert set(saved.merged) == {
        "Colin Colleague removed Cat and cow.",
        "Colin Colleague added Clam.",
        "Colin Colleague changed the order.",
        "Colin Colleague swapped Child's pose for Seated forward bend.",
    }
    assert slugs(six) == ["knee-to-chest", "pelvic-tilt", "seated-forward-bend", "bridge", "bird-dog", "clam"]
    assert row_of(six, "bridge").dosage == holding(row_of(six, "bridge"), 8)


def test_a_dose_is_never_given_to_the_exercise_swapped_in(clara: Account, colin: Account, six: Programme) -> None:
    shown = six.version
    row = row_of(six, "childs-pose")
    mine = RowEdit(row.id, holding(row, 45), "Breathe")
    bend = exercise(colin.clinic_id, "seated-forward-bend")
    bend.usual = row.dosage  # the numbers alone would not show the swap
    programme_clashes.swap(colin, six, row.id, bend)
    with pytest.raises(RowConflict) as asked:
        save(clara, six, mine, version=shown)
    assert [(line.name, line.field) for line in asked.value.lines] == [
        ("Child's pose", "dose"),
        ("Child's pose", "note"),
    ]
    assert asked.value.lines[0].theirs.startswith("Seated forward bend: Hold for")
    assert row.dosage == bend.usual
    answers = {line.key: "mine" for line in asked.value.lines}
    save(clara, six, mine, version=shown, answers=answers)
    back = row_of(six, "childs-pose")
    assert (back.id, back.dosage, back.note) == (row.id, mine.dosage, "Breathe")


def test_a_row_that_was_taken_back_is_asked_about_and_can_return(
    clara: Account, colin: Account, six: Programme
) -> None:
    clam = programme_edits.add(colin, six, exercise(colin.clinic_id, "clam"))
    shown, mine = six.version, RowEdit(clam.id, replace(clam.dosage, reps=Range.of(9)), "")
    unchanged = RowEdit(clam.id, clam.dosage, "")
    programme_revisions.undo(colin, six, six.version)
    assert save(clara, six, unchanged, version=shown).merged == ("Colin Colleague took out Clam.",)
    with pytest.raises(RowConflict) as asked:
        save(clara, six, mine, version=shown)
    (line,) = asked.value.lines
    assert line.theirs == "taken out of the programme"
    assert not save(clara, six, mine, version=shown, answers={line.key: "theirs"}).changed
    save(clara, six, mine, version=shown, answers={line.key: "mine"})
    assert row_of(six, "clam").dosage == mine.dosage


def test_ones_own_later_save_wins_without_a_question(clara: Account, six: Programme) -> None:
    """An answer that was lost on the way: the page still shows the old version and sends what was typed since."""
    shown = six.version
    first, second = form(six, bridge=8), form(six, bridge=9)
    save(clara, six, *first, version=shown)
    saved = save(clara, six, *second, version=shown)
    assert (saved.changed, saved.merged) == (True, ())
    assert row_of(six, "bridge").dosage == holding(row_of(six, "bridge"), 9)


def test_ones_own_swap_in_another_window_is_asked_about_too(clara: Account, six: Programme) -> None:
    shown, row = six.version, row_of(six, "childs-pose")
    mine = RowEdit(row.id, holding(row, 45), "")
    bend = exercise(clara.clinic_id, "seated-forward-bend")
    programme_clashes.swap(clara, six, row.id, bend)
    with pytest.raises(RowConflict):
        save(clara, six, mine, version=shown)
    assert row.dosage == bend.usual


def test_a_stale_page_does_not_unsay_a_number_stood_by(clara: Account, colin: Account, six: Programme) -> None:
    row = row_of(six, "bridge")
    shown, stale = six.version, form(six)
    save(colin, six, RowEdit(row.id, row.dosage, "", ("50 seconds?",)), version=shown)
    assert not save(clara, six, *stale, version=shown).changed
    assert row.confirmed == ["50 seconds?"]
