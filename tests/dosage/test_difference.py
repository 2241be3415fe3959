from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given

from clinic_app.dosage import BodyPart, Dosage, Hold, HoldUnit, Load, LoadUnit, Mode, Range, Side, Tempo
from clinic_app.dosage.difference import Difference, differences
from tests.dosage.seeds import BIRD_DOG, BRIDGE, CAT_COW, KNEE_TO_CHEST
from tests.dosage.strategies import bounded, dosages


def test_the_changed_tag_of_the_picture() -> None:
    was = replace(KNEE_TO_CHEST, hold=Hold(Range.of(10)))
    assert differences(was, KNEE_TO_CHEST, BodyPart.LEG) == (
        Difference(field="hold", now="hold 20 seconds", was="10", told="hold is now 20 seconds (was 10)"),
    )


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (
            KNEE_TO_CHEST,
            replace(KNEE_TO_CHEST, hold=Hold(Range.of(5), HoldUnit.BREATHS)),
            "hold is now 5 slow breaths (was 20 seconds)",
        ),
        (BRIDGE, replace(BRIDGE, sets=Range.of(3)), "rounds are now 3 (was 2 to 3)"),
        (BRIDGE, replace(BRIDGE, reps=Range.of(12)), "repeat is now 12 times (was 10 to 15)"),
        (BRIDGE, replace(BRIDGE, rest=None), "rest is now none (was 60 seconds)"),
        (BRIDGE, replace(BRIDGE, rest=120), "rest is now 2 minutes (was 60 seconds)"),
        (BRIDGE, replace(BRIDGE, times_per_day=Range.of(2)), "how often is now twice a day (was once a day)"),
        (BRIDGE, replace(BRIDGE, days_per_week=Range.of(7)), "days are now every day (was 3 to 5 days a week)"),
        (KNEE_TO_CHEST, replace(KNEE_TO_CHEST, weeks=Range.of(8)), "how long is now 8 weeks (was 6 weeks)"),
        (BRIDGE, replace(BRIDGE, pain_limit=3), "pain limit is now 3 out of 10 (was none)"),
        (
            BRIDGE,
            replace(BRIDGE, load=Load(LoadUnit.BAND, colour="red")),
            "what to use is now: red band (was: none)",
        ),
        (
            BRIDGE,
            replace(BRIDGE, tempo=Tempo(3, 1, 2, 0)),
            "speed is now: lower 3, pause 1, lift 2, pause 0 (was: none)",
        ),
    ],
)
def test_the_words_of_one_change(was: Dosage, now: Dosage, told: str) -> None:
    assert [change.told for change in differences(was, now, BodyPart.LEG)] == [told]


def test_sides_are_in_words() -> None:
    left, right = replace(KNEE_TO_CHEST, side=Side.LEFT), replace(KNEE_TO_CHEST, side=Side.RIGHT)
    (change,) = differences(left, right, BodyPart.LEG)
    assert (change.now, change.was) == ("side: right leg only", "left leg only")


def test_the_same_number_counted_in_another_way_is_told() -> None:
    """6 in all is half of 6 on each side."""
    each = replace(BIRD_DOG, side=Side.EACH, reps=Range.of(6))
    told = [change.told for change in differences(each, replace(each, side=Side.ALTERNATE), BodyPart.LEG)]
    assert told == [
        "repeat is now 6 times in all (was 6 times each leg)",
        "side is now: change legs each time (was: each leg)",
    ]


def test_another_way_to_move_is_told() -> None:
    held = replace(CAT_COW, mode=Mode.REPS_WITH_HOLD, hold=Hold(Range.of(5)))
    assert [change.now for change in differences(CAT_COW, held)] == ["hold each time", "hold 5 seconds"]


@given(dosages(), dosages())
@bounded
def test_every_changed_field_is_told_and_nothing_else(was: Dosage, now: Dosage) -> None:
    told = {change.field for change in differences(was, now)}
    changed = {field.name for field in fields(Dosage) if getattr(was, field.name) != getattr(now, field.name)}
    assert changed <= told
    assert told <= changed | {"reps"}  # the same repeats read otherwise with another side
    assert differences(now, now) == ()
