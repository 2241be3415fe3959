from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from clinic_app.dosage import Dosage, Load, LoadUnit, Mode, Range, Side
from clinic_app.dosage.codec import from_data, to_data
from tests.dosage.seeds import KNEE_TO_CHEST
from tests.dosage.strategies import any_dosages, bounded


@given(any_dosages)
@bounded
def test_any_dosage_comes_back_from_json(dosage: Dosage) -> None:
    assert from_data(json.loads(json.dumps(to_data(dosage)))) == dosage


def test_the_data_is_plain_and_leaves_out_what_is_not_set() -> None:
    assert to_data(KNEE_TO_CHEST) == {
        "mode": "reps_with_hold",
        "sets": {"minimum": 1, "maximum": 1},
        "reps": {"minimum": 3, "maximum": 3},
        "hold": {"amount": {"minimum": 20, "maximum": 20}, "unit": "seconds"},
        "side": "each",
        "times_per_day": {"minimum": 2, "maximum": 2},
        "days_per_week": {"minimum": 7, "maximum": 7},
        "weeks": {"minimum": 6, "maximum": 6},
    }


def test_a_load_leaves_out_what_is_empty() -> None:
    dosage = Dosage(mode=Mode.CONTINUOUS, load=Load(LoadUnit.BAND, colour="red"))
    assert to_data(dosage)["load"] == {"unit": "band", "colour": "red"}


def test_a_side_not_chosen_stays_not_chosen() -> None:
    data = to_data(Dosage(mode=Mode.CONTINUOUS, side=None))
    assert data["side"] is None
    assert from_data(data).side is None
    assert from_data({"mode": "continuous"}).side is Side.NONE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"mode": "timed", "repeats": 3}, "^repeats: "),
        ({"sets": {"minimum": 1, "maximum": 1}}, "^mode: "),
        ({"mode": "fast"}, "^mode: "),
        ({"mode": "timed", "rest": True}, "^rest: "),
        ({"mode": "timed", "rest": 60.0}, "^rest: "),
        ({"mode": "timed", "rest": "60"}, "^rest: "),
        ({"mode": "timed", "sets": {"minimum": True, "maximum": 2}}, r"^sets\.minimum: "),
        ({"mode": "timed", "sets": {"minimum": 3, "maximum": 2}}, "^sets: 3 to 2 runs backwards"),
        ({"mode": "timed", "sets": {"minimum": -1, "maximum": 2}}, "^sets: -1 is below 0"),
        ({"mode": "timed", "sets": {"minimum": 1, "maximum": 2, "unit": "x"}}, r"^sets\.unit: "),
        ({"mode": "timed", "sets": 3}, "^sets: "),
        ({"mode": "timed", "sets": None}, "^sets: "),
        ({"mode": "timed", "side": "middle"}, "^side: "),
        ({"mode": "timed", "hold": {"amount": {"minimum": 1, "maximum": 1}, "unit": "minutes"}}, r"^hold\.unit: "),
        ({"mode": "timed", "rest": Range.of(3)}, "only text, whole numbers"),
        ({"mode": "timed", "rest": float("nan")}, "JSON|only text"),
    ],
)
def test_other_data_is_refused_by_the_name_of_its_field(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_data(data)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="not list"):
        from_data([])  # type: ignore[arg-type]
