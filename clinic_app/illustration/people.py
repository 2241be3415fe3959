"""Which person a picture shows: what a clinic and a patient chose, and for the rest one of twelve different people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, cast, get_args

from clinic_app.illustration.looks import CLINIC_COLOUR, Age, Hair, HairColour, Look, Shape, Skin, look_of


@dataclass(frozen=True, slots=True)
class Person:
    """What can be chosen of a figure; "" leaves it open. The words are those of `looks`."""

    skin: str = ""
    hair: str = ""
    hair_colour: str = ""
    age: str = ""
    shape: str = ""

    def over(self, other: Person) -> Person:
        """This choice where one was made, and the other one's where it was left open or names nothing we can draw."""
        mine = {part: getattr(self, part) for part in PARTS}
        return Person(
            **{part: value if value in CHOICES[part] else getattr(other, part) for part, value in mine.items()}
        )


PARTS: Final = Person.__slots__
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "skin": get_args(Skin),
    "hair": get_args(Hair),
    "hair_colour": get_args(HairColour),
    "age": get_args(Age),
    "shape": get_args(Shape),
}

PEOPLE: Final = (
    Person("beige", "short", "dark_brown", "adult", "average"),
    Person("brown", "bun", "black", "adult", "average"),
    Person("light", "short", "grey", "older", "average"),
    Person("tan", "scarf", "black", "adult", "average"),
    Person("very_dark", "short", "black", "adult", "broad"),
    Person("very_light", "long", "red", "adult", "large"),
    Person("dark", "curls", "grey", "older", "large"),
    Person("beige", "bald", "grey", "older", "slim"),
    Person("tan", "curls", "black", "adult", "slim"),
    Person("light", "bun", "blonde", "adult", "broad"),
    Person("very_dark", "bun", "black", "adult", "slim"),
    Person("brown", "scarf", "black", "older", "large"),
)
"""Different people, so that a catalogue shows many kinds."""


def person_of(slug: str) -> Person:
    """Always the same one of `PEOPLE` for an exercise, so that its frames and its reprints show one person."""
    return PEOPLE[int.from_bytes(hashlib.sha256(f"person of {slug}".encode()).digest()[:4]) % len(PEOPLE)]


def look_of_person(person: Person, colour: str = CLINIC_COLOUR) -> Look:
    """How a person looks of whom everything is known, in clothes of the clinic's "#rrggbb" colour.

    Raises:
        KeyError: a part is open or names nothing we can draw; `over` a person of `PEOPLE` it never does.
    """
    return look_of(
        skin=cast("Skin", person.skin),
        hair=cast("Hair", person.hair),
        hair_colour=cast("HairColour", person.hair_colour),
        age=cast("Age", person.age),
        shape=cast("Shape", person.shape),
        colour=colour,
    )


def look_for(slug: str, *chosen: Person, colour: str = CLINIC_COLOUR) -> Look:
    """How the figure of an exercise looks; of several choices the first one that says something counts.

    `colour` is the clinic's, "#rrggbb".
    """
    person = person_of(slug)
    for choice in reversed(chosen):
        person = choice.over(person)
    return look_of_person(person, colour)
