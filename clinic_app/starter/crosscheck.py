"""What the files of a pack say about each other: links, protocols, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from clinic_app.starter.lists import State
from clinic_app.starter.problems import broken
from clinic_app.starter.schema import Exercise, Protocol, SafetyText, Text

REQUIRED_TEXTS = ("floor", "getting-easier", "why-stretching-helps")


def refuse_broken_links(
    exercises: Sequence[Exercise],
    protocols: Sequence[Protocol],
    safety: Sequence[SafetyText],
    texts: Sequence[Text],
) -> None:
    """Check every slug that one file uses for another, and that nothing published stands on a draft.

    Raises:
        BrokenContent: for the first link that leads nowhere or contradicts another.
    """
    _refuse_missing_texts(texts)
    known = {exercise.slug: exercise for exercise in exercises}
    _refuse_same_name(exercises)
    for exercise in exercises:
        _refuse_bad_links(exercise, known)
    _refuse_circles(exercises)
    safety_slugs = {advice.slug for advice in safety}
    text_slugs = {text.slug for text in texts}
    for protocol in protocols:
        file = f"protocols/{protocol.slug}.toml"
        if protocol.safety not in safety_slugs:
            raise broken(file, "safety", f'there is no safety advice "{protocol.safety}"')
        if protocol.why not in text_slugs:
            raise broken(file, "why", f'there is no text "{protocol.why}"')
        for slug in protocol.exercise_slugs:
            if slug not in known:
                raise broken(file, "groups", f'there is no exercise "{slug}"')
            if protocol.state is State.PUBLISHED and known[slug].state is not State.PUBLISHED:
                raise broken(file, "state", f'a published protocol cannot use "{slug}", which is not published')


def refuse_missing_pictures(exercises: Sequence[Exercise], poses: Path) -> None:
    """Check that each picture of a published exercise has its pose file; a draft may still wait for one.

    Raises:
        BrokenContent: for the first picture without a file in the folder `poses`.
    """
    drawn = {path.stem for path in poses.glob("*.*")}
    for exercise in exercises:
        for number, picture in enumerate(exercise.pictures, start=1):
            if exercise.state is State.PUBLISHED and picture.pose not in drawn:
                file = f"exercises/{exercise.slug}.toml"
                raise broken(file, f"pictures.{number}.pose", f'there is no picture "{picture.pose}" in poses')


def _refuse_missing_texts(texts: Sequence[Text]) -> None:
    slugs = {text.slug for text in texts}
    for slug in REQUIRED_TEXTS:
        if slug not in slugs:
            raise broken(f"texts/{slug}.toml", "", "the file is missing")


def _refuse_same_name(exercises: Sequence[Exercise]) -> None:
    """Staff find an exercise by typing its name, so a name means one exercise only."""
    owner: dict[str, str] = {}
    for exercise in exercises:
        for field, names in (("name", (exercise.name,)), ("aliases", exercise.aliases)):
            for name in names:
                other = owner.setdefault(name.casefold(), exercise.slug)
                if other != exercise.slug:
                    file = f"exercises/{exercise.slug}.toml"
                    raise broken(file, field, f'"{name}" is already a name of "{other}"')


def _refuse_bad_links(exercise: Exercise, known: dict[str, Exercise]) -> None:
    file = f"exercises/{exercise.slug}.toml"
    for field, links in (("easier", exercise.easier), ("harder", exercise.harder)):
        for number, link in enumerate(links, start=1):
            place = f"{field}.{number}.slug"
            if link.slug == exercise.slug:
                raise broken(file, place, "an exercise cannot lead to itself")
            if link.slug not in known:
                raise broken(file, place, f'there is no exercise "{link.slug}"')


def _refuse_circles(exercises: Sequence[Exercise]) -> None:
    """Going only to harder ones must never lead back: else two files contradict each other about what is harder."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for exercise in exercises:
        sorter.add(exercise.slug, *(link.slug for link in exercise.easier))
        for link in exercise.harder:
            sorter.add(link.slug, exercise.slug)
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        steps = ", then ".join(f'"{slug}"' for slug in circle)
        raise broken(f"exercises/{circle[0]}.toml", "easier and harder", f"{steps} go round in a circle") from None
