"""The choice of the figure in the pictures: the same five fields for a clinic and for one patient."""

from __future__ import annotations

from typing import Final

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional

from clinic_app.illustration.people import PARTS

LEGENDS: Final = {"skin": "Skin", "hair": "Hair", "hair_colour": "Hair colour", "age": "Age", "shape": "Body shape"}
WORDS: Final = {
    "skin": {
        "very_light": "Very light",
        "light": "Light",
        "beige": "Beige",
        "tan": "Tan",
        "brown": "Brown",
        "dark": "Dark",
        "very_dark": "Very dark",
    },
    "hair": {
        "short": "Short",
        "long": "Long",
        "bun": "In a bun",
        "curls": "Curls",
        "bald": "Bald",
        "scarf": "Headscarf",
    },
    "hair_colour": {
        "black": "Black",
        "dark_brown": "Dark brown",
        "brown": "Brown",
        "red": "Red",
        "blonde": "Blonde",
        "grey": "Grey",
    },
    "age": {"adult": "Adult", "older": "Older"},
    "shape": {"slim": "Slim", "average": "Average", "broad": "Broad", "large": "Large"},
}
COLUMNS: Final = tuple(f"figure_{part}" for part in PARTS)
OPEN: Final = "Left open"  # the pages say what it means there


def choice(part: str) -> RadioField:
    """A radio field whose first choice, "", leaves the part open."""
    choices = [SelectChoice(value="", label=OPEN)]
    choices += [SelectChoice(value=key, label=label) for key, label in WORDS[part].items()]
    return RadioField(LEGENDS[part], [Optional()], choices=choices, default="")


class FigureFields:
    """To be inherited beside a form; the names are those of the columns."""

    figure_skin = choice("skin")
    figure_hair = choice("hair")
    figure_hair_colour = choice("hair_colour")
    figure_age = choice("age")
    figure_shape = choice("shape")

    @property
    def figure(self) -> dict[str, str]:
        """Column -> what was chosen, "" where it was left open."""
        return {column: getattr(self, column).data or "" for column in COLUMNS}
