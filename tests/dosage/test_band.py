from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from clinic_app.dosage import BodyPart, Dosage, Hold, HoldUnit, Mode, Range, Side
from clinic_app.dosage.band import Cell, cells, read_aloud
from tests.dosage.seeds import BIRD_DOG, BRIDGE, CAT_COW, CHILDS_POSE, KNEE_TO_CHEST, PELVIC_TILT
from tests.dosage.strategies import body_parts, bounded, dosages


@pytest.mark.parametrize(
    ("dosage", "part", "words"),
    [
        (
            KNEE_TO_CHEST,
            BodyPart.LEG,
            "Hold 20 seconds. Repeat 3 times each leg, 3 left, 3 right. Every day 2 times a day.",
        ),
        (PELVIC_TILT, BodyPart.SIDE, "Hold 3 to 5 seconds. Repeat 10 times. Every day 2 times a day."),
        (CAT_COW, BodyPart.SIDE, "Move Slowly. Repeat 6 to 8 times. Every day 2 times a day. Rounds 1 to 2."),
        (CHILDS_POSE, BodyPart.SIDE, "Hold 20 to 30 seconds. Repeat 3 times. Every day 1 to 2 times a day."),
        (
            BIRD_DOG,
            BodyPart.SIDE,
            (
                "Hold 2 to 3 seconds. Repeat 12 to 16 times in all, change sides each time, 6 to 8 each side. "
                "3 to 5 days a week 1 time a day. Rounds 1 to 2."
            ),
        ),
        (
            BRIDGE,
            BodyPart.SIDE,
            (
                "Hold 3 to 5 seconds. Repeat 10 to 15 times. 3 to 5 days a week 1 time a day. "
                "Rounds 2 to 3, rest 60 seconds."
            ),
        ),
    ],
)
def test_the_seed_doses_read_aloud(dosage: Dosage, part: BodyPart, words: str) -> None:
    assert read_aloud(cells(dosage, part)) == words


twice_a_day = Cell(label="Every day", numbers=(2,), unit="times a day")
some_days = Cell(label="3 to 5 days a week", numbers=(1,), unit="time a day")


@pytest.mark.parametrize(
    ("dosage", "part", "band"),
    [
        (
            KNEE_TO_CHEST,
            BodyPart.LEG,
            (
                Cell(label="Hold", numbers=(20,), unit="seconds"),
                Cell(label="Repeat", numbers=(3,), unit="times each leg", detail="3 left, 3 right"),
                twice_a_day,
            ),
        ),
        (
            PELVIC_TILT,
            BodyPart.SIDE,
            (
                Cell(label="Hold", numbers=(3, 5), unit="seconds", between="to"),
                Cell(label="Repeat", numbers=(10,), unit="times"),
                twice_a_day,
            ),
        ),
        (
            CAT_COW,
            BodyPart.SIDE,
            (
                Cell(label="Move", word="Slowly"),
                Cell(label="Repeat", numbers=(6, 8), unit="times", between="to"),
                twice_a_day,
                Cell(label="Rounds", numbers=(1, 2), between="to"),
            ),
        ),
        (
            CHILDS_POSE,
            BodyPart.SIDE,
            (
                Cell(label="Hold", numbers=(20, 30), unit="seconds", between="to"),
                Cell(label="Repeat", numbers=(3,), unit="times"),
                Cell(label="Every day", numbers=(1, 2), unit="times a day", between="to"),
            ),
        ),
        (
            BIRD_DOG,
            BodyPart.LEG,
            (
                Cell(label="Hold", numbers=(2, 3), unit="seconds", between="to"),
                Cell(
                    label="Repeat",
                    numbers=(12, 16),
                    unit="times in all",
                    detail="change legs each time, 6 to 8 each leg",
                    between="to",
                ),
                some_days,
                Cell(label="Rounds", numbers=(1, 2), between="to"),
            ),
        ),
        (
            BRIDGE,
            BodyPart.SIDE,
            (
                Cell(label="Hold", numbers=(3, 5), unit="seconds", between="to"),
                Cell(label="Repeat", numbers=(10, 15), unit="times", between="to"),
                some_days,
                Cell(label="Rounds", numbers=(2, 3), detail="rest 60 seconds", between="to"),
            ),
        ),
    ],
)
def test_the_cells_of_the_seed_doses(dosage: Dosage, part: BodyPart, band: tuple[Cell, ...]) -> None:
    assert cells(dosage, part) == band


@pytest.mark.parametrize(
    ("side", "part", "detail"),
    [
        (Side.LEFT, BodyPart.LEG, "left leg only"),
        (Side.RIGHT, BodyPart.ARM, "right arm only"),
        (Side.RIGHT, BodyPart.SIDE, "right side only"),
        (Side.BOTH_TOGETHER, BodyPart.LEG, "both legs together"),
        (Side.NONE, BodyPart.LEG, ""),
    ],
)
def test_one_side_stands_in_words(side: Side, part: BodyPart, detail: str) -> None:
    repeat = cells(replace(KNEE_TO_CHEST, side=side), part)[1]
    assert (repeat.numbers, repeat.unit, repeat.detail) == ((3,), "times", detail)


@pytest.mark.parametrize(
    ("dosage", "cell", "words"),
    [
        (Dosage(mode=Mode.TIMED, duration=Range.of(60)), 0, "Keep going 60 seconds"),
        (Dosage(mode=Mode.TIMED, duration=Range.of(600)), 0, "Keep going 10 minutes"),
        (Dosage(mode=Mode.TIMED, duration=Range.of(600)), 1, "Do this 1 time"),
        (
            Dosage(mode=Mode.TIMED, duration=Range.of(60), side=Side.ALTERNATE),
            1,
            "Do this 1 time, change legs each time",
        ),
        (replace(CHILDS_POSE, hold=Hold(Range.of(1))), 0, "Hold 1 second"),
        (replace(CHILDS_POSE, hold=Hold(Range(5, 8), HoldUnit.BREATHS)), 0, "Hold 5 to 8 slow breaths"),
        (replace(CHILDS_POSE, days_per_week=Range.of(1)), 2, "1 day a week 1 to 2 times a day"),
        (replace(CAT_COW, sets=Range.of(3), rest=120), 3, "Rounds 3, rest 2 minutes"),
    ],
)
def test_other_cells(dosage: Dosage, cell: int, words: str) -> None:
    assert cells(dosage, BodyPart.LEG)[cell].spoken == words


@given(dosages(), body_parts)
@bounded
def test_every_cell_has_a_number_or_a_word_and_the_numbers_are_the_dosage(dosage: Dosage, part: BodyPart) -> None:
    band = cells(dosage, part)
    assert len(band) == (4 if dosage.sets.maximum > 1 else 3)
    for cell in band:
        assert bool(cell.numbers) != bool(cell.word)
        assert cell.label
        assert bool(cell.between) == (len(cell.numbers) == 2)
    reps = dosage.reps or Range.of(1)
    assert band[1].numbers[0] == reps.minimum
    assert band[1].numbers[-1] == reps.maximum
    for word in ("left", "right"):
        said = band[1].spoken
        assert (word in said) == (dosage.side in {Side.EACH, Side(word)})
