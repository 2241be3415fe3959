"""The exact words of a dosage, the seed doses first (clinical review, section 3)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from clinic_app.dosage import (
    BodyPart,
    Dosage,
    Effort,
    EffortScale,
    Hold,
    HoldUnit,
    Load,
    LoadUnit,
    Mode,
    Range,
    Side,
    Tempo,
)
from clinic_app.dosage.sentence import beside_the_band, sentence
from tests.dosage.seeds import BIRD_DOG, BRIDGE, CAT_COW, CHILDS_POSE, KNEE_TO_CHEST, PELVIC_TILT
from tests.dosage.strategies import body_parts, bounded, dosages

LONGEST_SENTENCE = 15  # words: look, section 10


@pytest.mark.parametrize(
    ("dosage", "part", "words"),
    [
        (
            KNEE_TO_CHEST,
            BodyPart.SIDE,
            "Hold for 20 seconds. Do this 3 times on each side. Do it twice a day, every day, for 6 weeks.",
        ),
        (
            KNEE_TO_CHEST,
            BodyPart.LEG,
            "Hold for 20 seconds. Do this 3 times on each leg. Do it twice a day, every day, for 6 weeks.",
        ),
        (
            PELVIC_TILT,
            BodyPart.SIDE,
            "Hold for 3 to 5 seconds. Do this 10 times. Do it twice a day, every day, for 6 weeks.",
        ),
        (
            CAT_COW,
            BodyPart.SIDE,
            "Move slowly. Do this 6 to 8 times. Do 1 to 2 rounds. Do it twice a day, every day.",
        ),
        (
            CHILDS_POSE,
            BodyPart.SIDE,
            "Stay in the position for 20 to 30 seconds. Do this 3 times. Do it 1 to 2 times a day, every day.",
        ),
        (
            BIRD_DOG,
            BodyPart.SIDE,
            (
                "Hold for 2 to 3 seconds. Do this 12 to 16 times in all. Change sides each time. "
                "That is 6 to 8 times on each side. Do 1 to 2 rounds. Do it once a day, 3 to 5 days a week."
            ),
        ),
        (
            BRIDGE,
            BodyPart.SIDE,
            (
                "Hold for 3 to 5 seconds. Do this 10 to 15 times. Do 2 to 3 rounds. "
                "Rest for 60 seconds between rounds. Do it once a day, 3 to 5 days a week."
            ),
        ),
    ],
)
def test_the_seed_doses(dosage: Dosage, part: BodyPart, words: str) -> None:
    assert sentence(dosage, part) == words


bare = Dosage(mode=Mode.CONTINUOUS, reps=Range.of(8))


@pytest.mark.parametrize(
    ("dosage", "part", "expected"),
    [
        (replace(bare, reps=Range.of(1)), BodyPart.SIDE, "Do this once."),
        (replace(bare, reps=Range.of(2)), BodyPart.SIDE, "Do this twice."),
        (replace(bare, side=Side.LEFT), BodyPart.LEG, "Do this 8 times on your left leg only."),
        (replace(bare, side=Side.RIGHT), BodyPart.ARM, "Do this 8 times on your right arm only."),
        (replace(bare, side=Side.BOTH_TOGETHER), BodyPart.ARM, "Do this 8 times with both arms together."),
        (replace(bare, side=None), BodyPart.LEG, "The side is not chosen yet."),
        (replace(bare, reps=Range.of(2), side=Side.ALTERNATE), BodyPart.LEG, "That is once on each leg."),
        (replace(bare, move_time=1), BodyPart.SIDE, "Take 1 second to move there and back."),
        (replace(bare, sets=Range.of(2), rest=120), BodyPart.SIDE, "Rest for 2 minutes between rounds."),
        (replace(bare, rest=90), BodyPart.SIDE, "Then rest for 90 seconds."),
        (replace(bare, load=Load(LoadUnit.KILOGRAMS, 2)), BodyPart.SIDE, "Use a 2 kg weight."),
        (replace(bare, load=Load(LoadUnit.PERCENT, 60)), BodyPart.SIDE, "Use 60% of the most you can lift once."),
        (replace(bare, load=Load(LoadUnit.BODYWEIGHT)), BodyPart.SIDE, "Use only the weight of your body."),
        (replace(bare, load=Load(LoadUnit.BAND, colour="red")), BodyPart.SIDE, "Use the red band."),
        (replace(bare, load=Load(LoadUnit.BAND, colour="red", brand="A & B")), BodyPart.SIDE, "the red band (A & B)."),
        (replace(bare, effort=Effort(EffortScale.CR10, Range(3, 5))), BodyPart.SIDE, "an effort of 3 to 5 out of 10."),
        (
            replace(bare, effort=Effort(EffortScale.BORG, Range(11, 13))),
            BodyPart.SIDE,
            "an effort of 11 to 13 on the scale of 6 to 20.",
        ),
        (replace(bare, pain_limit=3), BodyPart.SIDE, "Keep pain at 3 out of 10 or less."),
        (replace(bare, pain_limit=0), BodyPart.SIDE, "Keep it free of pain."),
        (
            replace(bare, tempo=Tempo(3, 1, 2, 0)),
            BodyPart.SIDE,
            "Lower for 3 seconds. Pause at the bottom for 1 second. Lift for 2 seconds. Do this",
        ),
        (replace(bare, days_per_week=Range.of(1)), BodyPart.SIDE, "Do it once a day, 1 day a week."),
        (replace(bare, weeks=Range.of(1)), BodyPart.SIDE, "every day, for 1 week."),
        (Dosage(mode=Mode.TIMED, duration=Range.of(60)), BodyPart.SIDE, "Keep going for 60 seconds."),
        (Dosage(mode=Mode.TIMED, duration=Range(600, 900)), BodyPart.SIDE, "Keep going for 10 to 15 minutes."),
        (
            Dosage(mode=Mode.SUSTAINED, hold=Hold(Range.of(5), HoldUnit.BREATHS), side=Side.EACH),
            BodyPart.LEG,
            "Stay in the position for 5 slow breaths. Do this on each leg.",
        ),
    ],
)
def test_the_words_of_each_field(dosage: Dosage, part: BodyPart, expected: str) -> None:
    assert expected in sentence(dosage, part)


@given(dosages(), body_parts)
@bounded
def test_sentences_are_short_and_plain(dosage: Dosage, part: BodyPart) -> None:
    load = dosage.load  # a colour and a maker are free text, and may be called "x0"
    plain = load and replace(load, colour="red" if load.unit is LoadUnit.BAND else "", brand="")
    for said in re.split(r"(?<=\.) ", sentence(replace(dosage, load=plain), part)):
        assert len(said.split()) <= LONGEST_SENTENCE, said
        assert not re.search(r"\d-\d|\breps?\b|\bsecs?\b|\bx\d", said)


def test_ranges_make_two_short_sentences_of_how_often() -> None:
    dosage = replace(bare, times_per_day=Range(1, 2), days_per_week=Range(3, 5), weeks=Range(4, 6))
    assert sentence(dosage).endswith("Do it 1 to 2 times a day, 3 to 5 days a week. Do it for 4 to 6 weeks.")


@given(dosages(), body_parts)
@bounded
def test_nothing_is_lost_between_the_band_and_the_lines_beside_it(dosage: Dosage, part: BodyPart) -> None:
    beside = " ".join(beside_the_band(dosage, part))
    assert ("week" in beside) == (dosage.weeks is not None)
    assert ("effort" in beside) == (dosage.effort is not None)
    assert ("Keep " in beside) == (dosage.pain_limit is not None)
    assert ("there and back" in beside) == (dosage.move_time is not None)
    assert ("Use " in beside) == (dosage.load is not None)
