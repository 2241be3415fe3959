"""What changed since the last sheet, from one frozen edition to the next."""

from __future__ import annotations

from collections.abc import Iterable

from clinic_app.dosage.difference import differences
from clinic_app.rendering.content import Change, ChangeKind, Exercise


def changes(before: Iterable[Exercise], now: Iterable[Exercise], language: str = "en") -> tuple[Change, ...]:
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
