"""The snapshot: one text for one value, old ones are brought up, new ones are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clinic_app.errors import BrokenContent
from clinic_app.rendering import snapshot
from clinic_app.rendering.content import SCHEMA, Handout


def changed(handout: Handout, **fields: Any) -> str:
    return json.dumps({**json.loads(snapshot.to_json(handout)), **fields})


def test_reads_back_the_same_value(handout: Handout) -> None:
    text = snapshot.to_json(handout)
    assert snapshot.from_json(text) == handout
    assert snapshot.to_json(snapshot.from_json(text)) == text


def test_is_canonical(handout: Handout) -> None:
    text = snapshot.to_json(handout)
    keys = list(json.loads(text))
    assert keys == sorted(keys)
    assert ": " not in text.replace("Low back: weeks", "").replace("picture A: ", "").replace(
        "picture B: ", ""
    ).replace("these:", "")
    assert "\n" not in text


def test_keeps_letters_as_they_are(handout: Handout) -> None:
    text = changed(handout, title="Łukasz: plecy")
    assert "Łukasz" in snapshot.to_json(snapshot.from_json(text))


def test_digest_is_the_same_for_the_same_value_however_it_was_written(handout: Handout) -> None:
    other = snapshot.from_json(json.dumps(json.loads(snapshot.to_json(handout)), indent=2))
    assert snapshot.digest(other) == snapshot.digest(handout)
    assert len(snapshot.digest(handout)) == 64


def test_digest_changes_with_the_content(handout: Handout) -> None:
    other = snapshot.from_json(changed(handout, title="Low back: weeks 5 to 6"))
    assert snapshot.digest(other) != snapshot.digest(handout)


def test_old_snapshots_climb_step_by_step(handout: Handout) -> None:
    def name_the_title(data: dict[str, Any]) -> dict[str, Any]:
        return {**{name: value for name, value in data.items() if name != "heading"}, "title": data["heading"]}

    def add_why(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "why": None}

    old = json.loads(snapshot.to_json(handout))
    old["heading"] = old.pop("title")
    del old["why"]
    old["schema"] = 1
    read = snapshot.from_json(json.dumps(old), upgrades={1: name_the_title, 2: add_why}, schema=3)
    assert (read.title, read.why) == (handout.title, None)


@pytest.mark.parametrize(("schema", "missing"), [(1, ("moving", "sides")), (2, ("sides",))])
def test_a_handout_of_the_time_before_is_read(handout: Handout, schema: int, missing: tuple[str, ...]) -> None:
    """Without motion, and then without a picture of each side."""
    old = json.loads(snapshot.to_json(handout))
    old["schema"] = schema
    for each in old["exercises"]:
        for name in missing:
            del each[name]
    assert snapshot.from_json(json.dumps(old)) == handout


def test_a_missing_step_is_named(handout: Handout) -> None:
    with pytest.raises(BrokenContent, match="schema 2, and no upgrade"):
        snapshot.from_json(changed(handout, schema=2), upgrades={1: dict}, schema=3)


def test_a_newer_snapshot_says_what_to_do(handout: Handout) -> None:
    with pytest.raises(BrokenContent, match=f"newer version of the service .*schema {SCHEMA + 1}.*Update the service"):
        snapshot.from_json(changed(handout, schema=SCHEMA + 1))


@pytest.mark.parametrize("schema", [None, 0, True, "1", 1.5])
def test_a_schema_number_is_a_number(handout: Handout, schema: object) -> None:
    with pytest.raises(BrokenContent, match="no schema number"):
        snapshot.from_json(changed(handout, schema=schema))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("edition", "3"),
        ("title", 7),
        ("surprise", 1),
        ("issued_on", "yesterday"),
        ("exercises", [{}]),
        ("awaits_review", 1),
    ],
)
def test_reading_is_strict(handout: Handout, field: str, value: object) -> None:
    with pytest.raises(BrokenContent, match=field):
        snapshot.from_json(changed(handout, **{field: value}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3"])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(BrokenContent):
        snapshot.from_json(text)


def test_a_lone_surrogate_is_refused(handout: Handout) -> None:
    with pytest.raises(BrokenContent):
        snapshot.from_json(snapshot.to_json(handout).replace("Low back", "\\ud800", 1))
