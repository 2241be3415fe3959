"""The seconds of a moving picture follow the dosage."""

import pytest

from clinic_app.dosage import Dosage, Hold, HoldUnit, Mode, Range, Side, Tempo
from clinic_app.illustration.timing import LONGEST_HOLD, PAUSE, TURN, Timing, timing_of


def held(amount: Range, unit: HoldUnit = HoldUnit.SECONDS, **more: object) -> Dosage:
    return Dosage(Mode.REPS_WITH_HOLD, reps=Range.of(5), hold=Hold(amount, unit), **more)  # type: ignore[arg-type]


def test_a_hold_is_shown_in_full_and_of_a_range_the_lower_end() -> None:
    assert timing_of(held(Range.of(20))) == Timing(out=2, hold=20, back=2, pause=PAUSE)
    assert timing_of(held(Range.of(20, 30))).hold == 20
    assert timing_of(held(Range.of(5))).has_bar
    assert not timing_of(held(Range.of(3))).has_bar


def test_a_breath_is_five_seconds() -> None:
    assert timing_of(held(Range.of(3), HoldUnit.BREATHS)).hold == 15


def test_a_stay_of_minutes_ends_after_one() -> None:
    stay = Dosage(Mode.SUSTAINED, hold=Hold(Range.of(300)))
    assert timing_of(stay).hold == LONGEST_HOLD == 60


def test_the_time_of_a_move_is_for_there_and_back() -> None:
    timing = timing_of(held(Range.of(5), move_time=6))
    assert (timing.out, timing.back) == (3, 3)


def test_a_movement_without_a_hold_goes_on() -> None:
    assert timing_of(Dosage(Mode.CONTINUOUS, reps=Range.of(10))) == Timing(out=3, hold=0, back=3, pause=TURN)


def test_walking_for_minutes_is_one_stride_after_the_other() -> None:
    assert timing_of(Dosage(Mode.TIMED, duration=Range.of(600))) == Timing(out=1, hold=0, back=1, pause=TURN)


@pytest.mark.parametrize(("lowers", "expected"), [(False, (3, 1, 5, 2)), (True, (5, 2, 3, 1))])
def test_the_tempo_goes_with_the_way_of_the_movement(lowers: bool, expected: tuple[float, ...]) -> None:
    """5-2-3-1: 5 seconds down, 2 below, 3 up, 1 above. A heel raise begins below, a squat above."""
    dosage = Dosage(Mode.CONTINUOUS, reps=Range.of(10), tempo=Tempo(lower=5, pause_low=2, lift=3, pause_high=1))
    timing = timing_of(dosage, lowers=lowers)
    assert (timing.out, timing.hold, timing.back, timing.pause) == expected


@pytest.mark.parametrize(("side", "alternates"), [(each, each is Side.ALTERNATE) for each in Side])
def test_only_alternate_changes_the_side(side: Side, alternates: bool) -> None:
    assert timing_of(held(Range.of(2), side=side)).alternates is alternates


@pytest.mark.parametrize(("move", "way"), [(0, 1.0), (1, 0.6), (60, 12)])
def test_a_way_is_neither_too_quick_to_follow_nor_too_slow(move: int, way: float) -> None:
    assert timing_of(held(Range.of(2), move_time=move)).out == way
