"""Whatever stands in a pose file, reading it ends in a scene or in one sentence; and no text of it is ever drawn."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_app.illustration import Scene, draw, read_scene, side_shown
from tests.shipped_pictures import NAMES, pose

STRANGE = '<script>alert(1)</script>"&\n'
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["mat", "near_hand", "chair", "wall", "left", "side", "front", "above", STRANGE]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(data: Any) -> Scene | None:
    """The scene, or None when it was refused as it should be: with one sentence."""
    try:
        return read_scene(data, "pose.json")
    except ValueError as error:
        said = str(error)
    assert said.startswith("pose.json: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 1200
    return None


@FUZZ
@given(VALUES)
def test_no_json_is_too_strange_to_be_refused(data: Any) -> None:
    assert outcome(data) is None


@FUZZ
@given(data=st.data())
def test_a_pose_with_one_part_spoilt_is_drawn_or_refused(data: st.DataObject) -> None:
    changed = pose(data.draw(st.sampled_from(NAMES)))
    spoil(changed, data)
    read = outcome(changed)
    if read is not None:
        svg = draw(read)
        assert STRANGE[:7] not in svg
        assert len(svg) < 8000
        side_shown(read)


@FUZZ
@given(data=st.data())
def test_numbers_that_are_a_little_off_are_drawn_or_refused(data: st.DataObject) -> None:
    """The editor drags every number of a pose: nothing on the way may break."""
    changed = pose(data.draw(st.sampled_from(NAMES)))
    places = list(numbers(changed))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places))
        holder[key] += data.draw(st.floats(-60, 60).map(lambda value: round(value, 1)))
    read = outcome(changed)
    if read is not None:
        assert draw(read) == draw(read_scene(json.loads(json.dumps(changed)), "again"))


def spoil(value: Any, data: st.DataObject) -> None:
    """Replace, drop or add one part somewhere in the value."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if isinstance(value[key], dict | list) and data.draw(st.booleans()):
            value = value[key]
            continue
        if isinstance(value, dict) and data.draw(st.booleans()):
            value[data.draw(st.sampled_from([STRANGE, "near_hand", "left_knee", "x", "kind"]))] = data.draw(VALUES)
        elif isinstance(value, dict) and data.draw(st.booleans()):
            del value[key]
        else:
            value[key] = data.draw(VALUES)
        break


def numbers(value: Any) -> Any:
    """Every place in the value that holds a number, as its holder and key."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, dict | list):
            yield from numbers(part)
        elif isinstance(part, int | float) and not isinstance(part, bool):
            yield value, key
