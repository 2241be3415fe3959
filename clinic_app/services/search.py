"""Finding exercises: as one types, with typing errors forgiven, at any size of catalogue.

Plain tables and indexes, the same SQL on SQLite and PostgreSQL. `search_index` writes what is read here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, func, select, union_all
from sqlalchemy.orm import selectinload

from clinic_app.database import db, utc_now
from clinic_app.models import (
    Account,
    Exercise,
    ExerciseTag,
    ExerciseWord,
    Favourite,
    PrescribedExercise,
    Programme,
    SearchWord,
)
from clinic_app.models.exercise_search import Tag
from clinic_app.services.search_index import index, index_all
from clinic_app.services.search_words import ALIAS, STOP_WORDS, nearest, typed_ending, words

__all__ = ["MOST_LETTERS", "Filters", "Found", "exercises", "index", "index_all", "live_programmes"]

MOST_LETTERS = 80  # of what is typed; the rest is ignored
MOST_WORDS = 6
SHORT = 2  # letters; so few are looked for in names and aliases only
LAST = "\U0010ffff"  # stands behind every other letter
CHUNK = 500  # numbers in one question; SQLite takes some thousands


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes of `starter.lists` and states; of each tuple any may hold, and all tuples must. Empty: no restriction."""

    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    favourites: bool = False
    review_due: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how much there is in all. `forgiven`: a word is not written so anywhere."""

    rows: list[Exercise]
    total: int
    forgiven: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """A typed word and what is looked for: the word itself, or those it was probably meant to be."""

    word: str
    beginnings: tuple[str, ...]


def exercises(
    account: Account,
    text: str = "",
    filters: Filters = Filters(),
    *,
    limit: int = 50,
    offset: int = 0,
    today: date | None = None,
) -> Found:
    """The clinic's exercises in which every typed word begins a word, best first; without text, by name.

    First come names that begin with all that was typed ("knee to"), then those that go on with it ("to chest").
    Otherwise a name counts more than an alias, that more than region, kind, position and equipment, and steps least.
    A word that begins none in the clinic's catalogue stands for the nearest ones.
    `today` decides which reviews are due, those of that very day too; without it, today on the clinic's clock.
    """
    restrict = _restrictions(account, filters, today)
    typed = _typed(text)
    if not typed:
        return Found([], 0, forgiven=False) if text.strip() else _page(restrict, [], account, limit, offset)
    sought = _sought(account.clinic_id, typed)
    if any(not each.beginnings for each in sought):
        return Found([], 0, forgiven=False)
    found = _page(restrict, sought, account, limit, offset, typed_ending(text[:MOST_LETTERS]))
    return replace(found, forgiven=any(each.word not in each.beginnings for each in sought) and found.total > 0)


def live_programmes(exercise_ids: Iterable[int]) -> dict[int, int]:
    """In how many programmes that have not ended each exercise stands; one that is in none is left out."""
    numbers = sorted(set(exercise_ids))
    counts: dict[int, int] = {}
    for start in range(0, len(numbers), CHUNK):
        query = (
            select(PrescribedExercise.exercise_id, func.count(PrescribedExercise.programme_id.distinct()))
            .join(Programme, Programme.id == PrescribedExercise.programme_id)
            .where(
                PrescribedExercise.exercise_id.in_(numbers[start : start + CHUNK]),
                PrescribedExercise.is_removed.is_(False),
                Programme.ended.is_(False),
            )
            .group_by(PrescribedExercise.exercise_id)
        )
        counts.update((exercise_id, count) for exercise_id, count in db.session.execute(query))
    return counts


def _typed(text: str) -> list[str]:
    """The words to look for; words that say nothing only when there are no others ("the" may become "therapy")."""
    typed = list(dict.fromkeys(words(text[:MOST_LETTERS])))
    return ([word for word in typed if word not in STOP_WORDS] or typed)[:MOST_WORDS]


def _sought(clinic_id: int, typed: list[str]) -> list[_Sought]:
    """Each word itself when it begins any word of the catalogue, else the nearest ones, else nothing."""
    known = db.session.execute(select(*(exists(_vocabulary(clinic_id, word)) for word in typed))).one()
    return [
        _Sought(word, (word,) if is_known else _guessed(clinic_id, word))
        for word, is_known in zip(typed, known, strict=True)
    ]


def _guessed(clinic_id: int, word: str) -> tuple[str, ...]:
    """What a mistyped word was probably meant to be."""
    # People mistype the first letter least, and few words begin with it.
    beginnings = (word[0], "")
    guesses = (nearest(word, db.session.scalars(_vocabulary(clinic_id, each)).all()) for each in beginnings)
    return next(filter(None, guesses), ())


def _vocabulary(clinic_id: int, beginning: str) -> Select[str]:
    return select(SearchWord.word).where(
        SearchWord.clinic_id == clinic_id, SearchWord.word >= beginning, SearchWord.word < beginning + LAST
    )


def _page(
    restrict: list[ColumnElement[bool]],
    sought: list[_Sought],
    account: Account,
    limit: int,
    offset: int,
    ending: str = "",
) -> Found:
    total = func.count().over()
    query = select(Exercise.id, total).where(*restrict).limit(max(limit, 1)).offset(max(offset, 0))
    if sought:
        scores = _scores(account.clinic_id, sought).subquery()
        query = query.join(scores, scores.c.exercise_id == Exercise.id)
        if ending:
            named = _best(_range(account.clinic_id, ending)).subquery()
            query = query.outerjoin(named, named.c.exercise_id == Exercise.id)
            query = query.order_by(func.coalesce(named.c.score, 0).desc())
        query = query.order_by(scores.c.score.desc())
    rows = db.session.execute(query.order_by(Exercise.name, Exercise.id)).all()
    if not rows and offset > 0:
        return Found([], _page(restrict, sought, account, 1, 0).total, forgiven=False)
    numbers = [row[0] for row in rows]
    loaded = select(Exercise).where(Exercise.id.in_(numbers)).options(selectinload(Exercise.illustrations))
    by_number = {each.id: each for each in db.session.scalars(loaded)}
    return Found([by_number[number] for number in numbers], rows[0][1] if rows else 0, forgiven=False)


def _scores(clinic_id: int, sought: list[_Sought]) -> Select[int, int]:
    """The exercises in which each word is found, with the sum of the best weight of each."""
    if len(sought) == 1:
        return _matches(clinic_id, sought[0])
    found = union_all(*(_matches(clinic_id, each) for each in sought)).subquery()
    return (
        select(found.c.exercise_id, func.sum(found.c.score).label("score"))
        .group_by(found.c.exercise_id)
        .having(func.count() == len(sought))
    )


def _matches(clinic_id: int, sought: _Sought) -> Select[int, int]:
    """The exercises in which one word is found, with its best weight there."""
    # A union of ranges, not OR: SQLite would read the table's rows for OR, and here the index holds all it needs.
    return _best(union_all(*(_range(clinic_id, each, len(sought.word) <= SHORT) for each in sought.beginnings)))


def _best(found: Select[int, int] | CompoundSelect[int, int]) -> Select[int, int]:
    rows = found.subquery()
    return select(rows.c.exercise_id, func.max(rows.c.weight).label("score")).group_by(rows.c.exercise_id)


def _range(clinic_id: int, beginning: str, in_names: bool = False) -> Select[int, int]:
    query = select(ExerciseWord.exercise_id, ExerciseWord.weight).where(
        ExerciseWord.clinic_id == clinic_id, ExerciseWord.word >= beginning, ExerciseWord.word < beginning + LAST
    )
    return query.where(ExerciseWord.weight >= ALIAS) if in_names else query


def _restrictions(account: Account, filters: Filters, today: date | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Exercise.clinic_id == account.clinic_id]
    for column, values in (
        (Exercise.state, filters.states),
        (Exercise.kind, filters.kinds),
        (Exercise.starting_position, filters.positions),
    ):
        if values:
            conditions.append(column.in_(values))
    for kind, values in ((Tag.REGION, filters.regions), (Tag.EQUIPMENT, filters.equipment)):
        if values:
            tagged = select(ExerciseTag.exercise_id).where(
                ExerciseTag.clinic_id == account.clinic_id, ExerciseTag.kind == kind, ExerciseTag.value.in_(values)
            )
            conditions.append(Exercise.id.in_(tagged))
    if filters.favourites:
        mine = select(Favourite.exercise_id).where(Favourite.account_id == account.id)
        conditions.append(Exercise.id.in_(mine))
    if filters.review_due:
        conditions.append(Exercise.review_due <= (today or account.clinic.today(utc_now())))
    return conditions
