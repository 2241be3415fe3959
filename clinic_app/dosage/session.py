"""How long a dosage takes, and how often the exercises of a programme are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from clinic_app.dosage.statements import ONCE
from clinic_app.dosage.value import Dosage, HoldUnit, Mode, Range, Side

# One breath counts as 5 seconds: the clinic's dosage table (facts: 12 slow breaths a minute).
SECONDS_PER_BREATH = 5
# There and back, when neither move_time nor tempo is set. The dosage table gives 2 to 6 seconds as usual: the middle,
# and the upper end for a movement that is asked to be slow. Staying in a position counts getting into it and out.
MOVE_SECONDS = {Mode.REPS_WITH_HOLD: 4, Mode.SUSTAINED: 4, Mode.CONTINUOUS: 6, Mode.TIMED: 0}

NOTHING = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """Exercises with the same frequency. `positions` count from 1; `minutes` is one session of these exercises."""

    times_per_day: Range
    days_per_week: Range
    positions: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of a day: the first, second, ... with the exercises done in it and its whole minutes."""

    number: int
    positions: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class HowOften:
    """How often the exercises of a programme are done; never an average.

    `groups` splits them by frequency, in order of first appearance. `sittings` splits the day ("Morning: 1 to 6,
    12 minutes. Evening: 1 to 4, 7 minutes"); it is empty when no such split is true, because a range ("1 to 2 times a
    day") leaves the choice to the patient or because the days per week differ. Then the groups are to be printed.
    """

    groups: tuple[Group, ...]
    sittings: tuple[Sitting, ...]

    @property
    def agreed(self) -> Group | None:
        """The only group, when all exercises have the same frequency."""
        return self.groups[0] if len(self.groups) == 1 else None


def seconds(dosage: Dosage) -> Range:
    """Seconds of one session: sets x repetitions x sides x (hold + move), and the rests between sets.

    EACH counts two sides; ALTERNATE does not, because its repetitions are the total. Without `reps` it is done once.
    A rest after the only set is not counted.
    """
    sides = 2 if dosage.side is Side.EACH else 1
    reps, one = dosage.reps or ONCE, _one_repetition(dosage)
    rest = dosage.rest or 0
    return Range(
        dosage.sets.minimum * reps.minimum * sides * one.minimum + max(dosage.sets.minimum - 1, 0) * rest,
        dosage.sets.maximum * reps.maximum * sides * one.maximum + max(dosage.sets.maximum - 1, 0) * rest,
    )


def _one_repetition(dosage: Dosage) -> Range:
    if dosage.mode is Mode.TIMED:
        work = dosage.duration or NOTHING
    elif dosage.hold is None:
        work = NOTHING
    else:
        each = SECONDS_PER_BREATH if dosage.hold.unit is HoldUnit.BREATHS else 1
        work = Range(dosage.hold.amount.minimum * each, dosage.hold.amount.maximum * each)
    move = _move_seconds(dosage)
    return Range(work.minimum + move, work.maximum + move)


def _move_seconds(dosage: Dosage) -> int:
    if dosage.mode is Mode.TIMED:  # the time given is the whole time
        return 0
    if dosage.move_time is not None:
        return dosage.move_time
    if dosage.tempo is not None:
        return dosage.tempo.lower + dosage.tempo.pause_low + dosage.tempo.lift + dosage.tempo.pause_high
    return MOVE_SECONDS[dosage.mode]


def minutes(dosages: Sequence[Dosage]) -> int:
    """Whole minutes of one session of these exercises, for "How long, about".

    The upper ends of all ranges are added and the sum is rounded up once, so that nobody is promised too short a time.
    No exercises take 0 minutes.
    """
    return ceil(sum(seconds(dosage).maximum for dosage in dosages) / 60)


def how_often(dosages: Sequence[Dosage]) -> HowOften:
    """How often the exercises are done, in the order of the programme; positions count from 1."""
    found: dict[tuple[Range, Range], list[int]] = {}
    for position, dosage in enumerate(dosages, start=1):
        found.setdefault((dosage.times_per_day, dosage.days_per_week), []).append(position)
    groups = tuple(
        Group(times, days, tuple(positions), minutes([dosages[at - 1] for at in positions]))
        for (times, days), positions in found.items()
    )
    return HowOften(groups, _sittings(dosages, groups))


def _sittings(dosages: Sequence[Dosage], groups: tuple[Group, ...]) -> tuple[Sitting, ...]:
    one_week = len({group.days_per_week for group in groups}) == 1
    if not one_week or not all(group.times_per_day.is_single for group in groups):
        return ()
    found = []
    for number in range(1, max(group.times_per_day.maximum for group in groups) + 1):
        positions = tuple(at for at, dosage in enumerate(dosages, start=1) if dosage.times_per_day.maximum >= number)
        found.append(Sitting(number, positions, minutes([dosages[at - 1] for at in positions])))
    return tuple(found)
