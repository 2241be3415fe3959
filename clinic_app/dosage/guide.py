"""A dosage as counted steps, one after the other: what the guided session says and counts.

Every number is the dosage's own. What is added stands apart in its kind: the wait before an exercise, the seconds to
get ready and to change sides. They belong to no hold and no rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from clinic_app.dosage.session import MOVE_SECONDS, SECONDS_PER_BREATH
from clinic_app.dosage.statements import ONCE, share
from clinic_app.dosage.value import Dosage, HoldUnit, Mode, Range, Side, Tempo

READY_SECONDS = 5  # look.md, section 7: to get ready, and to change sides


class StepKind(StrEnum):
    NEXT = "next"  # waits until the patient is in place
    GET_READY = "get_ready"
    THERE = "there"  # into the position that is held
    HOLD = "hold"
    BACK = "back"  # out of it again
    MOVE = "move"  # one whole movement, there and back
    LOWER = "lower"  # the parts of a movement with a tempo
    PAUSE = "pause"
    LIFT = "lift"
    GO = "go"  # keep going for a time
    REST = "rest"
    SWITCH_SIDES = "switch_sides"


# What the dosage asks for, and `session.seconds` adds up.
WORK = frozenset(StepKind) - {StepKind.NEXT, StepKind.GET_READY, StepKind.REST, StepKind.SWITCH_SIDES}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, from `lower` to `upper` seconds; with 0 seconds it lasts until the patient goes on.

    `number` counts the repetitions of this side in this round from 1; it is 0 where nothing is repeated. Between
    repetitions `side` and `round` are those that come next. `optional` is what goes beyond the lower number of a range
    of repetitions or rounds: the patient may stop before it.
    """

    kind: StepKind
    lower: int = 0
    upper: int = 0
    side: Side = Side.NONE
    number: int = 0
    round: int = 1
    optional: bool = False


def plan(dosage: Dosage) -> tuple[Step, ...]:
    """All steps of one exercise, up to the upper numbers of its ranges.

    EACH does all repetitions on the left, then as many on the right, in each round; ALTERNATE begins on the left and
    changes at each repetition. A breath counts as 5 seconds. Where a dosage says nothing of the time of a movement, it
    takes the seconds that the printed time of the session is computed with.
    """
    first = _order(dosage)[0][0]
    steps = [Step(StepKind.NEXT, side=first), _wait(StepKind.GET_READY, READY_SECONDS, first)]
    for number in range(1, max(dosage.sets.maximum, 1) + 1):
        optional = number > max(dosage.sets.minimum, 1)
        between = [_between(dosage, first)] if number > 1 else []
        steps += [
            replace(step, round=number, optional=optional or step.optional) for step in [*between, *_round(dosage)]
        ]
    if dosage.rest and dosage.sets.maximum <= 1:
        steps.append(_wait(StepKind.REST, dosage.rest, Side.NONE))
    return tuple(steps)


def repetitions(dosage: Dosage) -> Range:
    """How often one side moves in one round."""
    reps = dosage.reps or ONCE
    return share(reps) if dosage.side is Side.ALTERNATE and dosage.reps else reps


def _wait(kind: StepKind, seconds: int, side: Side) -> Step:
    return Step(kind, seconds, seconds, side)


def _between(dosage: Dosage, side: Side) -> Step:
    return _wait(StepKind.REST, dosage.rest, side) if dosage.rest else _wait(StepKind.GET_READY, READY_SECONDS, side)


def _round(dosage: Dosage) -> Iterator[Step]:
    one = tuple(_repetition(dosage))
    before = None
    for side, number, optional in _order(dosage):
        if dosage.side is Side.EACH and before is Side.LEFT and side is Side.RIGHT:
            yield _wait(StepKind.SWITCH_SIDES, READY_SECONDS, side)
        for step in one:
            yield replace(step, side=side, number=number, optional=optional)
        before = side


def _order(dosage: Dosage) -> list[tuple[Side, int, bool]]:
    """The repetitions of one round: side, number on that side, and whether it is beyond the lower number."""
    reps = dosage.reps or ONCE
    least, most = max(reps.minimum, 1), max(reps.maximum, 1)
    if dosage.side is Side.ALTERNATE and dosage.reps is not None:
        sides = (Side.RIGHT, Side.LEFT)
        return [(sides[at % 2], (at + 1) // 2, at > least) for at in range(1, most + 1)]
    both = (Side.LEFT, Side.RIGHT) if dosage.side is Side.EACH else (dosage.side or Side.NONE,)
    return [(side, number, number > least) for side in both for number in range(1, most + 1)]


def _repetition(dosage: Dosage) -> Iterator[Step]:
    if dosage.mode is Mode.TIMED:
        time = dosage.duration or Range.of(0)
        yield Step(StepKind.GO, time.minimum, time.maximum)
    elif dosage.hold is not None and dosage.mode is not Mode.CONTINUOUS:
        seconds = _move_seconds(dosage)
        there, back = seconds - seconds // 2, seconds // 2
        each = SECONDS_PER_BREATH if dosage.hold.unit is HoldUnit.BREATHS else 1
        if there:
            yield Step(StepKind.THERE, there, there)
        yield Step(StepKind.HOLD, dosage.hold.amount.minimum * each, dosage.hold.amount.maximum * each)
        if back:
            yield Step(StepKind.BACK, back, back)
    elif dosage.tempo is not None and dosage.move_time is None and _seconds(dosage.tempo):
        yield from _tempo(dosage.tempo)
    else:
        seconds = _move_seconds(dosage)
        yield Step(StepKind.MOVE, seconds, seconds)


def _move_seconds(dosage: Dosage) -> int:
    if dosage.move_time is not None:
        return dosage.move_time
    return MOVE_SECONDS[dosage.mode] if dosage.tempo is None else _seconds(dosage.tempo)


def _seconds(tempo: Tempo) -> int:
    return tempo.lower + tempo.pause_low + tempo.lift + tempo.pause_high


def _tempo(tempo: Tempo) -> Iterator[Step]:
    parts = (
        (StepKind.LOWER, tempo.lower),
        (StepKind.PAUSE, tempo.pause_low),
        (StepKind.LIFT, tempo.lift),
        (StepKind.PAUSE, tempo.pause_high),
    )
    return (Step(kind, seconds, seconds) for kind, seconds in parts if seconds)
