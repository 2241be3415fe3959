"""What the files of a content pack may say: one frozen, strict model per kind of file.

A model checks its own file; `pack.py` checks what one file says about another.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, model_validator

from clinic_app.dosage import BodyPart, Dosage, Side, limits
from clinic_app.starter.lists import (
    UPRIGHT,
    BodyRegion,
    Equipment,
    EvidenceGrade,
    Kind,
    PrecautionCode,
    ReviewStatus,
    Severity,
    StartingPosition,
    State,
)
from clinic_app.starter.plain_text import Line, Name, Sentence, Slug
from clinic_app.starter.problems import FieldProblem
from clinic_app.starter.usual_dosage import read_dosage

LONGEST_REVIEW_YEARS = 3  # PIF TICK asks for a review cycle; three years at most is our judgement
Weeks = Annotated[int, Field(ge=1, le=52)]
_PLACEHOLDERS = ("{phone}", "{specialist}")


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Review(_Strict):
    """`due` is the day by which somebody must have read the content again."""

    status: ReviewStatus
    due: date
    reviewed_by: Name | None = None
    reviewed_on: date | None = None

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if self.status is ReviewStatus.REVIEWED and not (self.reviewed_by and self.reviewed_on):
            raise FieldProblem("reviewed_by", 'the status is "reviewed", so reviewed_by and reviewed_on must be given')
        return self


class _Authored(_Strict):
    """What every clinical file carries: who wrote it, when it is read again, under which licence."""

    author: Name
    written_on: date
    licence: Name
    review: Review

    @model_validator(mode="after")
    def _reviewed_in_time(self) -> Self:
        written, due = self.written_on, self.review.due
        latest = (written.year + LONGEST_REVIEW_YEARS, written.month, written.day)
        if not (written.year, written.month, written.day) < (due.year, due.month, due.day) <= latest:
            raise FieldProblem("review.due", f"must be after written_on and at most {LONGEST_REVIEW_YEARS} years later")
        return self


class _Publishable(_Authored):
    state: State
    state_reason: Sentence | None = None

    @model_validator(mode="after")
    def _draft_says_why(self) -> Self:
        if self.state is State.DRAFT and not self.state_reason:
            raise FieldProblem("state_reason", "must say why this is a draft")
        return self


class Precaution(_Strict):
    """`text` is for staff; the patient reads `take_care`."""

    code: PrecautionCode
    severity: Severity
    text: Sentence


class Link(_Strict):
    """Another exercise, and the rule in plain words for changing to it."""

    slug: Slug
    rule: Sentence


class Evidence(_Strict):
    source: Sentence
    grade: EvidenceGrade


class Picture(_Strict):
    """One frame. `pose` names a file in `poses/`; `alt` is the posture in words, empty only while it is a draft."""

    letter: Literal["A", "B", "C", "D"]
    pose: Slug
    caption: Name
    alt: Sentence | Literal[""]


class Exercise(_Publishable):
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


class ProtocolGroup(_Strict):
    """`name` is the clinical heading that staff know, `patient_name` the one that is printed."""

    name: Name
    patient_name: Name
    exercises: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=12)]


class Protocol(_Publishable):
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


def _known_placeholders(text: str) -> str:
    bare = text
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(placeholder, "")
    if "{" in bare or "}" in bare:
        raise ValueError("may use only {phone} and {specialist} in curly brackets")
    return text


Advised = Annotated[Sentence, AfterValidator(_known_placeholders)]


class Action(_Strict):
    """`action` is printed bold; `when` follows it on the same line."""

    action: Advised
    when: Advised


class SafetyText(_Authored):
    """The safety box before phone and specialist are filled in. Editable only by a clinical-safety role."""

    slug: Slug
    version: Annotated[int, Field(ge=1)]
    title: Name
    lead: Line
    emergency: Annotated[tuple[Line, ...], Field(min_length=4, max_length=14)]
    urgent: Action
    stop: Action
    specialist: Action
    specialist_unnamed: Action
    sources: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    local_note: Sentence

    @model_validator(mode="after")
    def _says_whom_to_call(self) -> Self:
        if "{phone}" not in self.stop.action:
            raise FieldProblem("stop.action", "must contain {phone}")
        if "{specialist}" not in self.specialist.action:
            raise FieldProblem("specialist.action", "must contain {specialist}")
        unnamed = self.specialist_unnamed
        if "{specialist}" in unnamed.action + unnamed.when:
            raise FieldProblem(
                "specialist_unnamed", "is for clinics that name none, so {specialist} may not stand there"
            )
        if "{phone}" not in unnamed.action + unnamed.when:
            raise FieldProblem("specialist_unnamed", "must contain {phone}")
        return self


class Text(_Authored):
    """A short text for the patient, such as why exercise helps."""

    slug: Slug
    title: Name
    paragraphs: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=8)]


class SorenessLevel(_Strict):
    """Soreness from `lowest` to `highest` on a scale of 0 to 10, and what to do about it."""

    lowest: Annotated[int, Field(ge=0, le=10)]
    highest: Annotated[int, Field(ge=0, le=10)]
    heading: Name
    advice: Sentence


class SorenessGuide(_Authored):
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


class PackAbout(_Strict):
    """`pack.toml`: what the pack is called, who wrote it, and that the clinic has yet to review it."""

    name: Name
    version: Name
    language: Literal["en-GB"]
    licence: Name
    author: Name
    review_status: ReviewStatus
    notice: Sentence
