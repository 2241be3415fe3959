from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.dosage import (
    Dosage,
    Effort,
    EffortScale,
    Hold,
    HoldUnit,
    Load,
    LoadUnit,
    Mode,
    Range,
    Side,
    Tempo,
)
from clinic_app.dosage.shorthand import ShorthandError, parse, write
from tests.dosage.seeds import BIRD_DOG, BRIDGE, CAT_COW, CHILDS_POSE, KNEE_TO_CHEST
from tests.dosage.strategies import bounded, dosages

walk = Dosage(mode=Mode.TIMED, duration=Range.of(600))


@given(dosages())
@bounded
def test_shorthand_reads_back_to_the_same_dosage(dosage: Dosage) -> None:
    assert parse(write(dosage)) == dosage


@pytest.mark.parametrize(
    ("dosage", "text"),
    [
        (KNEE_TO_CHEST, "1x3 h20 each 2/day daily 6wk"),
        (CHILDS_POSE, "3x20-30s 1-2/day daily"),
        (BIRD_DOG, "1-2x12-16 h2-3 alt 1/day 3-5d/wk"),
        (CAT_COW, "1-2x6-8 slow 2/day daily"),
        (BRIDGE, "2-3x10-15 h3-5 rest 60 1/day 3-5d/wk"),
        (walk, "go600 1/day daily"),
        (replace(CHILDS_POSE, reps=None, sets=Range.of(2), side=None), "2x 20-30s side? 1-2/day daily"),
        (replace(CHILDS_POSE, sets=Range.of(2), hold=Hold(Range.of(5), HoldUnit.BREATHS)), "2x3x5b 1-2/day daily"),
    ],
)
def test_what_is_written(dosage: Dosage, text: str) -> None:
    assert write(dosage) == text
    assert parse(text) == dosage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x10 h5 2/day each", {"sets": Range.of(3), "reps": Range.of(10), "side": Side.EACH}),
        ("2-3x8–10 h5", {"sets": Range(2, 3), "reps": Range(8, 10)}),
        ("x10, h5b; LEFT", {"hold": Hold(Range.of(5), HoldUnit.BREATHS), "side": Side.LEFT}),
        ("hold 5 s bid", {"hold": Hold(Range.of(5)), "times_per_day": Range.of(2)}),
        ("TID 3-5 d/wk 4-6 weeks", {"times_per_day": Range.of(3), "days_per_week": Range(3, 5), "weeks": Range(4, 6)}),
        ("2 / day", {"times_per_day": Range.of(2)}),
        ("2 rounds rest 2min", {"sets": Range.of(2), "rest": 120}),
        ("2kg", {"load": Load(LoadUnit.KILOGRAMS, 2)}),
        ("60%", {"load": Load(LoadUnit.PERCENT, 60)}),
        ("bw", {"load": Load(LoadUnit.BODYWEIGHT)}),
        ("red band", {"load": Load(LoadUnit.BAND, colour="red")}),
        ('"extra heavy" band (Acme & Co)', {"load": Load(LoadUnit.BAND, colour="extra heavy", brand="Acme & Co")}),
        ("each red band", {"side": Side.EACH, "load": Load(LoadUnit.BAND, colour="red")}),
        ("effort 3-5", {"effort": Effort(EffortScale.CR10, Range(3, 5))}),
        ("borg 13", {"effort": Effort(EffortScale.BORG, Range.of(13))}),
        ("pain<=3 move 4 3-1-3-0", {"pain_limit": 3, "move_time": 4, "tempo": Tempo(3, 1, 3, 0)}),
        ("go 10min", {"mode": Mode.TIMED, "duration": Range.of(600)}),
        ("go 10m", {"mode": Mode.TIMED, "duration": Range.of(600)}),
        ("both", {"side": Side.BOTH_TOGETHER}),
        ("3x20s", {"mode": Mode.SUSTAINED, "reps": Range.of(3), "hold": Hold(Range.of(20))}),
        ("3x10", {"mode": Mode.CONTINUOUS, "sets": Range.of(3), "reps": Range.of(10)}),
        ("h5", {"mode": Mode.REPS_WITH_HOLD, "hold": Hold(Range.of(5))}),
    ],
)
def test_what_is_read(text: str, expected: dict[str, object]) -> None:
    dosage = parse(text)
    assert {name: getattr(dosage, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        ("", BRIDGE, BRIDGE),
        ("2x10", BRIDGE, replace(BRIDGE, sets=Range.of(2), reps=Range.of(10))),
        ("h8", BRIDGE, replace(BRIDGE, hold=Hold(Range.of(8)))),
        ("h8", CHILDS_POSE, replace(CHILDS_POSE, hold=Hold(Range.of(8)))),
        ("3x20s", KNEE_TO_CHEST, KNEE_TO_CHEST),
        ("h5", CAT_COW, replace(CAT_COW, mode=Mode.REPS_WITH_HOLD, hold=Hold(Range.of(5)))),
        ("slow", BRIDGE, replace(BRIDGE, mode=Mode.CONTINUOUS, hold=None)),
        ("go60", BRIDGE, replace(BRIDGE, mode=Mode.TIMED, hold=None, duration=Range.of(60))),
        ("3x20s", walk, replace(walk, reps=Range.of(3), duration=Range.of(20))),
        ("left", KNEE_TO_CHEST, replace(KNEE_TO_CHEST, side=Side.LEFT)),
        ("no rest", BRIDGE, replace(BRIDGE, rest=None)),
        ("no weeks", KNEE_TO_CHEST, replace(KNEE_TO_CHEST, weeks=None)),
    ],
)
def test_what_is_not_said_is_as_usual(text: str, usual: Dosage, expected: Dosage) -> None:
    assert parse(text, usual=usual) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "Type a dose"),
        ("3x10 foo", "'foo' is not understood"),
        ("3x10 10", "'10' is not understood"),
        ("h5 rpe 3", "'rpe' is not understood"),
        ("h5 h6", "'h6' says how long a second time"),
        ("h5 slow", "'slow' says how long a second time"),
        ("go60 3x20s", "'3x20s' says how long a second time"),
        ("left each", "'each' says the side a second time"),
        ("2/day bid", "'bid' says times a day a second time"),
        ("3x10 x8", "'x8' says the number of times a second time"),
        ("2kg no load", "'no load' says the load a second time"),
        ("5-3/day", "'5-3/day' does not work: 5 to 3 runs backwards"),
        ("h5left", "'h5left' is not understood"),
    ],
)
def test_what_is_unknown_or_contradicts_is_named(text: str, named: str) -> None:
    with pytest.raises(ShorthandError) as raised:
        parse(text)
    assert str(raised.value).startswith(named)


def refusal(text: str) -> str:
    """What the clinician is told about this text; empty when it is understood."""
    try:
        parse(text)
    except ShorthandError as error:
        return str(error)
    return ""


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(["3x10", "h5", "/day", "\xa0", ",", "left", "-", "2"])).map(" ".join)
)
@bounded
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    assert refusal(text)[-1:] in {"", "."}


def test_a_space_that_does_not_break_is_a_space() -> None:
    assert parse("3x10\xa0h5") == parse("3x10 h5")
    assert refusal("\xa0").startswith("Type a dose")
