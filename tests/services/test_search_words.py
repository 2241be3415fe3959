"""Folding, weighing, and the words that a mistyped one may have been."""

from __future__ import annotations

import pytest

from clinic_app.services.search_words import (
    ALIAS,
    FIRST,
    LONGEST,
    NAME,
    NEAREST,
    STEP,
    TAG,
    endings,
    nearest,
    typed_ending,
    weigh,
    words,
)

VOCABULARY = ["bridge", "bird", "brick", "pelvic", "tilt", "knee", "kneel", "hamstring", "stretch", "leg", "shoulder"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Child's pose", ["childs", "pose"]),
        ("CHILD’S", ["childs"]),
        ("Élan, naïve café", ["elan", "naive", "cafe"]),
        ("Straße ŁYDKI ﬁt", ["strasse", "lydki", "fit"]),
        ("bird-dog_2x10", ["bird", "dog", "2x10"]),
        ("% \\ \x00 🤸 \ud800", []),
        ("x" * 100, ["x" * LONGEST]),
        ("", []),
    ],
)
def test_folding(text: str, folded: list[str]) -> None:
    assert words(text) == folded


def test_the_greater_weight_counts_and_empty_words_stand_in_names_only() -> None:
    found = weigh(
        name="Bird-dog to knee", aliases=["Dog on the knee"], tags=["knee strength"], steps=["Bend the knee slowly."]
    )
    assert found == {
        "bird": NAME + FIRST,
        "dog": NAME,
        "birddog": NAME,
        "to": NAME,
        "knee": NAME,
        "on": ALIAS,
        "the": ALIAS,
        "strength": TAG,
        "bend": STEP,
        "slowly": STEP,
    }


def test_a_name_has_an_ending_from_each_of_its_words_on() -> None:
    assert endings("Knee-to chest") == {" knee to chest": NAME + FIRST, " to chest": NAME, " chest": NAME}
    assert endings("🤸") == {" ": NAME + FIRST}
    assert max(map(len, endings("Knee to chest " * 10))) == LONGEST


@pytest.mark.parametrize(
    ("typed", "ending"), [("Knee", ""), (" knee  TO", " knee to"), ("child's p", " childs p"), ("🤸", "")]
)
def test_what_is_typed_begins_an_ending(typed: str, ending: str) -> None:
    assert typed_ending(typed) == ending


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brige", "bridge"),  # one missing
        ("briddge", "bridge"),  # one too many
        ("bfidge", "bridge"),  # one wrong
        ("brdige", "bridge"),  # two swapped
        ("gridge", "bridge"),  # even the first
        ("peliv", "pelvi"),  # the beginning of "pelvic"
        ("hamtsrign", "hamstring"),  # two errors in a long word
        ("shuolde", "shoulde"),
    ],
)
def test_errors_that_are_forgiven(typed: str, meant: str) -> None:
    assert meant in nearest(typed, VOCABULARY)


@pytest.mark.parametrize("typed", ["lge", "kn", "xxxx", "brgie9", "zzzzzzzzzz", ""])
def test_errors_that_are_not(typed: str) -> None:
    assert nearest(typed, VOCABULARY) == ()


def test_only_the_nearest_and_not_too_many() -> None:
    assert nearest("knee", ["knee", "knew", "kneel"]) == ("knee",)
    assert len(nearest("word", [f"wor{letter}x" for letter in "abcefghijklm"])) == NEAREST
    assert nearest("bord", ["cord", "bird"]) == ("bird",)  # people mistype the first letter least
