"""Ways to change one thing in the sample handout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from clinic_app.rendering.content import Handout

Edit = Callable[[Handout], Handout]


def clinic(**fields: Any) -> Edit:
    return lambda handout: replace(handout, clinic=replace(handout.clinic, **fields))


def patient(**fields: Any) -> Edit:
    return lambda handout: replace(handout, patient=replace(handout.patient, **fields))


def safety(**fields: Any) -> Edit:
    return lambda handout: replace(handout, safety=replace(handout.safety, **fields))


def exercise(**fields: Any) -> Edit:
    """Changes exercise 2, the pelvic tilt."""

    def edit(handout: Handout) -> Handout:
        first, second, *rest = handout.exercises
        return replace(handout, exercises=(first, replace(second, **fields), *rest))

    return edit


def picture(**fields: Any) -> Edit:
    def edit(handout: Handout) -> Handout:
        start, end = handout.exercises[1].pictures
        return exercise(pictures=(start, replace(end, **fields)))(handout)

    return edit
