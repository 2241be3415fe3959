"""Every person in every clinic's colour can be read in colour, in grey and on a photocopy."""

from itertools import product
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clinic_app.illustration import LOOKS, Look, Scene, draw
from clinic_app.illustration.looks import BUILDS, FEEL, INK, MOVE, SKINS, WHITE, look_of, shirt_of, the_look
from clinic_app.illustration.people import CHOICES, Person, look_of_person
from clinic_app.illustration.shades import contrast, distance, luminance
from tests.shipped_pictures import scene

PAGE = "#FFFFFF"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ODD = (
    "#ffffff",
    "#000000",
    "#39ff14",
    "#ffff00",
    "#ff0000",
    "#0000ff",
    "#ff00ff",
    "#ffc542",
    "#b3390b",
    "#3a4a58",
    "#e3b08c",
    "#c78f66",
)


def faults(look: Look) -> list[str]:
    """What could not be told apart in this look."""
    parts = {"skin": look.skin, "shirt": look.shirt, "trousers": look.trousers, "hair": look.hair}
    wrong = [f"{name} contour" for name, cloth in parts.items() if contrast(cloth.contour, PAGE) < 5]
    limbs = {name: parts[name] for name in ("skin", "shirt", "trousers")}
    wrong += [f"{name} far and near" for name, cloth in limbs.items() if contrast(cloth.near, cloth.far) < 1.2]
    told = {
        "shirt and trousers": contrast(look.shirt.near, look.trousers.near) >= 3,
        "shirt lighter": luminance(look.shirt.near) > luminance(look.trousers.near),
        "shirt and contour": contrast(look.shirt.contour, look.shirt.near) >= 3,
        "far shirt and contour": contrast(look.shirt.contour, look.shirt.far) >= 3,
        "hand on thigh": contrast(look.skin.near, look.trousers.near) >= 1.6,
        "shirt is no bare skin": distance(look.shirt.near, look.skin.near) >= 45,
        "patch on trousers": contrast(FEEL, look.trousers.near) >= 3,
        "edge of the patch on the shirt": contrast(INK, look.shirt.near) >= 3,
        "arrow's casing": contrast(MOVE, PAGE) >= 3 and WHITE == "#fff",
    }
    return wrong + [name for name, holds in told.items() if not holds]


@given(
    st.builds(Person, **{part: st.sampled_from(words) for part, words in CHOICES.items()}),
    COLOURS,
)
@example(Person("very_dark", "bald", "black", "adult", "large"), "#ffffff")
def test_everybody_can_be_read_in_every_colour(person: Person, colour: str) -> None:
    assert faults(look_of_person(person, colour)) == []


def test_everybody_can_be_read_in_colours_that_clinics_should_not_have() -> None:
    for skin, colour in product(SKINS, ODD):
        look = look_of(skin=skin, colour=colour)
        assert faults(look) == [], (skin, colour)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_named_people_can_be_read(name: str) -> None:
    assert faults(LOOKS[name]) == []


@given(COLOURS)
def test_a_shirt_is_as_light_in_grey_whatever_the_colour(colour: str) -> None:
    assert 0.37 <= luminance(shirt_of(colour).near) <= 0.57


def test_a_shirt_keeps_the_hue_of_the_clinic() -> None:
    red, green, blue = (shirt_of(colour).near for colour in ("#a3182a", "#1e6b43", "#1c3f95"))
    assert int(red[1:3], 16) > int(red[3:5], 16) + 40
    assert int(green[3:5], 16) > int(green[1:3], 16) + 40
    assert int(blue[5:7], 16) > int(blue[1:3], 16) + 40


def test_skins_are_named_from_light_to_dark() -> None:
    light = [luminance(skin.near) for skin in SKINS.values()]
    assert light == sorted(light, reverse=True)
    assert len(light) >= 6
    assert len({skin.contour for skin in SKINS.values()}) == len(light)


def test_builds_differ_and_the_average_is_as_it_is() -> None:
    assert len(set(BUILDS.values())) >= 4
    assert {getattr(BUILDS["average"], part) for part in BUILDS["average"].__slots__} == {1.0}
    assert BUILDS["slim"].belly < 1 < BUILDS["broad"].belly < BUILDS["large"].belly


def test_every_head_is_drawn_for_every_age(scenes: dict[str, Scene]) -> None:
    drawings = [
        draw(scenes["bridge-a"], look_of(hair=hair, age=age)) for hair, age in product(CHOICES["hair"], CHOICES["age"])
    ]
    assert len(set(drawings)) == len(drawings)
    for drawing in drawings:
        assert 12 <= len(list(ET.fromstring(drawing).iter())) <= 24


def test_a_look_goes_by_its_name_or_as_it_is(scenes: dict[str, Scene]) -> None:
    assert the_look("b") is LOOKS["b"]
    assert draw(scenes["bridge-a"], "b") == draw(scenes["bridge-a"], LOOKS["b"])
    with pytest.raises(KeyError):
        the_look("nobody")


@pytest.mark.parametrize("frame", ["bridge-a", "neck-side-bend-b", "seated-trunk-rotation-b", "knee-rolls-b"])
def test_arms_are_covered_under_a_headscarf(frame: str) -> None:
    """One look in all views: sleeves to the wrists in the shirt's hue, hands in the colour of the skin."""
    covered, bare = look_of(hair="scarf"), look_of(hair="bun")
    assert covered.sleeves
    assert bare.sleeves is None
    drawn = ET.fromstring(draw(scene(frame), covered))
    in_sleeves = [node for node in drawn if node.get("fill") in (covered.sleeves.near, covered.sleeves.far)]
    assert len(in_sleeves) >= 2
    assert len(list(drawn)) <= len(list(ET.fromstring(draw(scene(frame), bare)))) + 3
    assert contrast(covered.sleeves.near, covered.shirt.near) >= 1.2
