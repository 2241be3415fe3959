"""What the file of an exercise may say."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from clinic_app.dosage import BodyPart, Dosage, Side, limits
from clinic_app.starter.authored import Publishable, Strict
from clinic_app.starter.lists import (
    UPRIGHT,
    BodyRegion,
    Equipment,
    EvidenceGrade,
    Kind,
    PrecautionCode,
    Severity,
    StartingPosition,
    State,
)
from clinic_app.starter.plain_text import Name, Sentence, Slug
from clinic_app.starter.problems import FieldProblem
from clinic_app.starter.usual_dosage import read_dosage


class Precaution(Strict):
    """`text` is for staff; the patient reads `take_care`."""

    code: PrecautionCode
    severity: Severity
    text: Sentence


class Link(Strict):
    """Another exercise, and the rule in plain words for changing to it."""

    slug: Slug
    rule: Sentence


class Evidence(Strict):
    source: Sentence
    grade: EvidenceGrade


class Picture(Strict):
    """One frame. `pose` names a file in `poses/`; `alt` is the posture in words, made from the pose if it is left out.

    It is empty only while nothing is drawn.
    """

    letter: Literal["A", "B", "C", "D"]
    pose: Slug
    caption: Name
    alt: Sentence | Literal[""] = ""


class Exercise(Publishable):
    """One catalogue entry. Words for the patient never name a side: a programme chooses it."""

    slug: Slug
    name: Name
    aliases: tuple[Name, ...]
    body_regions: Annotated[tuple[BodyRegion, ...], Field(min_length=1)]
    kind: Kind
    starting_position: StartingPosition
    body_part: BodyPart | None = None
    equipment: tuple[Equipment, ...]
    steps: Annotated[tuple[Sentence, ...], Field(min_length=3, max_length=12)]
    both_sides_step: Sentence | None = None
    feel: Sentence
    mistakes: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=6)]
    take_care: Sentence
    precautions: Annotated[tuple[Precaution, ...], Field(min_length=1)]
    easier: tuple[Link, ...]
    easier_tip: Sentence
    harder: tuple[Link, ...]
    dosage: Annotated[Dosage, PlainValidator(read_dosage)]
    benefit: Sentence
    targets: Sentence
    evidence: Evidence
    pictures: tuple[Picture, ...]

    @property
    def on_floor(self) -> bool:
        """Whether the patient has to get down to the floor and up again (or use a firm bed)."""
        return self.starting_position not in UPRIGHT

    @property
    def has_sides(self) -> bool:
        return self.body_part is not None

    def steps_for(self, side: Side | None) -> tuple[str, ...]:
        """The steps, and how to change sides only where the patient works on both."""
        if self.both_sides_step and side in {Side.EACH, Side.ALTERNATE}:
            return (*self.steps, self.both_sides_step)
        return self.steps

    @model_validator(mode="after")
    def _dosage_agrees(self) -> Self:
        one_sided = self.dosage.side in {Side.EACH, Side.ALTERNATE}
        if self.has_sides and not one_sided:
            raise FieldProblem("dosage.side", 'must be "each" or "alternate", because body_part is given')
        if not self.has_sides and self.dosage.side is not Side.NONE:
            raise FieldProblem("dosage.side", 'must be "none", because body_part is missing')
        for finding in limits.check(self.dosage, has_sides=self.has_sides, kind=self.kind.value):
            if finding.severity is limits.Severity.REFUSE:
                raise FieldProblem(f"dosage.{finding.field}", finding.message.removesuffix("."))
        if self.has_sides != (self.both_sides_step is not None):
            raise FieldProblem("both_sides_step", "belongs to exercises with a body_part, and only to those")
        return self

    @model_validator(mode="after")
    def _pictures_agree(self) -> Self:
        letters = [picture.letter for picture in self.pictures]
        if letters != ["A", "B", "C", "D"][: len(letters)]:
            raise FieldProblem("pictures", "must be lettered A, B and so on, in order")
        if self.state is State.PUBLISHED and len(letters) < 2:
            raise FieldProblem("pictures", "must show start and end before the exercise is published")
        for number, picture in enumerate(self.pictures, start=1):
            if self.state is State.PUBLISHED and not picture.alt:
                raise FieldProblem(f"pictures.{number}.alt", "must describe the picture before it is published")
        return self
