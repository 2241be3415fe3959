"""The tags and words by which exercises are found, written anew whenever an exercise is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, select, text

from clinic_app.database import db
from clinic_app.models import Exercise, ExerciseTag, ExerciseWord, SearchWord
from clinic_app.models.exercise_search import Tag
from clinic_app.services.search_words import TAG_WORDS, endings, weigh

AFTER_ENDINGS = "!"  # behind the space they begin with, before every letter and digit
BATCH = 500  # exercises: about 20,000 words in memory at a time


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int
    name: str
    kind: str
    starting_position: str
    details: Mapping[str, Any]


def index(exercise: Exercise) -> None:
    """Write the tags and words of one exercise anew, as its columns and details say now."""
    db.session.flush()
    # Of two people who save the same exercise, the second waits here and then sees the rows of the first.
    db.session.execute(select(Exercise.id).where(Exercise.id == exercise.id).with_for_update(key_share=True))
    entry = _Entry(exercise.id, exercise.name, exercise.kind, exercise.starting_position, exercise.details)
    _add_to_vocabulary(exercise.clinic_id, _write(exercise.clinic_id, [entry]))


def index_all(clinic_id: int, *, missing_only: bool = False, most: int | None = None) -> int:
    """Write the tags and words of a clinic's whole catalogue anew; returns of how many exercises.

    `missing_only` leaves alone what has words already: the first start after an upgrade costs, the next does not.
    `most` is how many are written at the most, so that a long work can be done in portions.
    """
    db.session.flush()
    query = select(Exercise.id).where(Exercise.clinic_id == clinic_id).order_by(Exercise.id).limit(most)
    if missing_only:
        # Every name has an ending. What was written before there were any counts as missing, too.
        ending = exists().where(ExerciseWord.exercise_id == Exercise.id, ExerciseWord.word < AFTER_ENDINGS)
        query = query.where(~ending)
    numbers = list(db.session.scalars(query))
    vocabulary: set[str] = set()
    for start in range(0, len(numbers), BATCH):
        vocabulary |= _write(clinic_id, _entries(numbers[start : start + BATCH]))
    _add_to_vocabulary(clinic_id, vocabulary)
    if len(numbers) >= BATCH:
        for table in (ExerciseTag, ExerciseWord):
            # Otherwise PostgreSQL plans the next minute's questions for tables that it takes to be empty.
            db.session.execute(text(f"ANALYZE {table.__tablename__}"))
    return len(numbers)


def _entries(numbers: list[int]) -> list[_Entry]:
    """Without the session's objects: 10,000 of them with their details would stay in memory."""
    rows = db.session.execute(
        select(Exercise.id, Exercise.name, Exercise.kind, Exercise.starting_position, Exercise.details)
        .where(Exercise.id.in_(numbers))
        .order_by(Exercise.id)
        .with_for_update(key_share=True)
    )
    return [_Entry(*row) for row in rows]


def _write(clinic_id: int, entries: Iterable[_Entry]) -> set[str]:
    """Replace the tags and words of `entries`; returns the words."""
    tags: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    vocabulary: set[str] = set()
    for entry in entries:
        row = {"clinic_id": clinic_id, "exercise_id": entry.id}
        tags += ({**row, "kind": kind, "value": value} for kind, value in _tags(entry.details))
        weights = _weights(entry)
        vocabulary |= weights.keys()
        words += ({**row, "word": word, "weight": weight} for word, weight in (weights | endings(entry.name)).items())
    numbers = [entry.id for entry in entries]
    for table, rows in ((ExerciseTag, tags), (ExerciseWord, words)):
        db.session.execute(delete(table).where(table.exercise_id.in_(numbers)))
        if rows:
            db.session.execute(insert(table), rows)
    return vocabulary


def _add_to_vocabulary(clinic_id: int, words: set[str]) -> None:
    """Words only join: one that no exercise uses any more does no harm, and two writers never wait crosswise."""
    known = set(db.session.scalars(select(SearchWord.word).where(SearchWord.clinic_id == clinic_id)))
    rows = [{"clinic_id": clinic_id, "word": word} for word in sorted(words - known)]
    if rows:
        db.session.execute(
            text("INSERT INTO search_word (clinic_id, word) VALUES (:clinic_id, :word) ON CONFLICT DO NOTHING"), rows
        )


def _tags(details: Mapping[str, Any]) -> set[tuple[str, str]]:
    found = {(str(Tag.REGION), region) for region in details.get("body_regions", ())}
    found |= {(str(Tag.EQUIPMENT), thing) for thing in details.get("equipment", ())}
    return found | {(str(Tag.PRECAUTION), each["code"]) for each in details.get("precautions", ())}


def _weights(entry: _Entry) -> dict[str, int]:
    details = entry.details
    codes = (*details.get("body_regions", ()), entry.kind, entry.starting_position, *details.get("equipment", ()))
    steps = [*details.get("steps", ()), details.get("both_sides_step") or ""]
    return weigh(
        name=entry.name,
        aliases=details.get("aliases", ()),
        tags=[TAG_WORDS.get(code, code) for code in codes],
        steps=steps,
    )
