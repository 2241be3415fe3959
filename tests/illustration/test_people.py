"""Who a picture shows: always the same person for an exercise, many people in a catalogue, and what was chosen."""

import pytest

from clinic_app.illustration.looks import BUILDS, HAIR_COLOURS, SKINS, look_of
from clinic_app.illustration.people import CHOICES, PARTS, PEOPLE, Person, look_for, person_of
from clinic_app.starter.pack import load_pack

SLUGS = [exercise.slug for exercise in load_pack().exercises]


def test_every_person_is_described_wholly() -> None:
    assert len(set(PEOPLE)) == len(PEOPLE)
    for person in PEOPLE:
        assert all(getattr(person, part) in CHOICES[part] for part in PARTS)


def test_the_people_are_of_every_kind() -> None:
    """Nobody who opens the catalogue should find only others in it."""
    for part in ("skin", "hair", "age", "shape"):
        assert {getattr(person, part) for person in PEOPLE} == set(CHOICES[part]), part


def test_the_starter_catalogue_shows_nearly_all_of_them() -> None:
    shown = [person_of(slug) for slug in SLUGS]
    assert len(set(shown)) == len(PEOPLE)
    assert max(shown.count(person) for person in PEOPLE) <= len(SLUGS) / 6


def test_an_exercise_keeps_its_person() -> None:
    """Written down here, because a reprint in ten years must not show somebody else."""
    assert person_of("bridge") == PEOPLE[8]
    assert look_for("bridge") == look_for("bridge")


def test_a_choice_goes_before_and_the_rest_stays_open() -> None:
    clinic, patient = Person(shape="large", age="older"), Person(hair="scarf", age="adult")
    look = look_for("bridge", patient, clinic)
    assert look.style == "scarf"
    assert look.age == "adult"
    assert look.build == BUILDS["large"]
    assert look.skin == SKINS[person_of("bridge").skin]


def test_a_word_that_we_cannot_draw_is_left_open() -> None:
    assert look_for("bridge", Person(hair="mohican", skin="<script>")) == look_for("bridge")


def test_the_figure_wears_the_colour_of_the_clinic() -> None:
    assert look_for("bridge", colour="#8A1F5C").shirt == look_of(colour="#8A1F5C").shirt
    assert look_for("bridge", colour="#8A1F5C").shirt != look_for("bridge").shirt


@pytest.mark.parametrize("age", CHOICES["age"])
def test_grey_hair_comes_with_age(age: str) -> None:
    look = look_for("bridge", Person(age=age, hair="short", hair_colour="black"))
    assert look.hair == HAIR_COLOURS["grey" if age == "older" else "black"]
