"""What the file of a protocol may say."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from clinic_app.starter.authored import Publishable, Strict
from clinic_app.starter.lists import BodyRegion
from clinic_app.starter.plain_text import Name, Sentence, Slug
from clinic_app.starter.plain_words import SIDE_WORD
from clinic_app.starter.problems import FieldProblem

Weeks = Annotated[int, Field(ge=1, le=52)]


class ProtocolGroup(Strict):
    """`name` is the clinical heading that staff know, `patient_name` the one that is printed."""

    name: Name
    patient_name: Name
    exercises: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=12)]


class Protocol(Publishable):
    """A reusable programme. `why` and `safety` name files; the weeks count from the day of issue."""

    slug: Slug
    name: Name
    summary: Sentence
    body_regions: Annotated[tuple[BodyRegion, ...], Field(min_length=1)]
    groups: Annotated[tuple[ProtocolGroup, ...], Field(min_length=1, max_length=8)]
    review_weeks: Weeks
    not_better_weeks: Weeks
    safety: Slug
    why: Slug

    @property
    def exercise_slugs(self) -> tuple[str, ...]:
        return tuple(slug for group in self.groups for slug in group.exercises)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        slugs = self.exercise_slugs
        for slug in slugs:
            if slugs.count(slug) > 1:
                raise FieldProblem("groups", f'"{slug}" stands there twice')
        return self

    @model_validator(mode="after")
    def _no_side(self) -> Self:
        """One protocol serves many patients, so it cannot know whose side: only a programme chooses one."""
        texts = [("name", self.name), ("summary", self.summary)]
        for number, group in enumerate(self.groups, start=1):
            texts += [(f"groups.{number}.name", group.name), (f"groups.{number}.patient_name", group.patient_name)]
        for field, text in texts:
            if side := SIDE_WORD.search(text):
                raise FieldProblem(field, f'says "{side[0]}", but only a programme chooses the side')
        return self
