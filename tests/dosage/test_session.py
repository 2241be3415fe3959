from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.dosage import Dosage, Hold, HoldUnit, Mode, Range, Side, Tempo
from clinic_app.dosage.session import how_often, minutes, seconds
from tests.dosage.seeds import ALL, BIRD_DOG, BRIDGE, CAT_COW, CHILDS_POSE, KNEE_TO_CHEST, PELVIC_TILT
from tests.dosage.strategies import bounded, dosages


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        (KNEE_TO_CHEST, Range.of(3 * 2 * 24)),
        (replace(KNEE_TO_CHEST, side=Side.LEFT), Range.of(3 * 24)),
        (PELVIC_TILT, Range(10 * 7, 10 * 9)),
        (CAT_COW, Range(6 * 6, 2 * 8 * 6)),
        (CHILDS_POSE, Range(3 * 24, 3 * 34)),
        (BIRD_DOG, Range(12 * 6, 2 * 16 * 7)),
        (BRIDGE, Range(2 * 10 * 7 + 60, 3 * 15 * 9 + 120)),
        (replace(CHILDS_POSE, hold=Hold(Range.of(4), HoldUnit.BREATHS)), Range.of(3 * (20 + 4))),
        (replace(BRIDGE, move_time=2, sets=Range.of(1), reps=Range.of(10)), Range(50, 70)),
        (replace(CAT_COW, tempo=Tempo(3, 1, 3, 0), sets=Range.of(1), reps=Range.of(8)), Range.of(56)),
        (Dosage(mode=Mode.TIMED, duration=Range.of(60), side=Side.EACH, move_time=5), Range.of(120)),
        (Dosage(mode=Mode.TIMED, duration=Range.of(60), side=Side.ALTERNATE), Range.of(60)),
    ],
)
def test_seconds_of_one_session(dosage: Dosage, expected: Range) -> None:
    assert seconds(dosage) == expected


@given(dosages(), st.sampled_from(("sets", "reps", "hold", "duration", "rest", "move_time")), st.integers(1, 20))
@bounded
def test_more_of_anything_never_takes_less_time(dosage: Dosage, field: str, more: int) -> None:
    value = getattr(dosage, field)
    grown: Any
    if isinstance(value, Range):
        grown = Range(value.minimum + more, value.maximum + more)
    elif isinstance(value, Hold):
        grown = replace(value, amount=Range(value.amount.minimum + more, value.amount.maximum + more))
    else:
        grown = None if value is None else value + more
    changed: dict[str, Any] = {field: grown}
    before, after = seconds(dosage), seconds(replace(dosage, **changed))
    assert after.minimum >= before.minimum
    assert after.maximum >= before.maximum


def test_minutes_are_the_upper_ends_rounded_up_once() -> None:
    assert minutes([]) == 0
    assert minutes([KNEE_TO_CHEST]) == 3  # 144 s
    assert minutes([KNEE_TO_CHEST, KNEE_TO_CHEST]) == 5  # 288 s, not 3 + 3
    assert minutes([CHILDS_POSE]) == 2  # up to 102 s
    assert minutes([BRIDGE]) == 9  # 200 to 525 s: the upper end, not 4
    assert minutes([Dosage(mode=Mode.TIMED, duration=Range.of(60))]) == 1


def test_when_all_agree_there_is_one_answer() -> None:
    found = how_often([KNEE_TO_CHEST, PELVIC_TILT])
    assert found.agreed is not None
    assert (found.agreed.times_per_day, found.agreed.days_per_week) == (Range.of(2), Range.of(7))
    assert found.agreed.positions == (1, 2)
    assert found.agreed.minutes == minutes([KNEE_TO_CHEST, PELVIC_TILT])


def test_when_they_differ_the_day_is_split_and_nothing_is_averaged() -> None:
    once = replace(PELVIC_TILT, times_per_day=Range.of(1))
    found = how_often([KNEE_TO_CHEST, once, CAT_COW])
    assert found.agreed is None
    assert [sitting.positions for sitting in found.sittings] == [(1, 2, 3), (1, 3)]
    assert [sitting.number for sitting in found.sittings] == [1, 2]
    assert found.sittings[0].minutes == minutes([KNEE_TO_CHEST, once, CAT_COW])
    assert found.sittings[1].minutes == minutes([KNEE_TO_CHEST, CAT_COW])
    assert [group.times_per_day for group in found.groups] == [Range.of(2), Range.of(1)]


def test_ranges_and_other_days_are_left_to_the_groups() -> None:
    assert how_often([KNEE_TO_CHEST, CHILDS_POSE]).sittings == ()
    assert how_often([KNEE_TO_CHEST, BRIDGE]).sittings == ()
    found = how_often(ALL)
    assert [group.positions for group in found.groups] == [(1, 2, 3), (4,), (5, 6)]


@given(st.lists(dosages(), max_size=3))
@bounded
def test_every_exercise_stands_in_the_group_of_its_own_frequency(programme: list[Dosage]) -> None:
    groups = how_often(programme).groups
    assert sorted(at for group in groups for at in group.positions) == list(range(1, len(programme) + 1))
    for group in groups:
        for at in group.positions:
            dosage = programme[at - 1]
            assert (group.times_per_day, group.days_per_week) == (dosage.times_per_day, dosage.days_per_week)


def test_no_exercises_have_no_frequency() -> None:
    assert how_often([]).groups == ()
    assert how_often([]).agreed is None
