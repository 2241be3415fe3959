"""What the lines of an import say against each other and against the rest of the catalogue: names, and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from clinic_app.services.exercise_columns import Fault
from clinic_app.services.exercise_import_checks import Outcome


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue holds of one exercise, as far as other exercises have to agree with it."""

    slug: str
    names: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]


def disagreements(outcomes: Sequence[Outcome], catalogue: Iterable[Known]) -> dict[int, list[Fault]]:
    """What the good lines say against each other and against the rest of the catalogue, by the line's index.

    A line that leads only to a refused one is refused too, and so on until all that is left holds together.
    """
    found: dict[int, list[Fault]] = {}
    good = {index: each for index, each in enumerate(outcomes) if each.is_good}
    first: dict[str, int] = {}
    for index, each in good.items():
        earlier = first.setdefault(each.slug, index)
        if earlier != index:
            found[index] = [("slug", f"“{each.slug}” is already used in {outcomes[earlier].place}")]
    rest = [each for each in catalogue if each.slug not in first]
    owners = {name.casefold(): each.slug for each in rest for name in each.names}
    for index, each in good.items():
        if index not in found and (faults := list(_taken_names(each, owners))):
            found[index] = faults
    while late := _broken_links({i: each for i, each in good.items() if i not in found}, rest):
        found |= late
    return found


def _taken_names(outcome: Outcome, owners: dict[str, str]) -> Iterator[Fault]:
    for number, name in enumerate(outcome.names):
        owner = owners.setdefault(name.casefold(), outcome.slug)
        if owner != outcome.slug:
            yield "aliases" if number else "name", f"“{name}” is already a name of “{owner}”"


def _broken_links(good: Mapping[int, Outcome], rest: Sequence[Known]) -> dict[int, list[Fault]]:
    known = {each.slug for each in rest} | {each.slug for each in good.values()}
    found: dict[int, list[Fault]] = {}
    for index, each in good.items():
        faults = []
        for column, slugs in (("easier", each.easier), ("harder", each.harder)):
            for slug in slugs:
                if slug == each.slug:
                    faults.append((column, "an exercise cannot lead to itself"))
                elif slug not in known:
                    faults.append((column, f"there is no exercise “{slug}” that could be imported or is here already"))
        if faults:
            found[index] = faults
    return found or _circle(good, rest)


def _circle(good: Mapping[int, Outcome], rest: Sequence[Known]) -> dict[int, list[Fault]]:
    """Going only to harder ones must never lead back. A circle that was in the catalogue before stays there."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    everybody: list[Known | Outcome] = [*rest, *good.values()]
    for each in everybody:
        sorter.add(each.slug, *each.easier)
        for slug in each.harder:
            sorter.add(slug, each.slug)
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        steps = ", then ".join(f"“{slug}”" for slug in circle[:6])
        fault = ("easier and harder", f"{steps} go round in a circle")
        return {index: [fault] for index, each in good.items() if each.slug in circle}
    return {}
