"""The grids in which a patient ticks what was done, on the last pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_app.dosage.session import how_often
from clinic_app.rendering import dates
from clinic_app.rendering.content import Exercise, Handout
from clinic_app.rendering.layouts import Layout

DAYS = 14


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for ticks: its heading, its first day and the names of its days."""

    heading: str
    starts: date
    days: tuple[str, ...]


def grids(handout: Handout, layout: Layout) -> tuple[Grid, ...]:
    """One grid for all days, or one for each week."""
    days = dates.days_from(handout.issued_on, DAYS)
    parts = [days[start : start + layout.days_in_a_grid] for start in range(0, DAYS, layout.days_in_a_grid)]
    return tuple(
        Grid(
            _tick_heading(handout.exercises) if number == 1 else f"Week {number}",
            part[0],
            tuple(dates.WEEKDAYS[day.weekday()] for day in part),
        )
        for number, part in enumerate(parts, start=1)
    )


def _tick_heading(exercises: Sequence[Exercise]) -> str:
    agreed = how_often([exercise.dosage for exercise in exercises]).agreed
    if agreed is None or not agreed.times_per_day.is_single:
        return "Tick each time you do it"
    count = agreed.times_per_day.minimum
    return f"Tick each time you do it: {count} {'tick' if count == 1 else 'ticks'} a day"
