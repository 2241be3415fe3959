"""A catalogue of 10,000 exercises from a seed: the same words on every machine, for benchmarks and tests.

Names, steps and codes are put together from what a physiotherapist would write, so that common words stand in
most entries and rare ones in few, as in a real catalogue. Pictures are those of the starter's exercises.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from clinic_app.database import db
from clinic_app.dosage import Dosage
from clinic_app.models import Clinic, Exercise, Illustration
from clinic_app.services.catalogue import poses
from clinic_app.starter.lists import BodyRegion, Equipment, Kind, PrecautionCode, StartingPosition
from clinic_app.starter.pack import load_pack

SEED = 20_261_123
SIZE = 10_000
BATCH = 1_000

MOVES = """
bridge|raise|curl|twist|reach|slide|press|tilt|roll|squat|lunge|march|stretch|hold|swing|circle|step|tap|lift|pull|push|
row|rotation|bend|extension|flexion|abduction|glide|nod|tuck|plank|hinge|drop|fold|clam|kick|hug|balance|walk|release
""".replace("\n", "").split("|")
PARTS = """
knee|hip|ankle|shoulder|neck|elbow|wrist|heel|toe|thigh|calf|buttock|hamstring|trunk|chest|upper back|lower back|pelvis|
shin|groin|shoulder blade|thumb|finger|forearm|rib|side|quad|outer hip|inner thigh|hand
""".replace("\n", "").split("|")
MANNERS = """
single-leg|slow|supported|seated|standing|lying|kneeling|half-kneeling|assisted|resisted|alternate|wide|narrow|deep|mini|
raised|crossed|side-lying|four-point|prone|supine|wall|chair|towel|band|step-up|eyes-closed|weighted|paused|gentle|
early|late|double|short-range|full-range|split|diagonal|forward|backward|sideways
""".replace("\n", "").split("|")
STEPS = (
    "Lie on your back with your knees bent and your {part} relaxed.",
    "Stand tall behind a chair and hold it with your hands.",
    "Slowly {move} your leg until you feel your {part} work.",
    "Keep your back level and breathe out slowly.",
    "Hold your {part} still, then lower your leg slowly.",
    "Move your {part} forward and keep your leg straight.",
    "Rest your hands on your {other} and look ahead.",
    "Slide your heel along the floor towards your {other}.",
    "Tighten your tummy and {move} your {part} a little.",
    "Put the {thing} under your {part} and press down gently.",
    "Count to {number} and come back to the start.",
    "Turn your {part} to the side as far as is easy.",
)
SYLLABLES = [consonant + vowel for consonant in "bcdfgklmnprstvwz" for vowel in "aeiou"]


def fill(clinic: Clinic, size: int = SIZE, seed: int = SEED) -> None:
    """Put `size` exercises with two pictures each into the clinic's catalogue; `search.index_all` then finds them.

    One in ten is a draft, one in twenty is archived, the rest is published.
    """
    dice = random.Random(seed)
    starter = load_pack().exercises
    dosages = [entry.dosage for entry in starter if entry.body_part is None]
    scenes = [drawn for entry in starter if len(drawn := [scene for scene in poses(entry) if scene]) >= 2]
    for start in range(0, size, BATCH):
        rows = [_entry(dice, clinic.id, number, dosages) for number in range(start, min(start + BATCH, size))]
        made = db.session.scalars(insert(Exercise).returning(Exercise.id), rows).all()
        db.session.execute(insert(Illustration), list(_pictures(dice, clinic.id, made, scenes)))


def searches(size: int, seed: int = SEED) -> list[str]:
    """What people type, letter by letter and with errors: beginnings, two words, words of steps, a mistake in ten."""
    dice = random.Random(seed + 1)
    return [_typed(dice) for _ in range(size)]


def _typed(dice: random.Random) -> str:
    part, move, manner = dice.choice(PARTS), dice.choice(MOVES), dice.choice(MANNERS)
    kind = dice.randrange(10)
    if kind < 3:
        return dice.choice((part, move, manner))[: dice.randint(2, 6)]
    if kind < 6:
        return f"{part} {move[: dice.randint(1, 6)]}"
    if kind < 8:
        return f"{manner} {part} {move}"
    if kind == 8:
        return dice.choice(("leg", "your leg", "slowly back", "hold your hands", "knee leg back", "the start"))
    place = dice.randrange(1, len(move))
    return f"{move[: place - 1]}{move[place:]}x {part}"  # a letter lost and one too many


def _entry(dice: random.Random, clinic_id: int, number: int, dosages: Sequence[Dosage]) -> dict[str, Any]:
    part, other = dice.sample(PARTS, 2)
    move, manner = dice.choice(MOVES), dice.choice(MANNERS)
    thing = dice.choice(list(Equipment))
    name = f"{manner} {part} {move}".capitalize()
    state = dice.choices(("published", "draft", "archived"), (85, 10, 5))[0]
    steps = [
        step.format(part=part, other=other, move=move, thing=thing.value, number=dice.randint(3, 30))
        for step in dice.sample(STEPS, dice.randint(3, 6))
    ]
    return {
        "clinic_id": clinic_id,
        "version": 1,
        "slug": f"made-{number}",
        "name": f"{name} {dice.choice('ABCDEFGH')}{dice.randint(1, 9)}",
        "state": state,
        "kind": dice.choice(list(Kind)).value,
        "starting_position": dice.choice(list(StartingPosition)).value,
        "part": "",
        "usual": dice.choice(dosages),
        "review_due": date(2026, 1, 1) + timedelta(days=dice.randrange(1_000)),
        "details": {
            "aliases": [f"{_surname(dice)} {move}", f"{other} {dice.choice(MOVES)}"][: dice.randint(0, 2)],
            "body_regions": sorted(dice.sample([each.value for each in BodyRegion], dice.randint(1, 3))),
            "equipment": [thing.value] if dice.random() < 0.5 else [],
            "steps": steps,
            "feel": f"Your {part} working.",
            "mistakes": ["Holding your breath.", "Going too fast."],
            "take_care": "Stop if it hurts.",
            "precautions": [
                {"code": dice.choice(list(PrecautionCode)).value, "severity": "info", "text": "Go gently."}
            ],
            "easier": [],
            "easier_tip": "Do fewer.",
            "harder": [],
            "benefit": f"Makes your {part} stronger.",
            "targets": f"The muscles of the {part}.",
            **({"state_reason": "Made up for measuring."} if state == "draft" else {}),
            "author": "Seeded generator",
            "written_on": "2026-11-23",
            "licence": "CC-BY-4.0",
            "evidence": {"source": "None: made up for measuring", "grade": "expert"},
            "review": {"status": "awaiting clinic review", "due": "2028-11-23"},
        },
    }


def _pictures(
    dice: random.Random, clinic_id: int, exercises: Sequence[int], scenes: Sequence[Sequence[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    for exercise_id in exercises:
        for letter, scene in zip("AB", dice.choice(scenes), strict=False):
            yield {
                "clinic_id": clinic_id,
                "exercise_id": exercise_id,
                "letter": letter,
                "caption": "Start" if letter == "A" else "End",
                "alt": "A made-up picture.",
                "scene": scene,
            }


def _surname(dice: random.Random) -> str:
    """Many exercises are called after people: rare words, most of them once in a catalogue."""
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))
