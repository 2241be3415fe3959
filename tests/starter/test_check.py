"""Advice on words: each kind is found where it is, and names what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clinic_app.starter.check import Advice, check_exercise, check_pack
from clinic_app.starter.pack import load_pack
from tests.starter.conftest import Edit

TODAY = date(2026, 11, 23)
BRIDGE = "exercises/bridge.toml"
CLAM = "exercises/clam.toml"
STEP = "Squeeze your bottom."
LONG = "Squeeze your bottom as if you want to pick up a coin and then let it go."

CASES = {
    "a long sentence": (BRIDGE, STEP, LONG, "steps.2", "A sentence has 17 words."),
    "a hard word": (BRIDGE, STEP, "Then contract.", "steps.2", 'Say "tighten" for "contract".'),
    "two hard words": (
        BRIDGE,
        STEP,
        "Engage your core.",
        "steps.2",
        'Say "Tighten your tummy" for "Engage your core".',
    ),
    "a hard word in the name": (BRIDGE, 'name = "Bridge"', 'name = "Supine bridge"', "name", '"Lying on your back"'),
    "repetitions": (BRIDGE, STEP, "Do slow repetitions.", "steps.2", 'Say "repeats" for "repetitions".'),
    "a left side": (BRIDGE, STEP, "Lift your left foot.", "steps.2", 'Says "left".'),
    "a right side in a picture": (
        BRIDGE,
        "Lying on the back with",
        "Lying on the right with",
        "pictures.2.alt",
        'Says "ri',
    ),
    "seconds in prose": (BRIDGE, STEP, "Squeeze for 5 seconds.", "steps.2", 'Says "5 seconds".'),
    "times in prose": (BRIDGE, STEP, "Squeeze three times.", "steps.2", 'Says "three times".'),
    "a range in prose": (BRIDGE, STEP, "Squeeze 2 to 3 times.", "steps.2", 'Says "2 to 3 times".'),
    "breaths in prose": (BRIDGE, STEP, "Wait for a few breaths.", "steps.2", 'Says "a few breaths".'),
    "twice in prose": (BRIDGE, STEP, "Squeeze twice.", "steps.2", 'Says "twice".'),
    "no start position": (BRIDGE, "Lie on your back. Bend", "Bend", "steps.1", '"lie on your back"'),
    "many steps": (BRIDGE, f'  "{STEP}",', '  "Squeeze.",\n' * 3, "steps", "Has 6 steps."),
    "a hold unsaid": (BRIDGE, "Hold. Keep", "Keep", "steps", 'The dosage has a hold, but no step says "Hold."'),
    "a hold without a dose": (CLAM, "Keep your hips still.", "Hold.", "steps", "but the dosage has no hold."),
    "an unusual dose": (
        BRIDGE,
        "days_per_week = [3, 5]",
        "days_per_week = 7",
        "dosage.days_per_week",
        "no day of rest",
    ),
    "an exercise overdue": (BRIDGE, "due = 2028-11-23", "due = 2026-11-24", "review.due", "due on 24 November 2026."),
    "a protocol overdue": (
        "protocols/low-back-six.toml",
        "due = 2028-11-23",
        "due = 2026-11-24",
        "review.due",
        "Review it again.",
    ),
    "a hard heading": (
        "protocols/low-back-six.toml",
        'patient_name = "Ease a sore back"',
        'patient_name = "Lumbar pain"',
        "groups.2.patient_name",
        'Say "Lower back" for "Lumbar".',
    ),
    "a long safety row": (
        "safety/back.toml",
        "if you feel unwell or have a fever. Also",
        "if you feel unwell or have a fever and also",
        "urgent",
        "A sentence has 22 words.",
    ),
    "a hard safety line": ("safety/back.toml", '"chest pain"', '"lumbar pain"', "emergency.7", 'for "lumbar"'),
    "safety overdue": (
        "safety/back.toml",
        "due = 2027-11-23",
        "due = 2026-11-24",
        "review.due",
        "due on 24 November 2026.",
    ),
    "soreness overdue": (
        "texts/soreness.toml",
        "due = 2028-11-23",
        "due = 2026-11-24",
        "review.due",
        "Review it again.",
    ),
    "a hard text for patients": (
        "texts/getting-easier.toml",
        "more repeats",
        "more reps",
        "paragraphs.1",
        'for "reps"',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_advice_names_the_place_and_what_to_do(case: str, copy: Path, edit: Edit) -> None:
    file, old, new, field, message = CASES[case]
    edit(file, old, new)
    found = check_pack(load_pack(copy), today=date(2026, 11, 25) if "overdue" in case else TODAY)
    places = [(line.file, line.field) for line in found]
    assert set(places) == {(file, field)}
    assert any(message in line.message for line in found)


def test_a_picture_without_words_is_told() -> None:
    """Only a draft without a pose can be so: else the words are made from the pose."""
    entry = load_pack().exercise("bridge")
    silent = tuple(picture.model_copy(update={"alt": ""}) for picture in entry.pictures)
    found = list(check_exercise(entry.model_copy(update={"pictures": silent}), TODAY))
    assert [(line.field, line.hard) for line in found] == [("pictures.1.alt", True), ("pictures.2.alt", True)]
    assert found[0].message.startswith("Describe the posture")


def test_hard_words_raise_the_grade_of_the_whole_exercise() -> None:
    hard = "Musculoskeletal rehabilitation necessitates individualised participation."
    entry = load_pack().exercise("bridge")
    steps = (entry.steps[0], *[hard] * 4)
    found = [line for line in check_exercise(entry.model_copy(update={"steps": steps}), TODAY) if not line.field]
    assert [line.file for line in found] == [BRIDGE]
    assert found[0].message.startswith("Reading grade ")


def test_a_review_is_overdue_only_after_its_day(copy: Path) -> None:
    pack = load_pack(copy)
    due = max(entry.review.due for entry in pack.exercises)
    assert not [line for line in check_pack(pack, due) if line.file == BRIDGE]
    assert Advice(BRIDGE, "review.due", "The review was due on 23 November 2028. Review it again.") in check_pack(
        pack, date(2028, 11, 24)
    )
