from __future__ import annotations

import pytest

from clinic_app.starter.readability import grade, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("knee", 1),
        ("leg", 1),
        ("muscle", 2),
        ("table", 2),
        ("lower", 2),
        ("tighten", 2),
        ("bottom", 2),
        ("thigh", 1),
        ("towards", 2),
        ("stretched", 1),
        ("lifted", 2),
        ("pushes", 2),
        ("comfortable", 4),
        ("rehabilitation", 6),
        ("20", 1),
        ("a", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_sentences_end_at_full_stops_questions_and_colons() -> None:
    assert sentences("Sore knees? Use a pillow. Then rest") == ["Sore knees", "Use a pillow", "Then rest"]


def test_a_placeholder_and_a_hyphenated_word_are_one_word_each() -> None:
    assert words("Stop - call {phone}, side-on, A&E!") == ["Stop", "call", "{phone}", "side-on", "A&E"]


def test_grade_of_easy_and_of_hard_words() -> None:
    assert grade(["Lie on your back. Bend your knees."]) < 1
    assert grade(["Individualised musculoskeletal rehabilitation necessitates participation."]) > 12
    assert grade([]) == 0


def test_grade_follows_the_published_formula() -> None:
    # 1 sentence, 5 words, 5 syllables: 0.39 × 5 + 11.8 × 1 - 15.59
    assert grade(["Lift your head and chest."]) == pytest.approx(-1.84)
