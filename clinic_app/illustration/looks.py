"""Who the figure is: skin, hair, age, build and clothes, put together from plain choices.

Every contour is at least 5:1 against the white page. The shirt has the clinic's hue and is clearly lighter than the
trousers, so that a grey copy still tells them apart. Limbs of the far side are darker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from clinic_app.illustration.shades import contrast, distance, luminance, shade, vividness

Skin = Literal["very_light", "light", "beige", "tan", "brown", "dark", "very_dark"]
Hair = Literal["short", "long", "bun", "curls", "bald", "scarf"]
HairColour = Literal["black", "dark_brown", "brown", "red", "blonde", "grey"]
Age = Literal["adult", "older"]
Shape = Literal["slim", "average", "broad", "large"]


@dataclass(frozen=True, slots=True)
class Cloth:
    """Colours as "#rrggbb": `near` and `far` fill the two sides of the body, `contour` goes round both."""

    near: str
    far: str
    contour: str


@dataclass(frozen=True, slots=True)
class Build:
    """Factors on the half-widths of the average figure. Joints keep their width, so that contacts stay in place.

    `shoulders` and `hips` are widths seen from the front, the others are seen from every side.
    """

    shoulders: float = 1.0
    chest: float = 1.0
    belly: float = 1.0
    hips: float = 1.0
    seat: float = 1.0
    thigh: float = 1.0
    calf: float = 1.0
    arm: float = 1.0
    neck: float = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """`hair` dyes the hair or the headscarf. `sleeves` cover the arms under the shirt down to the wrists."""

    skin: Cloth
    shirt: Cloth
    trousers: Cloth
    style: Hair
    hair: Cloth
    age: Age = "adult"
    build: Build = Build()
    sleeves: Cloth | None = None


SKINS: Final = MappingProxyType(
    {
        "very_light": Cloth("#F8DCCB", "#E0B9A0", "#8F5E48"),
        "light": Cloth("#F0C9AE", "#D9A988", "#855439"),
        "beige": Cloth("#E3B08C", "#C88F69", "#7A4A2C"),
        "tan": Cloth("#C78F66", "#A9744E", "#57351F"),
        "brown": Cloth("#9A6444", "#7F4F33", "#3D2213"),
        "dark": Cloth("#7C4C33", "#613924", "#2C170C"),
        "very_dark": Cloth("#67402D", "#4E2E20", "#1D0E07"),
    }
)
"""From the lightest to the darkest."""

HAIR_COLOURS: Final = MappingProxyType(
    {
        "black": Cloth("#1E1715", "#1E1715", "#0E0A09"),
        "dark_brown": Cloth("#3B2A22", "#3B2A22", "#1F1510"),
        "brown": Cloth("#6E4A31", "#6E4A31", "#3A2415"),
        "red": Cloth("#A4552B", "#A4552B", "#5A2A12"),
        "blonde": Cloth("#D2A860", "#D2A860", "#6E5020"),
        "grey": Cloth("#A3ACB1", "#A3ACB1", "#4A5359"),
    }
)

BUILDS: Final = MappingProxyType(
    {
        "slim": Build(0.94, 0.92, 0.86, 0.92, 0.88, 0.88, 0.92, 0.9, 0.94),
        "average": Build(),
        "broad": Build(1.12, 1.12, 1.1, 1.05, 1.06, 1.1, 1.1, 1.18, 1.14),
        "large": Build(1.08, 1.16, 1.45, 1.25, 1.28, 1.22, 1.14, 1.22, 1.14),
    }
)

CLINIC_COLOUR: Final = "#0E5A68"
_SCARF: Final = Cloth("#7A67A0", "#7A67A0", "#35284F")
_SLATE: Final = Cloth("#3A4A58", "#283540", "#161F27")
_NIGHT: Final = Cloth("#202B37", "#11181F", "#5A6C7C")
_NOT_SKIN: Final = 45.0  # by `shades.distance`
_SKIN_TO_TROUSERS: Final = 1.6  # below this a hand on the thigh is lost in a grey copy


@lru_cache(maxsize=256)
def shirt_of(colour: str, paleness: float = 0.0) -> Cloth:
    """A shirt in the hue of the clinic's "#rrggbb" colour, as light for a black, white or neon colour as for any.

    `paleness` takes the hue out of it: 1 is a grey shirt.
    """
    strength = vividness(colour)
    vivid = min(0.6 * strength, 0.48) * (1 - paleness)
    light = 0.39 + 0.16 * max(0.0, 1 - strength / 0.4)  # a clinic without a hue wears a light grey
    return Cloth(shade(colour, light, vivid), shade(colour, 0.65 * light, vivid), shade(colour, 0.042, vivid * 1.5))


def _shirt_on(skin: Cloth, colour: str) -> Cloth:
    """The shirt in the clinic's colour, or a greyer one where this colour would be taken for bare skin."""
    shirts = [shirt_of(colour, paleness) for paleness in (0.0, 0.6, 1.0)]
    return next((shirt for shirt in shirts if distance(shirt.near, skin.near) >= _NOT_SKIN), shirts[-1])


def _under(shirt: Cloth) -> Cloth:
    """Long sleeves of the same hue, a little darker, so that both layers are told apart in grey."""
    dark = luminance(shirt.far)
    return Cloth(shirt.far, shade(shirt.far, 0.6 * dark, vividness(shirt.far)), shirt.contour)


@lru_cache(maxsize=1024)
def look_of(
    *,
    skin: Skin = "beige",
    hair: Hair = "short",
    hair_colour: HairColour = "dark_brown",
    age: Age = "adult",
    shape: Shape = "average",
    colour: str = CLINIC_COLOUR,
) -> Look:
    """The look of plain choices; `colour` is the clinic's, "#rrggbb". Older people have grey hair."""
    dyed = _SCARF if hair == "scarf" else HAIR_COLOURS["grey" if age == "older" else hair_colour]
    seen = contrast(SKINS[skin].near, _SLATE.near) >= _SKIN_TO_TROUSERS
    shirt = _shirt_on(SKINS[skin], colour)
    sleeves = _under(shirt) if hair == "scarf" else None
    return Look(SKINS[skin], shirt, _SLATE if seen else _NIGHT, hair, dyed, age, BUILDS[shape], sleeves)


LOOKS: Final = MappingProxyType(
    {
        "a": look_of(),
        "b": look_of(skin="brown", hair="bun", hair_colour="black"),
        "c": look_of(skin="light", age="older"),
        "d": look_of(skin="tan", hair="scarf"),
        "e": look_of(skin="very_dark", hair="short", hair_colour="black", shape="broad"),
        "f": look_of(skin="very_light", hair="long", hair_colour="red", shape="large"),
        "g": look_of(skin="dark", hair="curls", age="older", shape="large"),
        "h": look_of(skin="beige", hair="bald", age="older", shape="slim"),
        "i": look_of(skin="tan", hair="curls", hair_colour="black", shape="slim"),
        "j": look_of(skin="light", hair="bun", hair_colour="blonde"),
    }
)
"""People to choose from by one letter, dressed in the colour of the demo."""


def the_look(look: Look | str) -> Look:
    """A look itself, or the one of that name. Raises KeyError when there is no such name."""
    return LOOKS[look] if isinstance(look, str) else look


INK: Final = "#16242E"
WHITE: Final = "#fff"
MAT: Final = "#CFE3E6"
PILLOW: Final = "#EEF3F4"
MOVE: Final = "#B3390B"
FEEL: Final = "#FFC542"
EYE: Final = "#22170F"
