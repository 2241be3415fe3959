"""Sides, totals, ways to move and the usual dosage: what is refused or asked again because of another field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_app.dosage import Dosage, Hold, HoldUnit, Load, LoadUnit, Mode, Range, Side, Tempo
from clinic_app.dosage.limits import Finding, check
from tests.dosage.checking import CONFIRM, REFUSE, WARN, brief, findings, hold, move, only, timed
from tests.dosage.seeds import BIRD_DOG, BRIDGE, KNEE_TO_CHEST, PELVIC_TILT

sides = replace(hold, side=Side.EACH)


@pytest.mark.parametrize(
    ("dosage", "usual", "field", "message"),
    [
        (
            replace(hold, hold=Hold(Range.of(60))),
            replace(hold, hold=Hold(Range.of(6))),
            "hold",
            "60 seconds, not 6? The usual hold here is 6 seconds.",
        ),
        (
            replace(PELVIC_TILT, hold=Hold(Range.of(11))),
            PELVIC_TILT,
            "hold",
            "11 seconds? The usual hold here is 3 to 5 seconds.",
        ),
        (
            replace(KNEE_TO_CHEST, hold=Hold(Range.of(60))),
            KNEE_TO_CHEST,
            "hold",
            "60 seconds? The usual hold here is 20 seconds.",
        ),
        (
            replace(KNEE_TO_CHEST, hold=Hold(Range.of(10), HoldUnit.BREATHS)),
            KNEE_TO_CHEST,
            "hold",
            "10 breaths? The usual hold here is 20 seconds.",
        ),
        (
            replace(KNEE_TO_CHEST, reps=Range.of(30)),
            KNEE_TO_CHEST,
            "reps",
            "30 times each side, not 3? The usual number of times here is 3 times each side.",
        ),
        (
            replace(BIRD_DOG, reps=Range.of(40)),
            BIRD_DOG,
            "reps",
            "20 times each side? The usual number of times here is 6 to 8 times each side.",
        ),
        (
            replace(PELVIC_TILT, reps=Range.of(21)),
            PELVIC_TILT,
            "reps",
            "21 times? The usual number of times here is 10 times.",
        ),
        (replace(BRIDGE, sets=Range.of(7)), BRIDGE, "sets", "7? The usual number of rounds here is 2 to 3."),
        (replace(BRIDGE, rest=125), BRIDGE, "rest", "125 seconds? The usual rest between rounds here is 60 seconds."),
        (
            replace(BRIDGE, times_per_day=Range(1, 3)),
            BRIDGE,
            "times_per_day",
            "3 times a day? The usual frequency here is 1 time a day.",
        ),
        (replace(PELVIC_TILT, weeks=Range.of(13)), PELVIC_TILT, "weeks", "13 weeks? The usual course here is 6 weeks."),
    ],
)
def test_more_than_twice_the_usual_asks_again_naming_the_number(
    dosage: Dosage, usual: Dosage, field: str, message: str
) -> None:
    assert only(findings(dosage, usual=usual), CONFIRM) == [(field, message)]
    assert only(findings(dosage), CONFIRM) == []


def test_exactly_twice_the_usual_asks_nothing() -> None:
    assert only(findings(replace(KNEE_TO_CHEST, hold=Hold(Range.of(40))), usual=KNEE_TO_CHEST), CONFIRM) == []
    breaths = replace(KNEE_TO_CHEST, hold=Hold(Range.of(8), HoldUnit.BREATHS))
    assert only(findings(breaths, usual=KNEE_TO_CHEST), CONFIRM) == []


@pytest.mark.parametrize("side", [None, Side.NONE])
def test_a_side_has_no_default(side: Side | None) -> None:
    assert check(replace(hold, side=side), has_sides=True) == (
        Finding("side", REFUSE, "Choose the side: left, right, each, alternate or both together."),
    )


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT, Side.EACH, Side.ALTERNATE, Side.BOTH_TOGETHER])
def test_a_side_belongs_to_exercises_with_sides_only(side: Side) -> None:
    assert check(replace(hold, side=side), has_sides=True) == ()
    (found,) = check(replace(hold, side=side), has_sides=False)
    assert (found.field, found.severity) == ("side", REFUSE)
    assert found.message == f"Take out the side ({str(side).replace('_', ' ')}): this exercise has none."


def test_not_chosen_is_refused_for_an_exercise_without_sides_too() -> None:
    assert only(check(replace(hold, side=None), has_sides=False), REFUSE) == [
        ("side", "Say that this exercise has no sides.")
    ]


@pytest.mark.parametrize(("reps", "odd"), [(Range.of(7), 7), (Range(6, 9), 9), (Range(5, 8), 5), (Range.of(1), 1)])
def test_an_alternating_total_is_even(reps: Range, odd: int) -> None:
    message = f"{odd} times cannot be shared by two sides, so choose an even total such as {odd + 1}."
    assert ("reps", message) in only(findings(replace(hold, side=Side.ALTERNATE, reps=reps)), REFUSE)
    assert only(findings(replace(sides, reps=reps)), REFUSE) == []


def test_an_alternating_total_is_held_against_the_limits_side_by_side() -> None:
    assert findings(replace(brief, side=Side.ALTERNATE, reps=Range.of(60))) == ()
    assert only(findings(replace(brief, side=Side.ALTERNATE, reps=Range.of(62))), WARN) == [
        ("reps", "The number of times is 31 times each side, outside the common 1 to 30 times.")
    ]


@pytest.mark.parametrize(
    ("dosage", "field", "message"),
    [
        (replace(hold, hold=None), "hold", "The hold is missing: a repeat with a hold needs it."),
        (replace(hold, reps=None), "reps", "The number of times is missing: a repeat with a hold needs it."),
        (
            replace(hold, duration=Range.of(60)),
            "duration",
            "Take out the time to keep going: a repeat with a hold has none.",
        ),
        (
            replace(hold, hold=Hold(Range(0, 5))),
            "hold",
            "The hold starts at 0 seconds, but a repeat with a hold needs 1 or more.",
        ),
        (Dosage(mode=Mode.SUSTAINED), "hold", "The hold is missing: a position that is held needs it."),
        (
            Dosage(mode=Mode.SUSTAINED, hold=Hold(Range.of(0), HoldUnit.BREATHS)),
            "hold",
            "The hold starts at 0 breaths, but a position that is held needs 1 or more.",
        ),
        (
            Dosage(mode=Mode.SUSTAINED, hold=Hold(Range.of(20)), duration=Range.of(60)),
            "duration",
            "Take out the time to keep going: a position that is held has none.",
        ),
        (Dosage(mode=Mode.CONTINUOUS), "reps", "The number of times is missing: a slow movement needs it."),
        (replace(move, hold=Hold(Range.of(5))), "hold", "Take out the hold: a slow movement has none."),
        (
            replace(move, duration=Range.of(60)),
            "duration",
            "Take out the time to keep going: a slow movement has none.",
        ),
        (Dosage(mode=Mode.TIMED), "duration", "The time to keep going is missing: a timed exercise needs it."),
        (replace(timed(1), hold=Hold(Range.of(5))), "hold", "Take out the hold: a timed exercise has none."),
        (replace(move, load=Load(LoadUnit.KILOGRAMS)), "load", "The load needs a number, in kg."),
        (replace(move, load=Load(LoadUnit.PERCENT)), "load", "The load needs a number, in percent."),
        (replace(move, load=Load(LoadUnit.BODYWEIGHT, 5)), "load", "Take out the number 5: this load has none."),
        (replace(move, load=Load(LoadUnit.BAND, 5, "red")), "load", "Take out the number 5: this load has none."),
        (replace(move, load=Load(LoadUnit.BAND, brand="Acme")), "load", "Name the colour of the band."),
        (
            replace(move, load=Load(LoadUnit.KILOGRAMS, 2, "red")),
            "load",
            "Take out 'red': only a band has a colour.",
        ),
        (
            replace(move, load=Load(LoadUnit.BAND, colour="<b>red")),
            "load",
            "Write the band's colour and maker in 30 letters or fewer, without signs: '<b>red'.",
        ),
        (
            replace(move, load=Load(LoadUnit.BAND, colour="r" * 31)),
            "load",
            f"Write the band's colour and maker in 30 letters or fewer, without signs: '{'r' * 31}'.",
        ),
        (
            replace(move, load=Load(LoadUnit.BAND, colour="red", brand="A\u202eB")),
            "load",
            "Write the band's colour and maker in 30 letters or fewer, without signs: 'A\\u202eB'.",
        ),
        (
            replace(move, tempo=Tempo(0, 0, 0, 0)),
            "tempo",
            "The tempo 0-0-0-0 says nothing, so fill it in or take it out.",
        ),
    ],
)
def test_fields_that_contradict_each_other_are_refused(dosage: Dosage, field: str, message: str) -> None:
    assert only(findings(dosage), REFUSE) == [(field, message)]


def test_refusals_stand_first() -> None:
    found = check(replace(hold, hold=Hold(Range.of(70)), sets=Range.of(11)), has_sides=True, usual=hold)
    assert [finding.severity for finding in found] == [REFUSE, REFUSE, CONFIRM, CONFIRM, WARN]
