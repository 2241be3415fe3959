"""Dates in words, as they are read aloud."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_words(day: date) -> str:
    """ "23 April 2027": never digits only, which are read in two ways."""
    return f"{without_year(day)} {day.year}"


def without_year(day: date) -> str:
    """ "23 April"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def days_from(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(count))
