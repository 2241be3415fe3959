"""Writing checked lines into the catalogue: new exercises many at once, changed ones each like an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Account, Exercise, ExerciseRevision, Illustration
from clinic_app.services import exercise_entry, exercises
from clinic_app.services.exercise_history import content_now
from clinic_app.services.exercise_import_checks import Kind, Line, Outcome, content_of_line
from clinic_app.services.exercise_import_reading import get, line_of

LONGEST_WHAT = 120  # characters that a revision's column holds


def rows_of(clinic_id: int, slugs: Iterable[str]) -> dict[str, Exercise]:
    """The clinic's exercises of these slugs, with their pictures."""
    query = select(Exercise).where(Exercise.clinic_id == clinic_id, Exercise.slug.in_(sorted(set(slugs))))
    return {row.slug: row for row in db.session.scalars(query.options(selectinload(Exercise.illustrations)))}


def write(
    account: Account, portions: Sequence[str], contents: Sequence[str], judged: Iterator[Outcome], what: str
) -> None:
    """Write the new and the changed lines of the stored portions; `contents` hold what the new ones would say.

    Raises:
        Conflict: if somebody saves one of the exercises at the same moment. NotAllowed: as `exercises.save`.
    """
    try:
        for name, prepared in zip(portions, contents, strict=True):
            said = get(prepared)
            judgements = list(islice(judged, len(said)))
            _add(account, [each for each, how in zip(said, judgements, strict=True) if how.kind == Kind.NEW], what)
            if any(how.kind == Kind.CHANGED for how in judgements):
                both = zip(get(name), judgements, strict=True)
                _change(account, [(line_of(line), how) for line, how in both if how.kind == Kind.CHANGED], what)
    except IntegrityError as error:
        raise Conflict("Somebody saved one of these exercises at the same moment. Nothing was imported.") from error


def _add(account: Account, contents: Sequence[exercise_entry.Content], what: str) -> None:
    """New drafts with their first revision, many at once: one by one, ten thousand would take minutes."""
    rows = []
    for content in contents:
        row = Exercise(clinic_id=account.clinic_id, written_by_id=account.id)
        exercise_entry.write(row, content)
        rows.append(row)
    if not rows:
        return
    added = insert(Exercise).returning(Exercise.slug, Exercise.id)
    numbers = {row[0]: row[1] for row in db.session.execute(added, [_columns(row) for row in rows])}
    pictures = [
        {**_columns(picture), "exercise_id": numbers[row.slug]} for row in rows for picture in row.illustrations
    ]
    if pictures:
        db.session.execute(insert(Illustration), pictures)
    first = {"clinic_id": account.clinic_id, "account_id": account.id, "number": 1, "what": what[:LONGEST_WHAT]}
    revisions = [{**first, "exercise_id": numbers[each["slug"]], "content": each} for each in contents]
    db.session.execute(insert(ExerciseRevision), revisions)


def _columns(row: Exercise | Illustration) -> dict[str, Any]:
    """What was set of a row that belongs to no session."""
    return {name: value for name, value in vars(row).items() if name in type(row).__table__.columns}


def _change(account: Account, portion: Sequence[tuple[Line, Outcome]], what: str) -> None:
    rows = rows_of(account.clinic_id, (outcome.slug for _, outcome in portion))
    for line, outcome in portion:
        row = rows[outcome.slug]
        content = content_of_line(line, content_now(row))
        del content["state_reason"]  # why it is a draft is the exercise's own
        exercises.save(account, row, content, outcome.revision or 1, what[:LONGEST_WHAT])
