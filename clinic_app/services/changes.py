"""What changed since the last sheet, from one frozen edition to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from clinic_app.dosage import BodyPart, Dosage
from clinic_app.dosage.difference import differences
from clinic_app.rendering.content import Change, ChangeKind


class Said(Protocol):
    """What a comparison needs of an exercise of an edition, or of a row of a programme."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def dosage(self) -> Dosage: ...
    @property
    def body_part(self) -> BodyPart: ...


def changes(before: Iterable[Said], now: Iterable[Said], language: str = "en") -> tuple[Change, ...]:
    """New and changed exercises in the order of the new sheet, then the stopped ones in the order of the old."""
    old = {exercise.slug: exercise for exercise in before}
    lines: list[Change] = []
    slugs = set()
    for exercise in now:
        slugs.add(exercise.slug)
        was = old.get(exercise.slug)
        if was is None:
            lines.append(Change(ChangeKind.NEW, exercise.slug, exercise.name))
            continue
        lines += [
            Change(ChangeKind.CHANGED, exercise.slug, exercise.name, now=difference.now, was=difference.was)
            for difference in differences(was.dosage, exercise.dosage, exercise.body_part, language)
        ]
    lines += [
        Change(ChangeKind.STOPPED, exercise.slug, exercise.name) for slug, exercise in old.items() if slug not in slugs
    ]
    return tuple(lines)
