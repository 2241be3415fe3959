"""Advice beside the field, what keeps an exercise from being published, and where each is put right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic_app.dosage import Dosage, Hold, Mode, Range, Side
from clinic_app.dosage.codec import to_data
from clinic_app.services import catalogue
from clinic_app.services.exercise_advice import advice, checks, gaps, place, reading_age
from clinic_app.services.exercise_entry import content_from, read
from clinic_app.starter.pack import load_pack

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def shipped() -> dict[str, dict[str, Any]]:
    """The drawn exercises of the starter pack as content."""
    drawn = {}
    for entry in load_pack().exercises:
        scenes = catalogue.poses(entry)
        if all(scenes):
            pictures = [{"letter": p.letter, "scene": s} for p, s in zip(entry.pictures, scenes, strict=True)]
            drawn[entry.slug] = content_from(entry, pictures)
    return drawn


@pytest.fixture
def bridge(shipped: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return dict(shipped["bridge"])


def test_what_ships_has_no_gap_and_no_advice(shipped: dict[str, dict[str, Any]]) -> None:
    for content in shipped.values():
        assert gaps(content, TODAY) == ()
        assert advice(content, TODAY) == ()
        assert [each.state for each in checks(content, TODAY, advice(content, TODAY), signed=False)] == ["done"] * 5 + [
            "open"
        ]


def steps(content: dict[str, Any], number: int, text: str) -> dict[str, Any]:
    return {"steps": [text if n == number else step for n, step in enumerate(content["steps"])]}


def picture(content: dict[str, Any], number: int, **changes: Any) -> dict[str, Any]:
    return {"pictures": [{**each, **changes} if n == number else each for n, each in enumerate(content["pictures"])]}


LONG = "Lift your hips up from the floor and then hold them there as high as you can without any pain at all."

# What is changed -> where the advice stands, what it says, and whether it keeps the exercise from being published.
CASES: dict[str, tuple[Any, str, str, bool]] = {
    "long": (lambda c: steps(c, 1, " ".join(LONG.split()[:17]) + "."), "steps-1", "has 17 words", False),
    "far too long": (lambda c: steps(c, 1, LONG), "steps-1", "has 22 words", True),
    "jargon": (lambda c: {"feel": "Your glutes."}, "feel", 'Say "bottom muscles" for "glutes".', False),
    "no start position": (lambda c: steps(c, 0, "Bend your knees."), "steps-0", "start position first", True),
    "a side": (lambda c: {"take_care": "Keep your left hip still."}, "take_care", 'Says "left".', True),
    "a number that agrees": (lambda c: steps(c, 1, "Do 1 round."), "steps-1", "never from prose", False),
    "another number": (lambda c: steps(c, 1, "Hold for 99 seconds."), "steps-1", "dose has another number", True),
    "another number in words": (lambda c: {"mistakes": ["Going twenty times."]}, "mistakes", "another number", True),
    "no alt text": (lambda c: picture(c, 1, alt=""), "pictures-1-alt", "Describe the posture", True),
    "no picture": (lambda c: picture(c, 1, scene=None), "pictures-1-photo", "no picture here yet", True),
    "overdue": (lambda c: {"review": {**c["review"], "due": "2026-11-22"}}, "review_due", "was due", False),
}


@pytest.mark.parametrize("case", CASES)
def test_advice_stands_where_it_is_put_right(bridge: dict[str, Any], case: str) -> None:
    change, where, words, hard = CASES[case]
    content = bridge | change(bridge)
    found = [line for line in advice(content, TODAY) if line.where == where]
    assert any(words in line.message for line in found), advice(content, TODAY)
    assert any(line.hard for line in found) == hard
    assert (where in {gap.where for gap in gaps(content, TODAY)}) == hard


@pytest.mark.parametrize("said", ["Hold.", "Hold there.", "Hold the position for a moment."])
def test_a_hold_in_words_without_a_number_is_not_published(bridge: dict[str, Any], said: str) -> None:
    slow = Dosage(mode=Mode.CONTINUOUS, reps=Range.of(10), days_per_week=Range.of(3))
    content = bridge | steps(bridge, 2, said) | {"dosage": to_data(slow)}
    assert any("no hold" in gap.what for gap in gaps(content, TODAY))


MISSING: dict[str, tuple[Any, str]] = {
    "name": (lambda c: {"name": ""}, "name"),
    "steps": (lambda c: {"steps": c["steps"][:2]}, "steps-2"),
    "feel": (lambda c: {"feel": ""}, "feel"),
    "mistakes": (lambda c: {"mistakes": []}, "mistakes"),
    "precautions": (lambda c: {"precautions": []}, "precautions"),
    "regions": (lambda c: {"body_regions": []}, "body_regions"),
    "evidence": (lambda c: {"evidence": {"source": "", "grade": "nhs"}}, "evidence_source"),
    "pictures": (lambda c: {"pictures": c["pictures"][:1]}, "pictures-add"),
    "caption": (lambda c: picture(c, 0, caption=""), "pictures-0-caption"),
    "repeats": (lambda c: {"dosage": to_data(Dosage(mode=Mode.CONTINUOUS))}, "dose-reps_min"),
    "hold": (lambda c: {"dosage": to_data(Dosage(mode=Mode.SUSTAINED))}, "dose-hold_min"),
    "a side of an exercise with sides": (lambda c: {"body_part": "leg", "both_sides_step": "Change legs."}, "side"),
    "how to change sides": (lambda c: {"body_part": "leg"}, "both_sides_step"),
    "a side of an exercise without": (
        lambda c: {
            "body_part": "leg",
            "both_sides_step": "Change legs.",
            "dosage": to_data(Dosage(Mode.SUSTAINED, hold=Hold(Range.of(9)), side=Side.LEFT)),
        },
        "side",
    ),
    "the side of a photo": (
        lambda c: {"body_part": "leg"} | picture(c, 1, photo="0" * 64, photo_type="image/png"),
        "pictures-1-side",
    ),
}


@pytest.mark.parametrize("case", MISSING)
def test_what_is_missing_leads_to_its_field(bridge: dict[str, Any], case: str) -> None:
    change, where = MISSING[case]
    assert where in {gap.where for gap in gaps(bridge | change(bridge), TODAY)}


def test_the_packs_own_checks_have_the_last_word(bridge: dict[str, Any]) -> None:
    found = gaps({**bridge, "aliases": ["x" * 81]}, TODAY)
    assert [gap.where for gap in found] == ["aliases"]
    assert "too long" in found[0].what


def test_hard_words_raise_the_reading_age(bridge: dict[str, Any]) -> None:
    hard = ["Lie on your back.", *["Musculoskeletal rehabilitation necessitates participation."] * 4]
    content = {**bridge, "steps": hard}
    assert reading_age(content) > 11 > reading_age(bridge)
    line = checks(content, TODAY, advice(content, TODAY), signed=True)[3]
    assert (line.state, line.words.endswith("aim for 9 to 11")) == ("advice", True)


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("steps.2", "steps-1"),
        ("steps", "steps-0"),
        ("easier.1.rule", "easier-0-rule"),
        ("pictures.2.alt", "pictures-1-alt"),
        ("mistakes.3", "mistakes"),
        ("dosage.hold", "dose-hold_min"),
        ("dosage.side", "side"),
        ("dosage.load", "dose-mode"),
        ("review.due", "review_due"),
        ("feel", "feel"),
        ("", ""),
    ],
)
def test_each_field_of_the_pack_has_its_place(field: str, where: str) -> None:
    assert place(field) == where


def test_a_content_is_an_entry_of_the_pack(shipped: dict[str, dict[str, Any]]) -> None:
    pack = load_pack()
    for slug, content in shipped.items():
        assert read(content) == pack.exercise(slug)
