"""Each number beyond its limit, each warning, and that nothing usual is stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from clinic_app.dosage import Dosage, Effort, EffortScale, Hold, HoldUnit, Load, LoadUnit, Mode, Range, Tempo
from clinic_app.dosage.limits import LIMITS, Finding, check, check_together
from tests.dosage.checking import REFUSE, WARN, brief, findings, hold, move, only, timed
from tests.dosage.seeds import ALL, BIRD_DOG, BRIDGE
from tests.dosage.strategies import any_dosages, bounded, dosages


@pytest.mark.parametrize("dosage", ALL)
def test_the_seed_doses_need_no_word(dosage: Dosage) -> None:
    kind = "strength" if dosage in {BIRD_DOG, BRIDGE} else "stretch"
    assert findings(dosage, usual=dosage, kind=kind) == ()


def with_amount(key: str, low: int, high: int) -> Dosage:
    """A dosage whose number of that limit is low to high, and nothing else out of the ordinary."""
    amount, (field, _, unit) = Range(low, high), key.partition(".")
    if field == "hold":
        return Dosage(mode=Mode.SUSTAINED, hold=Hold(amount, HoldUnit(unit)))
    if field == "duration":
        return Dosage(mode=Mode.TIMED, duration=amount)
    fields: dict[str, dict[str, Any]] = {
        "move_time": {"move_time": high},
        "pain_limit": {"pain_limit": high},
        "rest": {"rest": high, "sets": Range.of(2)},
        "tempo": {"tempo": Tempo(low, 0, high, 0), "move_time": low + high},
        "effort": {"effort": Effort(EffortScale(unit), amount)} if field == "effort" else {},
        "load": {"load": Load(LoadUnit(unit), high)} if field == "load" else {},
    }
    return replace(brief, **fields.get(field, {field: amount}))


@pytest.mark.parametrize(
    ("key", "most", "message"),
    [
        ("sets", 10, "The number of rounds is 11, but only 1 to 10 can be given."),
        ("reps", 100, "The number of times is 101 times, but only 1 to 100 times can be given."),
        ("hold.seconds", 300, "The hold is 301 seconds, but only 0 to 300 seconds can be given."),
        ("hold.breaths", 20, "The hold is 21 breaths, but only 0 to 20 breaths can be given."),
        ("duration", 3600, "The time to keep going is 3601 seconds, but only 1 to 3600 seconds can be given."),
        ("move_time", 60, "The time of one move is 61 seconds, but only 0 to 60 seconds can be given."),
        ("rest", 600, "The rest between rounds is 601 seconds, but only 0 to 600 seconds can be given."),
        ("times_per_day", 12, "The frequency is 13 times a day, but only 1 to 12 times a day can be given."),
        ("days_per_week", 7, "The week is 8 days a week, but only 1 to 7 days a week can be given."),
        ("weeks", 52, "The course is 53 weeks, but only 1 to 52 weeks can be given."),
        ("effort.cr10", 10, "The effort is 11 out of 10, but only 0 to 10 out of 10 can be given."),
        ("effort.borg", 20, "The effort is 21 on the Borg scale, but only 6 to 20 on the Borg scale can be given."),
        ("pain_limit", 10, "The pain limit is 11 out of 10, but only 0 to 10 out of 10 can be given."),
        ("load.kg", 200, "The load is 201 kg, but only 0 to 200 kg can be given."),
        ("load.percent", 100, "The load is 101%, but only 1 to 100% can be given."),
        ("tempo", 10, "The tempo is 0 to 11 seconds in each part, but only 0 to 10 seconds in each part can be given."),
    ],
)
def test_a_number_above_its_limit_is_refused_and_the_limit_is_not(key: str, most: int, message: str) -> None:
    field = key.partition(".")[0]
    assert only(findings(with_amount(key, most + 1, most + 1)), REFUSE) == [(field, message)]
    assert only(findings(with_amount(key, most, most)), REFUSE) == []


def test_every_limit_is_tried_above() -> None:
    assert [limit.key for limit in LIMITS] == [
        *("sets", "reps", "hold.seconds", "hold.breaths", "duration", "move_time", "rest", "times_per_day"),
        *("days_per_week", "weeks", "effort.cr10", "effort.borg", "pain_limit", "load.kg", "load.percent", "tempo"),
    ]


@pytest.mark.parametrize("key", ["sets", "reps", "duration", "times_per_day", "days_per_week", "weeks", "load.percent"])
def test_a_number_below_its_limit_is_refused(key: str) -> None:
    assert [field for field, _ in only(findings(with_amount(key, 0, 0)), REFUSE)] == [key.partition(".")[0]]
    assert only(findings(with_amount(key, 1, 1)), REFUSE) == []


def test_one_end_of_a_range_outside_is_enough_to_refuse() -> None:
    assert only(findings(with_amount("reps", 0, 8)), REFUSE) == [
        ("reps", "The number of times is 0 to 8 times, but only 1 to 100 times can be given.")
    ]
    assert only(findings(with_amount("effort.borg", 5, 12)), REFUSE)
    assert only(findings(replace(brief, pain_limit=-1)), REFUSE)


@pytest.mark.parametrize(
    ("key", "most", "message"),
    [
        ("sets", 5, "The number of rounds is 6, outside the common 1 to 5."),
        ("reps", 30, "The number of times is 31 times, outside the common 1 to 30 times."),
        ("hold.seconds", 60, "The hold is 61 seconds, outside the common 0 to 60 seconds."),
        ("hold.breaths", 10, "The hold is 11 breaths, outside the common 0 to 10 breaths."),
        ("move_time", 15, "The time of one move is 16 seconds, outside the common 1 to 15 seconds."),
        ("rest", 180, "The rest between rounds is 181 seconds, outside the common 0 to 180 seconds."),
        ("times_per_day", 4, "The frequency is 5 times a day, outside the common 1 to 4 times a day."),
        ("weeks", 12, "The course is 13 weeks, outside the common 1 to 12 weeks."),
        ("effort.cr10", 7, "The effort is 8 out of 10, outside the common 0 to 7 out of 10."),
        ("effort.borg", 16, "The effort is 17 on the Borg scale, outside the common 6 to 16 on the Borg scale."),
        ("pain_limit", 5, "The pain limit is 6 out of 10, outside the common 0 to 5 out of 10."),
        ("load.kg", 40, "The load is 41 kg, outside the common 0 to 40 kg."),
        ("load.percent", 85, "The load is 86%, outside the common 0 to 85%."),
    ],
)
def test_an_uncommon_number_is_warned_about_and_a_common_one_is_not(key: str, most: int, message: str) -> None:
    assert findings(with_amount(key, most + 1, most + 1)) == (Finding(key.partition(".")[0], WARN, message),)
    assert findings(with_amount(key, most, most)) == ()


@pytest.mark.parametrize(
    ("dosage", "field", "message"),
    [
        (
            replace(move, move_time=0),
            "move_time",
            "The time of one move is 0 seconds, outside the common 1 to 15 seconds.",
        ),
        (
            replace(move, tempo=Tempo(3, 0, 7, 0)),
            "tempo",
            "The tempo is 0 to 7 seconds in each part, outside the common 0 to 6 seconds in each part.",
        ),
        (
            Dosage(mode=Mode.TIMED, duration=Range.of(4)),
            "duration",
            "The time to keep going is 4 seconds, outside the common 5 to 1800 seconds.",
        ),
        (replace(move, rest=30), "rest", "There is 1 round, so the rest of 30 seconds comes after it."),
        (
            replace(move, tempo=Tempo(3, 1, 3, 0), move_time=5),
            "tempo",
            "One move takes 5 seconds, but its tempo adds up to 7 seconds.",
        ),
    ],
)
def test_other_warnings(dosage: Dosage, field: str, message: str) -> None:
    assert findings(dosage) == (Finding(field, WARN, message),)


def test_strength_work_needs_a_day_of_rest() -> None:
    message = "Strength work on 7 days a week leaves no day of rest; 2 to 3 days a week is usual."
    assert findings(hold, kind="strength") == (Finding("days_per_week", WARN, message),)
    assert findings(replace(hold, days_per_week=Range(5, 7)), kind="strength") == (
        Finding("days_per_week", WARN, message),
    )
    assert findings(replace(hold, days_per_week=Range(3, 6)), kind="strength") == ()
    assert findings(hold, kind="stretch") == ()


def test_a_session_longer_than_half_an_hour_is_warned_about() -> None:
    longer = replace(timed(15), sets=Range.of(2), rest=1)
    assert findings(longer) == (
        Finding("session", WARN, "One session of this exercise takes 31 minutes, more than 30."),
    )
    assert findings(timed(30)) == ()


def test_more_than_an_hour_a_day_is_warned_about() -> None:
    assert findings(timed(21, 3)) == (
        Finding("day", WARN, "Doing this exercise takes 63 minutes a day, more than 60."),
    )
    assert findings(timed(20, 3)) == ()


def test_the_upper_end_of_the_times_a_day_counts() -> None:
    assert [finding.field for finding in findings(replace(timed(21), times_per_day=Range(1, 3)))] == ["day"]


def test_the_exercises_of_a_programme_are_added_up() -> None:
    assert check_together([timed(15), timed(15)]) == ()
    assert check_together([timed(15), timed(16)]) == (
        Finding("session", WARN, "One session of these exercises takes 31 minutes, more than 30."),
    )
    assert check_together([timed(10, 3), timed(16, 2)]) == (
        Finding("day", WARN, "Doing these exercises takes 62 minutes a day, more than 60."),
    )
    assert check_together([]) == ()


@given(dosages())
@bounded
def test_what_the_other_tests_call_valid_is_not_refused(dosage: Dosage) -> None:
    assert only(findings(dosage), REFUSE) == []


@given(any_dosages, any_dosages)
@bounded
def test_any_dosage_is_answered_in_sentences(dosage: Dosage, usual: Dosage) -> None:
    for has_sides in (True, False):
        for finding in check(dosage, has_sides=has_sides, usual=usual, kind="strength"):
            assert finding.message.endswith(".")
            assert "None" not in finding.message
