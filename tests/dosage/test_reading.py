from __future__ import annotations

import pytest
from hypothesis import given, settings

from clinic_app.dosage import BodyPart, Dosage, Side
from clinic_app.dosage.reading import read_sentence
from clinic_app.dosage.sentence import sentence
from tests.dosage.seeds import ALL, BIRD_DOG, KNEE_TO_CHEST
from tests.dosage.strategies import body_parts, dosages


@given(dosages(), body_parts)
@settings(max_examples=60, deadline=None)
def test_a_sentence_reads_back_to_the_same_dosage(dosage: Dosage, part: BodyPart) -> None:
    named = part if dosage.side is not Side.NONE else BodyPart.SIDE
    assert read_sentence(sentence(dosage, part)) == (dosage, named)


@pytest.mark.parametrize("dosage", ALL)
def test_the_seed_doses_read_back(dosage: Dosage) -> None:
    assert read_sentence(sentence(dosage)) == (dosage, BodyPart.SIDE)


def test_line_breaks_do_not_matter() -> None:
    assert read_sentence("\n ".join(sentence(KNEE_TO_CHEST).split()))[0] == KNEE_TO_CHEST


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "exactly one of"),
        ("Hold for 20 seconds, roughly.", "not part of a dosage"),
        ("Hold for 1 seconds. Do this 3 times. Do it once a day, every day.", "usual wording"),
        ("Do this 3 times. Hold for 20 seconds. Do it once a day, every day.", "usual wording"),
        ("Hold for 20 seconds. Move slowly. Do it once a day, every day.", "exactly one of"),
        ("Hold for 20 to 10 seconds. Do this 3 times. Do it once a day, every day.", "runs backwards"),
        ("Do this 3 times. Do it once a day, every day.", "exactly one of"),
    ],
)
def test_other_words_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_sentence(text)


def test_a_total_that_does_not_match_its_sides_is_refused() -> None:
    text = sentence(BIRD_DOG).replace("That is 6 to 8", "That is 6 to 9")
    with pytest.raises(ValueError, match="contradict"):
        read_sentence(text)
