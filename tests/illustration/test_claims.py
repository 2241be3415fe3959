"""Words that say another posture than the picture are found, whoever wrote them."""

from __future__ import annotations

import pytest

from clinic_app.illustration.alt_text import LONGEST, describe
from clinic_app.illustration.claims import CLAIMS, contradictions
from clinic_app.starter.plain_words import SIDE_WORD
from clinic_app.starter.readability import sentences, words
from tests.shipped_pictures import DRAWN, NAMES, drawn_exercises, scene

POSITION_WORDS = CLAIMS[:10]  # what carries the body


@pytest.mark.parametrize(
    ("name", "said", "wrong"),
    [
        ("bridge-a", "Lying on the back with knees bent. Both feet are flat.", []),
        ("bridge-a", "Lying on the front.", ["Lying on the front"]),
        ("bridge-a", "Lying on the back with the hips lifted.", ["with the hips lifted"]),
        ("bridge-b", "Lying on your back, hips lifted.", []),
        ("bridge-b", "Sitting tall. One leg reaches back.", ["Sitting tall", "leg reaches back"]),
        ("bird-dog-a", "On hands and knees with a level back.", []),
        ("bird-dog-a", "Standing with feet flat.", ["Standing", "feet flat"]),
        ("bird-dog-b", "One leg reaches back and the opposite arm reaches forward.", []),
        ("bird-dog-b", "On hands and knees with the back rounded.", ["back rounded"]),
        ("knee-to-chest-b", "Both hands behind one thigh. One knee is drawn to the chest.", []),
        ("knee-to-chest-a", "Both hands behind one thigh.", ["hands behind one thigh"]),
        ("knee-to-chest-b", "Both feet flat on the floor.", ["feet flat"]),
        ("childs-pose-b", "Sitting back on the heels.", []),
        ("childs-pose-b", "On hands and knees beside a wall.", ["On hands and knees", "wall"]),
    ],
)
def test_what_the_joints_do_not_bear_out_is_named(name: str, said: str, wrong: list[str]) -> None:
    assert contradictions(said, scene(name)) == wrong


@pytest.mark.parametrize("slug", DRAWN)
def test_no_words_of_the_pack_contradict_their_picture(slug: str) -> None:
    for picture in drawn_exercises()[slug].pictures:
        assert contradictions(picture.alt, scene(picture.pose)) == [], picture.alt
        assert any(claim.words.search(picture.alt) for claim in CLAIMS), f"says nothing checkable: {picture.alt}"


@pytest.mark.parametrize("name", NAMES)
def test_made_words_are_true_plain_and_short(name: str) -> None:
    text = describe(scene(name))
    assert contradictions(text, scene(name)) == []
    assert 20 <= len(text) <= LONGEST
    assert not SIDE_WORD.search(text)
    assert max(len(words(sentence)) for sentence in sentences(text)) <= 15
    assert sum(bool(claim.words.search(text)) for claim in POSITION_WORDS) == 1, "exactly one position"
