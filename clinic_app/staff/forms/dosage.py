"""A dose as fields: a number each, so that it is never typed as prose. A range is two fields."""

from __future__ import annotations

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from clinic_app.dosage import HoldUnit, Range
from clinic_app.web.fields import NumberField


class DosageFields(Form):
    hold_min = NumberField("Hold")
    hold_max = NumberField("Hold, at most")
    hold_unit = SelectField("Hold in", choices=[SelectChoice(value=str(unit)) for unit in HoldUnit])
    duration_min = NumberField("Keep going")
    duration_max = NumberField("Keep going, at most")
    reps_min = NumberField("Repeat")
    reps_max = NumberField("Repeat, at most")
    sets_min = NumberField("Rounds")
    sets_max = NumberField("Rounds, at most")
    rest = NumberField("Rest between rounds")
    times_per_day_min = NumberField("Times a day")
    times_per_day_max = NumberField("Times a day, at most")
    days_per_week_min = NumberField("Days a week")
    days_per_week_max = NumberField("Days a week, at most")
    weeks_min = NumberField("Weeks")
    weeks_max = NumberField("Weeks, at most")


def ends(name: str, amount: Range | None) -> dict[str, int | None]:
    """The values of the two fields of a range; a single number leaves the second one empty."""
    if amount is None:
        return {f"{name}_min": None, f"{name}_max": None}
    return {f"{name}_min": amount.minimum, f"{name}_max": None if amount.is_single else amount.maximum}
