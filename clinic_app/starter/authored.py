"""What every file of a content pack says about itself: who wrote it, when it is read again, whether it may be used."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from clinic_app.starter.lists import ReviewStatus, State
from clinic_app.starter.plain_text import Name, Sentence
from clinic_app.starter.problems import FieldProblem

LONGEST_REVIEW_YEARS = 3  # PIF TICK asks for a review cycle; three years at most is our judgement


def latest_due(since: date) -> date:
    """The last day by which content that was written or signed on `since` must be read again."""
    year = since.year + LONGEST_REVIEW_YEARS
    if (since.month, since.day) == (2, 29):
        return date(year, 2, 28)
    return since.replace(year=year)


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
        signed, due = self.review.reviewed_on, self.review.due
        since = max(self.written_on, signed) if signed else self.written_on
        if not since < due or due > latest_due(since):
            field = "reviewed_on" if since == signed else "written_on"
            raise FieldProblem("review.due", f"must be after {field} and at most {LONGEST_REVIEW_YEARS} years later")
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
