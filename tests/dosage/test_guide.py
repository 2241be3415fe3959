"""The guided session counts what was prescribed: no second more or less, and the same on both sides."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given

from clinic_app.dosage import Dosage, Hold, HoldUnit, Mode, Range, Side, Tempo
from clinic_app.dosage.guide import READY_SECONDS, WORK, Step, StepKind, plan, repetitions
from clinic_app.dosage.session import seconds
from clinic_app.starter.pack import load_pack
from tests.dosage.seeds import ALL, BIRD_DOG, BRIDGE, CAT_COW, CHILDS_POSE, KNEE_TO_CHEST
from tests.dosage.strategies import any_dosages, bounded, dosages

STARTER = {entry.slug: entry.dosage for entry in load_pack().exercises}


def work(dosage: Dosage, *, optional: bool = True) -> list[Step]:
    return [step for step in plan(dosage) if step.kind in WORK and (optional or not step.optional)]


def counted(dosage: Dosage) -> Range:
    """Seconds of the least and of the most that the plan asks for, without what it adds."""
    steps = [step for step in plan(dosage) if step.kind in WORK or (step.kind is StepKind.REST and step.round > 1)]
    return Range(
        sum(step.lower for step in steps if not step.optional),
        sum(step.upper for step in steps),
    )


def holds_what_was_prescribed(dosage: Dosage) -> None:
    assert counted(dosage) == seconds(dosage)
    by_side = {
        side: [
            (step.kind, step.lower, step.upper, step.number, step.round) for step in work(dosage) if step.side is side
        ]
        for side in Side
    }
    if dosage.side in {Side.EACH, Side.ALTERNATE} and (dosage.reps or dosage.side is Side.EACH):
        assert by_side[Side.LEFT] == by_side[Side.RIGHT]
        assert by_side[Side.LEFT]
        assert not by_side[Side.NONE]
    else:
        assert set(filter(by_side.get, by_side)) == {dosage.side}
    for number in range(1, dosage.sets.maximum + 1):
        for side in filter(by_side.get, by_side):
            numbers = {each[3] for each in by_side[side] if each[4] == number}
            assert numbers == set(range(1, repetitions(dosage).maximum + 1))


@pytest.mark.parametrize("slug", STARTER)
def test_every_exercise_of_the_starter_pack_is_counted_as_prescribed(slug: str) -> None:
    holds_what_was_prescribed(STARTER[slug])


@pytest.mark.parametrize("dosage", ALL)
def test_the_seed_doses_are_counted_as_prescribed(dosage: Dosage) -> None:
    holds_what_was_prescribed(dosage)


@given(dosages())
@bounded
def test_any_dosage_that_can_be_issued_is_counted_as_prescribed(dosage: Dosage) -> None:
    small = replace(dosage, reps=dosage.reps and Range(min(dosage.reps.minimum, 20), min(dosage.reps.maximum, 20)))
    holds_what_was_prescribed(small)


@given(dosages())
@bounded
def test_rests_stand_between_rounds_and_the_change_of_sides_between_sides(dosage: Dosage) -> None:
    dosage = replace(dosage, reps=dosage.reps and Range.of(2))
    steps = plan(dosage)
    assert [step.kind for step in steps[:2]] == [StepKind.NEXT, StepKind.GET_READY]
    rounds = [list(group) for _, group in groupby(steps[2:], key=lambda step: step.round)]
    assert len(rounds) == dosage.sets.maximum
    for number, inside in enumerate(rounds, start=1):
        pauses = [step for step in inside if step.kind not in WORK]
        switches = [step for step in pauses if step.kind is StepKind.SWITCH_SIDES]
        assert len(switches) == (dosage.side is Side.EACH)
        assert all(step.side is Side.RIGHT and step.upper == READY_SECONDS for step in switches)
        if number > 1:
            assert inside[0].kind is (StepKind.REST if dosage.rest else StepKind.GET_READY)
            assert inside[0].upper == (dosage.rest or READY_SECONDS)
        last_rest = bool(dosage.rest) and len(rounds) == 1
        assert (inside[-1].kind is StepKind.REST) == last_rest
        assert len(pauses) == len(switches) + (number > 1) + last_rest


@given(any_dosages.filter(lambda dosage: (dosage.reps or Range.of(1)).maximum * dosage.sets.maximum < 2000))
@bounded
def test_no_dosage_breaks_it(dosage: Dosage) -> None:
    assert plan(dosage)[0].kind is StepKind.NEXT


def kinds(dosage: Dosage) -> list[str]:
    return [f"{step.kind} {step.side} {step.number}".replace(" none", "") for step in work(dosage)]


def test_each_does_one_side_and_then_the_other() -> None:
    holds = [step for step in plan(KNEE_TO_CHEST) if step.kind is StepKind.HOLD]
    assert [(step.side, step.number, step.lower, step.upper) for step in holds] == [
        *((Side.LEFT, number, 20, 20) for number in (1, 2, 3)),
        *((Side.RIGHT, number, 20, 20) for number in (1, 2, 3)),
    ]


def test_alternating_changes_every_time_and_what_is_beyond_the_range_is_whole_pairs() -> None:
    holds = [step for step in plan(replace(BIRD_DOG, sets=Range.of(1))) if step.kind is StepKind.HOLD]
    assert [step.side for step in holds] == [Side.LEFT, Side.RIGHT] * 8
    assert [step.optional for step in holds] == [False] * 12 + [True] * 4
    assert [step.number for step in holds[:4]] == [1, 1, 2, 2]
    assert repetitions(BIRD_DOG) == Range(6, 8)


def test_one_side_alone_never_changes() -> None:
    for side in (Side.LEFT, Side.RIGHT):
        steps = plan(replace(KNEE_TO_CHEST, side=side))
        assert {step.side for step in steps} == {side}
        assert StepKind.SWITCH_SIDES not in {step.kind for step in steps}


def test_a_repetition_is_there_hold_and_back() -> None:
    steps = plan(replace(BRIDGE, reps=Range.of(1), sets=Range.of(2)))
    assert [(step.kind, step.lower, step.upper) for step in steps] == [
        (StepKind.NEXT, 0, 0),
        (StepKind.GET_READY, 5, 5),
        (StepKind.THERE, 2, 2),
        (StepKind.HOLD, 3, 5),
        (StepKind.BACK, 2, 2),
        (StepKind.REST, 60, 60),
        (StepKind.THERE, 2, 2),
        (StepKind.HOLD, 3, 5),
        (StepKind.BACK, 2, 2),
    ]


def test_breaths_are_seconds_of_five() -> None:
    dosage = replace(CHILDS_POSE, hold=Hold(Range(4, 6), HoldUnit.BREATHS))
    hold = next(step for step in plan(dosage) if step.kind is StepKind.HOLD)
    assert (hold.lower, hold.upper) == (20, 30)


def test_a_movement_without_a_hold_is_one_step_or_its_tempo() -> None:
    once = replace(CAT_COW, reps=Range.of(2), sets=Range.of(1))
    assert kinds(once) == ["move 1", "move 2"]
    assert kinds(replace(once, tempo=Tempo(3, 1, 2, 0)))[:3] == ["lower 1", "pause 1", "lift 1"]
    # Without a time of its own it waits for the patient.
    assert [step.upper for step in work(replace(once, move_time=0))] == [0, 0]


def test_a_timed_exercise_goes_on_for_its_time_on_each_side() -> None:
    dosage = Dosage(mode=Mode.TIMED, duration=Range(300, 600))
    assert [(step.kind, step.lower, step.upper) for step in work(dosage)] == [(StepKind.GO, 300, 600)]
    sides = work(replace(dosage, side=Side.EACH))
    assert [(step.side, step.upper) for step in sides] == [(Side.LEFT, 600), (Side.RIGHT, 600)]
    assert [step.side for step in work(replace(dosage, side=Side.ALTERNATE))] == [Side.ALTERNATE]


def test_rounds_beyond_the_range_are_optional_with_the_rest_before_them() -> None:
    steps = plan(replace(BRIDGE, reps=Range.of(1)))
    assert [step.optional for step in steps if step.kind is StepKind.REST] == [False, True]
    assert {step.optional for step in steps if step.round < 3} == {False}
    assert {step.optional for step in steps if step.round == 3} == {True}
