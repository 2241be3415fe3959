"""What every file of a content pack says about itself: who wrote it, when it is read again, whether it may be used."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from clinic_app.starter.lists import ReviewStatus, State
from clinic_app.starter.plain_text import Name, Sentence
from clinic_app.starter.problems import FieldProblem

LONGEST_REVIEW_YEARS = 3  # PIF TICK asks for a review cycle; three years at most is our judgement


class Strict(BaseModel):
    """Frozen; refuses unknown fields and values of another type."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Review(Strict):
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


class Authored(Strict):
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


class Publishable(Authored):
    """What staff may give to patients once it is published."""

    state: State
    state_reason: Sentence | None = None

    @model_validator(mode="after")
    def _draft_says_why(self) -> Self:
        if self.state is State.DRAFT and not self.state_reason:
            raise FieldProblem("state_reason", "must say why this is a draft")
        return self
