"""What the page of the day shows of one account: its patients, its drafts, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer

from clinic_app.database import db
from clinic_app.models import Account, Exercise, Handout, Patient, Programme, Protocol, Withdrawal
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import patients, print_desk

OLD_DRAFT = timedelta(days=7)
WEEKS_OF_USE = timedelta(weeks=12)  # how far back "most used" looks
MOST_RECENT, MOST_DRAFTS, MOST_NEEDS = 7, 20, 5  # of each kind


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for this person; of each kind at most 5, the oldest first."""

    not_printed: Sequence[Handout]
    old_drafts: Sequence[Programme]
    reviews_due: Sequence[Programme]
    content_due: Sequence[Exercise]
    to_review: Sequence[Exercise]

    @property
    def count(self) -> int:
        kinds = (self.not_printed, self.old_drafts, self.reviews_due, self.content_due, self.to_review)
        return sum(len(kind) for kind in kinds)


def needs(account: Account, now: datetime) -> Needs:
    keeper = account.keeps_catalogue
    return Needs(
        not_printed=_not_printed(account),
        old_drafts=_some(_drafts(account).where(Programme.saved_at < now - OLD_DRAFT).order_by(Programme.saved_at)),
        reviews_due=_reviews_due(account, now),
        content_due=_content_due(account, now) if keeper else (),
        to_review=_to_review(account) if keeper else (),
    )


def drafts(account: Account) -> Sequence[Programme]:
    """The account's programmes that differ from what was last issued, the newest first."""
    return _some(_drafts(account).order_by(Programme.saved_at.desc()), MOST_DRAFTS)


def recent_patients(account: Account, but: Sequence[int] = ()) -> Sequence[Patient]:
    """The patients this account worked with last, without those with the ids `but`; new ones when there are none."""
    last = (
        select(Programme.patient_id, func.max(Programme.saved_at).label("at"))
        .where(Programme.clinic_id == account.clinic_id, _worked_on(account))
        .group_by(Programme.patient_id)
        .subquery()
    )
    known = patients.records(account).where(Patient.id.not_in(but))
    worked_with = known.join(last, last.c.patient_id == Patient.id).order_by(last.c.at.desc()).limit(MOST_RECENT)
    found = db.session.scalars(worked_with).all()
    if found or but:
        return found
    return db.session.scalars(known.order_by(Patient.id.desc()).limit(MOST_RECENT)).all()


def protocols_by_use(account: Account, now: datetime) -> Sequence[tuple[int, str, str]]:
    """Id, slug and name of the clinic's published protocols: what this account used most lately comes first."""
    used = (
        select(Programme.protocol_id, func.count().label("times"))
        .where(Programme.account_id == account.id, Programme.created_at > now - WEEKS_OF_USE)
        .group_by(Programme.protocol_id)
        .subquery()
    )
    query = (
        select(Protocol.id, Protocol.slug, Protocol.name)
        .outerjoin(used, used.c.protocol_id == Protocol.id)
        .where(Protocol.clinic_id == account.clinic_id, Protocol.state == "published")
        .order_by(func.coalesce(used.c.times, 0).desc(), Protocol.id)
    )
    return [tuple(row) for row in db.session.execute(query)]  # type: ignore[misc] # three columns are three values


def _worked_on(account: Account) -> ColumnElement[bool]:
    issued = select(Handout.id).where(Handout.programme_id == Programme.id, Handout.account_id == account.id)
    return or_(Programme.account_id == account.id, issued.exists())


def _drafts(account: Account) -> Select[Programme]:
    as_issued = select(Handout.id).where(
        Handout.programme_id == Programme.id, Handout.programme_version == Programme.version
    )
    return select(Programme).where(Programme.account_id == account.id, Programme.ended.is_(False), ~as_issued.exists())


def _not_printed(account: Account) -> Sequence[Handout]:
    newer = aliased(Handout)
    query = (
        select(Handout)
        .join(Handout.programme)
        .options(contains_eager(Handout.programme), defer(Handout.snapshot))
        .where(
            Handout.clinic_id == account.clinic_id,
            Handout.account_id == account.id,
            Programme.ended.is_(False),
            ~print_desk.given_out(),
            ~select(Withdrawal.id).where(Withdrawal.handout_id == Handout.id).exists(),
            ~select(newer.id)
            .where(newer.programme_id == Handout.programme_id, newer.edition > Handout.edition)
            .exists(),
        )
        .order_by(Handout.issued_at)
    )
    return db.session.scalars(query.limit(MOST_NEEDS)).unique().all()


def _reviews_due(account: Account, now: datetime) -> Sequence[Programme]:
    """Programmes in use whose day of review has come, and of which nothing was issued since."""
    today = account.clinic.today(now)
    issued = select(Handout.id).where(Handout.programme_id == Programme.id)
    query = (
        select(Programme)
        .where(
            Programme.account_id == account.id,
            Programme.ended.is_(False),
            Programme.review_on <= today,
            issued.exists(),
        )
        .order_by(Programme.review_on)
    )
    return _some(query)


def _content_due(account: Account, now: datetime) -> Sequence[Exercise]:
    query = (
        select(Exercise)
        .where(
            Exercise.clinic_id == account.clinic_id,
            Exercise.state == ExerciseState.PUBLISHED,
            Exercise.review_due <= account.clinic.today(now),
        )
        .order_by(Exercise.review_due, Exercise.name)
    )
    return db.session.scalars(query.limit(MOST_NEEDS)).all()


def _to_review(account: Account) -> Sequence[Exercise]:
    """What a colleague wants to be read before it is published."""
    waits = or_(Exercise.state == ExerciseState.IN_REVIEW, Exercise.proposed_state == ExerciseState.IN_REVIEW)
    not_mine = or_(Exercise.written_by_id.is_(None), Exercise.written_by_id != account.id)
    query = (
        select(Exercise)
        .where(and_(Exercise.clinic_id == account.clinic_id, waits, not_mine))
        .order_by(Exercise.saved_at)
    )
    return db.session.scalars(query.limit(MOST_NEEDS)).all()


def _some(query: Select[Programme], most: int = MOST_NEEDS) -> Sequence[Programme]:
    return db.session.scalars(query.limit(most)).unique().all()
