"""One broken file per defect of its text and fields: the sentence names file, field and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic_app.errors import BrokenContent
from clinic_app.starter.pack import load_pack
from tests.starter.conftest import Refusal

BRIDGE = "exercises/bridge.toml"
CLAM = "exercises/clam.toml"

DEFECTS = {
    "bad TOML": (BRIDGE, 'name = "Bridge"', "name = Bridge", f"{BRIDGE}: this is not TOML: Invalid value (at line 2"),
    "a number without end": (BRIDGE, "rest = 60", "rest = " + "9" * 5000, f"{BRIDGE}: this is not TOML: "),
    "nested too deeply": (BRIDGE, "rest = 60", "rest = " + "[" * 9000, f"{BRIDGE}: this is nested too deeply."),
    "too large": (BRIDGE, "rest = 60", "# " + "x" * 66000, f"{BRIDGE}: the file is larger than 65536 bytes."),
    "missing field": (BRIDGE, "feel =", "feeling =", f"{BRIDGE}, feel: is missing."),
    "unknown field": (BRIDGE, "feel =", "colour = 'red'\nfeel =", f"{BRIDGE}, colour: is not a known field."),
    "wrong type": (BRIDGE, 'name = "Bridge"', "name = 6", f"{BRIDGE}, name: must be text in quotes."),
    "no list": (BRIDGE, 'equipment = ["mat", "pillow"]', 'equipment = "mat"', f"{BRIDGE}, equipment: must be a list"),
    "not in the list": (BRIDGE, '"mat"', '"trampoline"', f"{BRIDGE}, equipment.1: must be one of 'mat', 'pillow'"),
    "unknown precaution": (BRIDGE, '"cramp"', '"cramps"', f"{BRIDGE}, precautions.1.code: must be one of "),
    "missing table": (BRIDGE, "[evidence]", "[evidences]", f"{BRIDGE}, evidence: is missing."),
    "no date": (BRIDGE, "2026-11-23", '"soon"', f"{BRIDGE}, written_on: must be a date such as 2026-11-23."),
    "review too late": (
        BRIDGE,
        "due = 2028-11-23",
        "due = 2029-11-24",
        f"{BRIDGE}, review.due: must be after written_on",
    ),
    "review in the past": (BRIDGE, "due = 2028-11-23", "due = 2026-11-23", f"{BRIDGE}, review.due: must be after"),
    "reviewed by nobody": (
        BRIDGE,
        '"awaiting clinic review"',
        '"reviewed"',
        f"{BRIDGE}, review.reviewed_by: the status is",
    ),
    "long name": (
        BRIDGE,
        '"Bridge"',
        f'"{"Bridge " * 12}over"',
        f"{BRIDGE}, name: is too long, at most 80 characters.",
    ),
    "long step": (
        BRIDGE,
        "Squeeze your bottom.",
        "Squeeze. " * 34 + "Go.",
        f"{BRIDGE}, steps.2: is too long, at most 300 characters.",
    ),
    "long precaution": (
        BRIDGE,
        "Cramp in the thigh",
        "Cramp " * 60,
        f"{BRIDGE}, precautions.1.text: is too long, at most 300 characters.",
    ),
    "many steps": (
        BRIDGE,
        '  "Squeeze your bottom.",',
        '  "Squeeze.",\n' * 10,
        f"{BRIDGE}, steps: has too many entries, at most 12.",
    ),
    "few steps": (
        CLAM,
        "steps = [",
        "steps = ['Lie on your side.']\nmore = [",
        f"{CLAM}, steps: needs at least 3 entries.",
    ),
    "unbroken run": (
        BRIDGE,
        "Squeeze",
        "S" + "q" * 60,
        f"{BRIDGE}, steps.2: has 61 characters without a space, at most 60.",
    ),
    "control character": (BRIDGE, "Squeeze", "Sq\\u0007", f"{BRIDGE}, steps.2: has a control character, U+0007."),
    "line break": (BRIDGE, "Squeeze", "Sq\\n", f"{BRIDGE}, steps.2: has a control character, U+000A."),
    "bidi character": (
        BRIDGE,
        "Squeeze",
        "\u202eSq",
        f"{BRIDGE}, steps.2: has a hidden or direction-changing character",
    ),
    "zero-width space": (BRIDGE, '"Bridge"', '"Bri\u200bdge"', f"{BRIDGE}, name: has a hidden or direction-changing"),
    "space at the end": (BRIDGE, '"Bridge"', '"Bridge "', f"{BRIDGE}, name: starts or ends with a space."),
    "empty text": (BRIDGE, 'name = "Bridge"', 'name = ""', f"{BRIDGE}, name: must not be empty."),
    "slug unlike the file": (
        BRIDGE,
        'slug = "bridge"',
        'slug = "brigde"',
        f'{BRIDGE}, slug: "brigde" must be the same as',
    ),
    "slug with a space": (
        BRIDGE,
        'slug = "bridge"',
        'slug = "the bridge"',
        f"{BRIDGE}, slug: may have only small letters",
    ),
    "draft without a reason": (
        BRIDGE,
        'state = "published"',
        'state = "draft"',
        f"{BRIDGE}, state_reason: must say why this is a draft.",
    ),
    "pictures out of order": (
        BRIDGE,
        'letter = "B"',
        'letter = "C"',
        f"{BRIDGE}, pictures: must be lettered A, B and so on, in order.",
    ),
    "pack: unknown language": ("pack.toml", "en-GB", "xx", "pack.toml, language: must be 'en-GB'."),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_named(defect: str, refusal: Refusal) -> None:
    file, old, new, sentence = DEFECTS[defect]
    assert sentence in refusal(file, old, new)


def test_the_copy_itself_is_whole(copy: Path) -> None:
    assert load_pack(copy) == load_pack()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("pack.toml", "pack.toml: the file is missing."),
        ("texts/soreness.toml", "texts/soreness.toml: the file is missing."),
        ("texts/floor.toml", "texts/floor.toml: the file is missing."),
        ("texts/getting-easier.toml", "texts/getting-easier.toml: the file is missing."),
        ("poses/bridge-a.json", 'exercises/bridge.toml, pictures.1.pose: there is no picture "bridge-a" in poses.'),
    ],
)
def test_a_missing_file_is_named(copy: Path, file: str, sentence: str) -> None:
    (copy / file).unlink()
    with pytest.raises(BrokenContent) as caught:
        load_pack(copy)
    assert str(caught.value) == sentence


def test_a_missing_folder_is_named(copy: Path) -> None:
    (copy / "safety").rename(copy / "care")
    with pytest.raises(BrokenContent, match=r"^safety: the folder is missing\.$"):
        load_pack(copy)


def test_a_file_of_another_kind_is_named_and_a_hidden_one_is_not(copy: Path) -> None:
    (copy / "exercises" / ".notes").write_text("x")
    load_pack(copy)
    (copy / "exercises" / "bridge.yaml").write_text("x")
    with pytest.raises(BrokenContent, match=r"^exercises/bridge\.yaml: only \.toml files belong here\.$"):
        load_pack(copy)


def test_a_file_that_is_no_text_is_named(copy: Path) -> None:
    (copy / BRIDGE).write_bytes(b'name = "\xff"')
    with pytest.raises(BrokenContent, match=r"^exercises/bridge\.toml: the file is not UTF-8 text\.$"):
        load_pack(copy)


def test_a_folder_in_place_of_a_file_is_named(copy: Path) -> None:
    (copy / BRIDGE).unlink()
    (copy / BRIDGE).mkdir()
    with pytest.raises(BrokenContent, match=r"^exercises/bridge\.toml: the file cannot be read"):
        load_pack(copy)


def test_a_published_exercise_shows_start_and_end(copy: Path) -> None:
    path = copy / BRIDGE
    words = path.read_text("utf-8")
    path.write_text(words[: words.rindex("[[pictures]]")], "utf-8")
    with pytest.raises(BrokenContent, match=r"^exercises/bridge\.toml, pictures: must show start and end before"):
        load_pack(copy)
