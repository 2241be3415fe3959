"""What the files of the short texts for patients may say."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from clinic_app.starter.authored import Authored, Strict
from clinic_app.starter.plain_text import Name, Sentence, Slug
from clinic_app.starter.problems import FieldProblem


class Text(Authored):
    """A short text for the patient, such as why exercise helps."""

    slug: Slug
    title: Name
    paragraphs: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=8)]


class SorenessLevel(Strict):
    """Soreness from `lowest` to `highest` on a scale of 0 to 10, and what to do about it."""

    lowest: Annotated[int, Field(ge=0, le=10)]
    highest: Annotated[int, Field(ge=0, le=10)]
    heading: Name
    advice: Sentence


class SorenessGuide(Authored):
    slug: Slug
    title: Name
    levels: Annotated[tuple[SorenessLevel, ...], Field(min_length=3, max_length=3)]

    @model_validator(mode="after")
    def _whole_scale(self) -> Self:
        edges = [(level.lowest, level.highest) for level in self.levels]
        numbers = [number for low, high in edges for number in range(low, high + 1)]
        if numbers != list(range(11)):
            raise FieldProblem("levels", "must cover 0 to 10 in order, each number once")
        return self
