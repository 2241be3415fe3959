"""One broken file per defect of links, protocols and safety advice: the sentence names file, field and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic_app.errors import BrokenContent
from clinic_app.starter.pack import load_pack
from tests.starter.conftest import Edit, Refusal

BRIDGE = "exercises/bridge.toml"
CLAM = "exercises/clam.toml"
KNEE = "exercises/knee-to-chest.toml"
BACK = "safety/back.toml"
SIX = "protocols/low-back-six.toml"

DEFECTS = {
    "unknown easier": (
        KNEE,
        'slug = "pelvic-tilt"',
        'slug = "tilt"',
        f'{KNEE}, easier.1.slug: there is no exercise "tilt".',
    ),
    "unknown harder": (
        KNEE,
        'slug = "double-knee-hug"',
        'slug = "hug"',
        f'{KNEE}, harder.1.slug: there is no exercise "hug".',
    ),
    "easier than itself": (
        KNEE,
        'slug = "pelvic-tilt"',
        'slug = "knee-to-chest"',
        f"{KNEE}, easier.1.slug: an exercise cannot lead to itself.",
    ),
    "a circle": (KNEE, 'slug = "pelvic-tilt"', 'slug = "double-knee-hug"', "easier and harder: "),
    "same name twice": (
        CLAM,
        'name = "Clam"',
        'name = "bridge"',
        f'{CLAM}, name: "bridge" is already a name of "bridge".',
    ),
    "duplicate slug": (
        CLAM,
        'slug = "clam"',
        'slug = "bridge"',
        f'{CLAM}, slug: "bridge" is already used by {BRIDGE}.',
    ),
    "no picture file": (
        BRIDGE,
        '"bridge-b"',
        '"bridge-z"',
        f'{BRIDGE}, pictures.2.pose: there is no picture "bridge-z"',
    ),
    "protocol: unknown exercise": (SIX, '"bridge"', '"brigde"', f'{SIX}, groups: there is no exercise "brigde".'),
    "protocol: twice": (SIX, '"bridge"', '"bird-dog"', f'{SIX}, groups: "bird-dog" stands there twice.'),
    "protocol: unknown safety": (
        SIX,
        'safety = "back"',
        'safety = "knee"',
        f'{SIX}, safety: there is no safety advice "knee"',
    ),
    "protocol: unknown text": (SIX, "why-stretching-helps", "why", f'{SIX}, why: there is no text "why".'),
    "protocol: no weeks": (SIX, "review_weeks = 2", "review_weeks = 0", f"{SIX}, review_weeks: must be at least 1."),
    "protocol: too many weeks": (
        SIX,
        "not_better_weeks = 6",
        "not_better_weeks = 53",
        f"{SIX}, not_better_weeks: must be at mo",
    ),
    "safety: nobody to call": (BACK, "call us, {phone},", "call us", f"{BACK}, stop.action: must contain {{phone}}."),
    "safety: unknown placeholder": (
        BACK,
        "{phone}",
        "{fax}",
        f"{BACK}, stop.action: may use only {{phone}} and {{specialist}}",
    ),
    "safety: no specialist": (
        BACK,
        "seeing {specialist}",
        "seeing us",
        f"{BACK}, specialist.action: must contain {{specialist",
    ),
    "safety: no tier": (BACK, "[urgent]", "[later]", f"{BACK}, urgent: is missing."),
    "safety: nobody named, named": (
        BACK,
        "seeing a specialist",
        "seeing {specialist}",
        f"{BACK}, specialist_unnamed: is for clinics that name none",
    ),
    "safety: nobody named, no number": (
        BACK,
        'a specialist"\nwhen = "if pain is severe or does not go away. Call {phone}."',
        'a specialist"\nwhen = "if pain is severe."',
        f"{BACK}, specialist_unnamed: must contain {{phone}}.",
    ),
    "safety: line too long": (
        BACK,
        '"chest pain"',
        f'"{"chest pain " * 10}now"',
        f"{BACK}, emergency.7: is too long, at most",
    ),
    "soreness: a gap": (
        "texts/soreness.toml",
        "lowest = 4",
        "lowest = 5",
        "texts/soreness.toml, levels: must cover 0 to 10",
    ),
    "protocol: draft inside": (
        BRIDGE,
        'state = "published"',
        'state = "draft"\nstate_reason = "not ready"',
        'state: a published protocol cannot use "bridge", which is not published.',
    ),
    "protocol: a side": (
        SIX,
        '"Get stronger"',
        '"Get your left leg stronger"',
        f'{SIX}, groups.3.patient_name: says "left"',
    ),
    "protocol: a side in its name": (
        SIX,
        "Low back: six exercises",
        "Right hip: six exercises",
        f'{SIX}, name: says "Right", but only a programme chooses the side.',
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_named(defect: str, refusal: Refusal) -> None:
    file, old, new, sentence = DEFECTS[defect]
    assert sentence in refusal(file, old, new)


def test_a_circle_names_both_exercises(copy: Path, edit: Edit) -> None:
    edit(KNEE, 'slug = "pelvic-tilt"', 'slug = "double-knee-hug"')
    with pytest.raises(BrokenContent, match=r'"double-knee-hug".*"knee-to-chest".* go round in a circle'):
        load_pack(copy)
