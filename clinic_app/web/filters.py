"""How values are written in templates: dates and times as a person says them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_security import current_user


def long_date(day: date | None) -> str:
    """23 November 2026"""
    return f"{day.day} {day:%B %Y}" if day else ""


def weekday_date(day: date) -> str:
    """Monday 23 November"""
    return f"{day:%A} {day.day} {day:%B}"


def clock(moment: datetime | None) -> str:
    """10:42, on the clinic's clock"""
    if moment is None:
        return ""
    local = current_user.clinic.local(moment)
    return f"{local.hour}:{local:%M}"


def day_and_clock(moment: datetime | None) -> str:
    """23 November 2026, 10:42"""
    if moment is None:
        return ""
    return f"{long_date(current_user.clinic.local(moment).date())}, {clock(moment)}"


POSITIONS = {
    "supine": "on the back",
    "prone": "on the front",
    "side_lying": "on the side",
    "hands_and_knees": "hands and knees",
    "kneeling": "kneeling",
    "half_kneeling": "kneeling on one knee",
    "sitting": "sitting",
    "standing": "standing",
}


def position_words(position: str) -> str:
    """hands and knees"""
    return POSITIONS.get(position, position.replace("_", " "))


def init_app(app: Flask) -> None:
    for each in (long_date, weekday_date, clock, day_and_clock, position_words):
        app.jinja_env.filters[each.__name__] = each

    @app.context_processor
    def _face() -> dict[str, Any]:
        if not current_user or not current_user.is_authenticated:
            return {}
        return {"clinic": current_user.clinic, "current_account": current_user}
