"""What exercises are found by: tags for the filters, words for the search box, and each person's favourites.

Plain tables and indexes, so that SQLite and PostgreSQL answer with the same SQL.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic_app.database import Model
from clinic_app.models.columns import Word

# Folded words are looked up by ranges of their beginnings, so they must stand in the order of their letters' numbers,
# as they do in SQLite, and not in that of the database's language.
FOLDED = String(40).with_variant(String(40, collation="C"), "postgresql")


class Tag(StrEnum):
    REGION = "region"
    EQUIPMENT = "equipment"
    PRECAUTION = "precaution"


class ExerciseTag(Model):
    __tablename__ = "exercise_tag"
    __table_args__ = (Index("ix_exercise_tag_lookup", "clinic_id", "kind", "value", "exercise_id"),)

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    value: Mapped[Word] = mapped_column(primary_key=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id", ondelete="RESTRICT"))


class ExerciseWord(Model):
    """One word of an exercise, folded (lower case, no accents), with its weight: a name counts more than a step.

    Behind a space, it is the name from one of its words on instead (`search_words.endings`).
    """

    __tablename__ = "exercise_word"
    __table_args__ = (Index("ix_exercise_word_lookup", "clinic_id", "word", "exercise_id", "weight"),)

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(FOLDED, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id", ondelete="RESTRICT"))
    weight: Mapped[int]


class SearchWord(Model):
    """The clinic's vocabulary: each word once, so that a mistyped one is compared with few."""

    __tablename__ = "search_word"

    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id", ondelete="RESTRICT"), primary_key=True)
    word: Mapped[str] = mapped_column(FOLDED, primary_key=True)


class Favourite(Model):
    __tablename__ = "favourite"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
