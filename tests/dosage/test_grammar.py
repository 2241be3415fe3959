"""A language is a file: a test language with four plural forms (Polish rules) needs no code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from clinic_app.dosage import BodyPart, Dosage, Hold, Mode, Range, Side
from clinic_app.dosage.band import cells, read_aloud
from clinic_app.dosage.difference import differences
from clinic_app.dosage.grammar import Language, language, read_language
from clinic_app.dosage.reading import read_sentence
from clinic_app.dosage.sentence import sentence
from tests.dosage.strategies import body_parts, bounded, dosages

POLISH = (Path(__file__).parent / "languages" / "pl.toml").read_text("utf-8")
polish = read_language("pl", POLISH, language("en"))
stretch = Dosage(
    mode=Mode.REPS_WITH_HOLD,
    hold=Hold(Range.of(20)),
    reps=Range.of(3),
    side=Side.EACH,
    times_per_day=Range.of(2),
    weeks=Range.of(6),
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "Przytrzymaj przez 1 sekundę."),
        (2, "Przytrzymaj przez 2 sekundy."),
        (5, "Przytrzymaj przez 5 sekund."),
        (22, "Przytrzymaj przez 22 sekundy."),
        (112, "Przytrzymaj przez 112 sekund."),
    ],
)
def test_the_plural_form_follows_the_rules_of_the_language(number: int, words: str) -> None:
    dosage = replace(stretch, hold=Hold(Range.of(number)))
    assert sentence(dosage, BodyPart.LEG, polish).startswith(words)
    assert read_sentence(sentence(dosage, BodyPart.LEG, polish), polish) == (dosage, BodyPart.LEG)


def test_a_language_may_put_the_parts_of_a_sentence_in_another_order() -> None:
    assert sentence(stretch, BodyPart.LEG, polish).endswith("Rób to przez 6 tygodni, codziennie, 2 razy dziennie.")


def test_the_band_and_the_differences_speak_the_same_language() -> None:
    assert read_aloud(cells(stretch, BodyPart.LEG, polish)) == (
        "Przytrzymaj 20 sekund. Powtórz 3 razy każdą nogą, 3 lewa, 3 prawa. Codziennie 2 razy dziennie."
    )
    (change,) = differences(stretch, replace(stretch, hold=Hold(Range.of(22))), BodyPart.LEG, polish)
    assert change.now == "hold 22 sekundy"


@given(dosages(), body_parts)
@bounded
def test_the_other_language_reads_back_too(dosage: Dosage, part: BodyPart) -> None:
    read, _ = read_sentence(sentence(dosage, part, polish), polish)
    assert read == dosage


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ('few = "Zrób {n} serie."', "", "sentence.rounds lacks the plural form 'few'"),
        ('few = "Zrób {n} serie."', 'few = "Zrób serie."', "sentence.rounds, form 'few', must name n"),
        ("Ból najwyżej {n}", "Ból najwyżej {m}", "sentence.pain must have the placeholders .'n'."),
        ('slowly = "Ruszaj się powoli."', "", "missing .'sentence.slowly'"),
        ('locale = "pl"', 'locale = "qqq"', "locale is missing or not known"),
        ('slowly = "Ruszaj się powoli."', "slowly = 3", "neither a phrase nor a table"),
        ('slowly = "Ruszaj się powoli."', 'slowly = "Powoli {n}."', "sentence.slowly"),
    ],
)
def test_a_language_file_with_a_fault_is_refused_by_name(was: str, becomes: str, message: str) -> None:
    assert was in POLISH
    with pytest.raises(ValueError, match=message):
        read_language("pl", POLISH.replace(was, becomes), language("en"))


def test_a_regional_tag_is_answered_by_its_language() -> None:
    assert language("en-GB").phrases == language("en").phrases


def test_a_language_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no dosage sentence in 'xx'; there is one in: en"):
        language("xx")


def test_every_shipped_language_is_complete() -> None:
    folder = Path(__file__).parents[2] / "clinic_app" / "dosage" / "languages"
    for file in folder.glob("*.toml"):
        assert isinstance(language(file.stem), Language)
