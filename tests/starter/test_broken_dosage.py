"""One broken file per defect of a dosage or a side: the sentence names file, field and reason."""

from __future__ import annotations

import pytest

from tests.starter.conftest import Refusal

BRIDGE = "exercises/bridge.toml"
CLAM = "exercises/clam.toml"
KNEE = "exercises/knee-to-chest.toml"

DEFECTS = {
    "dosage refused": (
        BRIDGE,
        "amount = [3, 5]",
        "amount = [3, 500]",
        f"{BRIDGE}, dosage.hold: The hold is 3 to 500 sec",
    ),
    "dosage incomplete": (BRIDGE, "hold = {", "# {", f"{BRIDGE}, dosage.hold: The hold is missing"),
    "dosage backwards": (
        BRIDGE,
        "reps = [10, 15]",
        "reps = [15, 10]",
        f"{BRIDGE}, dosage.reps: 15 to 10 runs backwards.",
    ),
    "dosage in words": (
        BRIDGE,
        "reps = [10, 15]",
        'reps = "10"',
        f"{BRIDGE}, dosage.reps: must be a whole number or a l",
    ),
    "dosage of three": (
        BRIDGE,
        "reps = [10, 15]",
        "reps = [1, 2, 3]",
        f"{BRIDGE}, dosage.reps: must be a whole number or",
    ),
    "dosage with a fraction": (BRIDGE, "rest = 60", "rest = 60.5", f"{BRIDGE}, dosage.rest: must be a whole number."),
    "dosage true": (BRIDGE, "rest = 60", "rest = true", f"{BRIDGE}, dosage.rest: must be a whole number."),
    "dosage without end": (BRIDGE, "rest = 60", "rest = inf", f"{BRIDGE}, dosage: "),
    "dosage field": (BRIDGE, "rest = 60", "pause = 60", f"{BRIDGE}, dosage.pause: is not a known field."),
    "dosage unit": (BRIDGE, '"seconds"', '"minutes"', f"{BRIDGE}, dosage.hold.unit: must be one of 'seconds'"),
    "dosage no table": (CLAM, "[dosage]", "dosage = 3\n[dose]", f"{CLAM}, dosage: must be a table."),
    "odd alternate total": (
        "exercises/bird-dog.toml",
        "reps = [12, 16]",
        "reps = [12, 15]",
        "exercises/bird-dog.toml, dosage.reps: 15 times cannot be shared by two sides",
    ),
    "sides without a side": (
        KNEE,
        'side = "each"',
        'side = "none"',
        f'{KNEE}, dosage.side: must be "each" or "alternate"',
    ),
    "a side as the usual one": (
        KNEE,
        'side = "each"',
        'side = "left"',
        f'{KNEE}, dosage.side: must be "each" or "altern',
    ),
    "a side without sides": (
        BRIDGE,
        'side = "none"',
        'side = "each"',
        f'{BRIDGE}, dosage.side: must be "none", because',
    ),
    "no word on both sides": (KNEE, "both_sides_step =", "# ", f"{KNEE}, both_sides_step: belongs to exercises with a"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_named(defect: str, refusal: Refusal) -> None:
    file, old, new, sentence = DEFECTS[defect]
    assert sentence in refusal(file, old, new)
