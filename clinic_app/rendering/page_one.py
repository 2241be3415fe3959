"""What page 1 says beside the handout's own words: how often, how long, how many, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic_app.dosage import Range
from clinic_app.dosage.session import Group, Sitting, how_often, minutes
from clinic_app.rendering.bands import Piece, shared
from clinic_app.rendering.content import Change, ChangeKind, Exercise, Handout
from clinic_app.rendering.layouts import STANDARD, Band

MOST_CHANGES = 5  # more would push the safety box down; the cards carry their own tags
MOST_IN_STRIP = 6
IN_A_ROW = 3
TAGS = {ChangeKind.NEW: "New", ChangeKind.CHANGED: "Changed", ChangeKind.STOPPED: "Stopped"}
EVERY_DAY = "every day"
PARTS_OF_DAY = {2: ("Morning", "Evening"), 3: ("Morning", "Midday", "Evening")}


@dataclass(frozen=True, slots=True)
class HowCell:
    """`figures` has 1 or 2 numbers, as they are printed; `detail` is a third, small line, `width` is millimetres."""

    label: str
    figures: tuple[str, ...]
    unit: str
    detail: str = ""
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class ChangeLine:
    tag: str
    name: str
    now: str
    was: str
    place: str


def how(exercises: Sequence[Exercise]) -> tuple[HowCell, ...]:
    """How often, how long, how many. Where exercises differ, each part of the day or group says its own numbers."""
    dosages = [exercise.dosage for exercise in exercises]
    frequency = how_often(dosages)
    many = HowCell("How many", (str(len(exercises)),), _counted(Range.of(len(exercises)), "exercise"))
    if group := frequency.agreed:
        days = _days(group)
        often = (
            HowCell("How often, every day", _figures(group.times_per_day), _times_a_day(group))
            if days == EVERY_DAY
            else HowCell("How often", _figures(group.times_per_day), _times_a_day(group), days)
        )
        long = minutes(dosages)
        return (often, HowCell("How long, about", (str(long),), _counted(Range.of(long), "minute")), many)
    if frequency.sittings:
        return tuple(_sitting(sitting, len(frequency.sittings)) for sitting in frequency.sittings)
    cells = tuple(_group(group) for group in frequency.groups)
    return (*cells, many) if len(cells) == 2 else cells


def how_rows(exercises: Sequence[Exercise], sizes: Band = STANDARD.how) -> tuple[tuple[HowCell, ...], ...]:
    """The cells of `how`, three to a row, with their widths."""
    found = how(exercises)
    return tuple(_with_widths(found[start : start + IN_A_ROW], sizes) for start in range(0, len(found), IN_A_ROW))


def _with_widths(row: tuple[HowCell, ...], sizes: Band) -> tuple[HowCell, ...]:
    pieces = [Piece(cell.label, "", cell.figures, "to", cell.unit, cell.detail) for cell in row]
    widths = shared(pieces, sizes)
    return tuple(replace(cell, width=wide) for cell, wide in zip(row, widths, strict=True))


def positions(numbers: Sequence[int]) -> str:
    """ "1 to 4, 6": the numbers of exercises, runs of three or more as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = []
    for run in runs:
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ", ".join(words)


def changes(handout: Handout, most: int = MOST_CHANGES) -> tuple[tuple[ChangeLine, ...], int]:
    """The lines of "what changed", at most `most`, and how many more there are, which the cards show.

    When they are cut, what stopped comes first: no card says it.
    """
    lines = tuple(change_line(change, handout.exercises) for change in handout.changes)
    if len(lines) <= most:
        return lines, 0
    first = sorted(lines, key=lambda line: line.tag != TAGS[ChangeKind.STOPPED])
    shown = max(most - 1, 1)
    return tuple(first[:shown]), len(lines) - shown


def change_line(change: Change, exercises: Sequence[Exercise]) -> ChangeLine:
    """ "Knee to chest: hold 20 seconds (was 10 seconds)", "Bird-dog, exercise 5", "Knee rolls"."""
    place = ""
    if change.kind is ChangeKind.NEW:
        slugs = [exercise.slug for exercise in exercises]
        place = f"exercise {slugs.index(change.exercise) + 1}" if change.exercise in slugs else ""
    return ChangeLine(TAGS[change.kind], change.name, change.now, _only_the_difference(change.now, change.was), place)


def _only_the_difference(now: str, was: str) -> str:
    """ "hold 10 seconds" beside "hold 20 seconds" is "10 seconds"."""
    new, old = now.split(), was.split()
    same = 0
    while same < min(len(new), len(old)) - 1 and new[same] == old[same]:
        same += 1
    return " ".join(old[same:])


def _figures(amount: Range) -> tuple[str, ...]:
    return (str(amount.minimum),) if amount.is_single else (str(amount.minimum), str(amount.maximum))


def _counted(amount: Range, noun: str) -> str:
    return noun if amount == Range(1, 1) else f"{noun}s"


def _times_a_day(group: Group) -> str:
    return f"{_counted(group.times_per_day, 'time')} a day"


def _days(group: Group) -> str:
    if group.days_per_week == Range(7, 7):
        return EVERY_DAY
    return f"{' to '.join(_figures(group.days_per_week))} {_counted(group.days_per_week, 'day')} a week"


def _sitting(sitting: Sitting, of: int) -> HowCell:
    names = PARTS_OF_DAY.get(of)
    name = names[sitting.number - 1] if names else f"Time {sitting.number}"
    return HowCell(
        f"{name}: {positions(sitting.positions)}",
        (str(sitting.minutes),),
        _counted(Range.of(sitting.minutes), "minute"),
        EVERY_DAY,
    )


def _group(group: Group) -> HowCell:
    long = f"about {group.minutes} {_counted(Range.of(group.minutes), 'minute')}"
    noun = "Exercise" if len(group.positions) == 1 else "Exercises"
    return HowCell(
        f"{noun} {positions(group.positions)}",
        _figures(group.times_per_day),
        _times_a_day(group),
        f"{_days(group)}, {long}",
    )
