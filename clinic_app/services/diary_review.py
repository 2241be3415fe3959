"""What the clinic reads of a diary: the rows as days and words. Nothing is scored and nothing advised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.models import Clinic, DiaryDay, DiaryEntry, Handout, PatientAddress, Programme, Withdrawal
from clinic_app.models.diary import Done, Source
from clinic_app.rendering import content
from clinic_app.rendering.dates import days_from
from clinic_app.services.patient_page import read

DAYS = 28
OFF = "off"  # the exercise did not stand on the sheet that day
NOTHING = ""
WORDS = {Done.DONE: "done", Done.PARTLY: "partly", Done.NOT_TODAY: "not today"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One exercise on one day. `state` is a `Done`, NOTHING or OFF; `paper` tells ticks that were copied."""

    day: date
    state: str
    words: str
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    words: str  # "done on 6 days, partly on 2 days"


@dataclass(frozen=True, slots=True)
class Followed:
    """An edition and the days on which it was the newest one."""

    handout_id: int
    edition: int
    first: date
    last: date | None  # None: up to now
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Day:
    """How a day went, as the patient wrote it."""

    day: date
    before: int | None
    after: int | None
    worse: bool
    note: str
    paper: bool

    @property
    def has_pain(self) -> bool:
        return self.before is not None or self.after is not None


@dataclass(frozen=True, slots=True)
class Review:
    """`DAYS` days that end with `until`. `last_written` is the last day with anything on it, of all time."""

    until: date
    days: tuple[date, ...]
    rows: tuple[Row, ...]
    pain: tuple[Day, ...]
    notes: tuple[Day, ...]
    editions: tuple[Followed, ...]
    addresses: tuple[PatientAddress, ...]
    written: int  # days with anything written on them
    possible: int  # days on which the patient had a sheet
    phone_days: int
    paper_days: int
    last_written: date | None
    began: date | None  # the day of the first edition


def review(programme: Programme, clinic: Clinic, until: date) -> Review:
    """What was written on the days up to and with `until`, in a bounded number of questions to the database.

    Raises:
        BrokenContent: an edition cannot be read by this version.
    """
    days = days_from(until - timedelta(days=DAYS - 1), DAYS)
    editions = followed(programme, clinic)
    entries = _entries(programme, days)
    told = _days(programme, days)
    near = [each for each in editions if each.first <= until and (each.last is None or each.last >= days[0])]
    needed = {each.handout_id for each in near} | {entry.handout_id for entry in entries}
    said = _said(needed)
    wrote = {entry.day for entry in entries} | {each.day for each in told}
    first = editions[0].first if editions else until + timedelta(days=1)
    return Review(
        until=until,
        days=days,
        rows=_rows(days, editions, said, entries),
        pain=tuple(each for each in told if each.has_pain),
        notes=tuple(each for each in reversed(told) if each.note or each.worse),
        editions=tuple(near),
        addresses=tuple(_addresses(programme)),
        written=len(wrote),
        possible=len({day for day in days if day >= first} | wrote),
        phone_days=_wrote(entries, told, paper=False),
        paper_days=_wrote(entries, told, paper=True),
        last_written=last_written(programme),
        began=editions[0].first if editions else None,
    )


def followed(programme: Programme, clinic: Clinic) -> tuple[Followed, ...]:
    """The editions, oldest first, each up to the day before the next one."""
    query = (
        select(Handout.id, Handout.edition, Handout.issued_at, Withdrawal.id)
        .outerjoin(Withdrawal, Withdrawal.handout_id == Handout.id)
        .where(Handout.programme_id == programme.id)
        .order_by(Handout.edition)
    )
    rows = db.session.execute(query).all()
    starts = [clinic.today(issued_at) for _, _, issued_at, _ in rows]
    ends = [max(start, following - timedelta(days=1)) for start, following in pairwise(starts)]
    return tuple(
        Followed(key, edition, start, end, withdrawal is not None)
        for (key, edition, _, withdrawal), start, end in zip(rows, starts, [*ends, None][: len(rows)], strict=True)
    )


def last_written(programme: Programme) -> date | None:
    """The last day with an entry, pain or a note."""
    asked = (
        select(func.max(DiaryEntry.day)).where(DiaryEntry.programme_id == programme.id, DiaryEntry.done != NOTHING),
        select(func.max(DiaryDay.day)).where(DiaryDay.programme_id == programme.id),
    )
    found = [day for query in asked if (day := db.session.scalars(query).first())]
    return max(found, default=None)


def cell(day: date, entries: Sequence[DiaryEntry], asked: int) -> Cell:
    """One exercise on one day out of the entries of its turns; `asked` is how many times a day it was asked for.

    Done means as often as asked. Fewer times, or only a part of it, is partly.
    """
    if not entries:
        return Cell(day, NOTHING, "nothing written")
    counts = Counter(Done(entry.done) for entry in entries)
    if counts[Done.DONE] >= asked:
        state = Done.DONE
    else:
        state = Done.PARTLY if counts[Done.DONE] or counts[Done.PARTLY] else Done.NOT_TODAY
    if asked == 1 and len(entries) == 1:
        words = WORDS[state]
    else:
        told = ", ".join(f"{counts[each]} {WORDS[each]}" for each in Done if counts[each])
        words = f"{told} of {asked}"
    paper = any(entry.source == Source.PAPER for entry in entries)
    return Cell(day, state, f"{words}, from paper" if paper else words, paper)


def _rows(
    days: Sequence[date], editions: Sequence[Followed], said: dict[int, content.Handout], entries: Sequence[DiaryEntry]
) -> tuple[Row, ...]:
    """One row per exercise: those of the newest edition in its order, then those that stood on earlier ones."""
    exercises: dict[str, content.Exercise] = {}
    for each in sorted(said.values(), key=lambda handout: -handout.edition):
        exercises = exercises | {it.slug: it for it in each.exercises if it.slug not in exercises}
    written: dict[tuple[str, date], list[DiaryEntry]] = {}
    for entry in entries:
        written.setdefault((entry.exercise, entry.day), []).append(entry)
    at_that_day = {day: _of_day(day, editions, said) for day in days}
    names = {slug: each.name for slug, each in exercises.items()}
    names |= {slug: slug for slug, _ in written if slug not in names}
    return tuple(_row(slug, name, days, at_that_day, said, written) for slug, name in names.items())


def _row(
    slug: str,
    name: str,
    days: Sequence[date],
    at_that_day: dict[date, content.Handout | None],
    said: dict[int, content.Handout],
    written: dict[tuple[str, date], list[DiaryEntry]],
) -> Row:
    cells = []
    for day in days:
        entries = written.get((slug, day), [])
        sheet = said.get(max(entry.handout_id for entry in entries)) if entries else at_that_day[day]
        exercise = next((each for each in sheet.exercises if each.slug == slug), None) if sheet else None
        if exercise is None and not entries:
            cells.append(Cell(day, OFF, "not on the sheet"))
        else:
            cells.append(cell(day, entries, exercise.dosage.times_per_day.minimum if exercise else 1))
    return Row(name, tuple(cells), _row_words(cells))


def _row_words(cells: Iterable[Cell]) -> str:
    counts = Counter(each.state for each in cells)
    told = [f"{WORDS[each]} on {_days_words(counts[each])}" for each in Done if counts[each]]
    return ", ".join(told) or "nothing written"


def _days_words(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _of_day(day: date, editions: Sequence[Followed], said: dict[int, content.Handout]) -> content.Handout | None:
    newest = [each for each in editions if each.first <= day]
    return said.get(newest[-1].handout_id) if newest else None


def _entries(programme: Programme, days: Sequence[date]) -> list[DiaryEntry]:
    """What was ticked; a tick that was taken back stays as a row that says nothing."""
    query = select(DiaryEntry).where(
        DiaryEntry.programme_id == programme.id,
        DiaryEntry.day.between(days[0], days[-1]),
        DiaryEntry.done != NOTHING,
    )
    return list(db.session.scalars(query.order_by(DiaryEntry.day, DiaryEntry.exercise, DiaryEntry.turn)))


def _days(programme: Programme, days: Sequence[date]) -> list[Day]:
    query = select(DiaryDay).where(DiaryDay.programme_id == programme.id, DiaryDay.day.between(days[0], days[-1]))
    found = [
        Day(each.day, each.pain_before, each.pain_after, each.worse, each.note, each.source == Source.PAPER)
        for each in db.session.scalars(query.order_by(DiaryDay.day))
    ]
    return [each for each in found if each.has_pain or each.worse or each.note]


def _said(handout_ids: Iterable[int]) -> dict[int, content.Handout]:
    query = select(Handout.id, Handout.snapshot).where(Handout.id.in_(list(handout_ids)))
    return {key: read(text) for key, text in db.session.execute(query)}


def _addresses(programme: Programme) -> Iterable[PatientAddress]:
    """Those that were not revoked, and those that were opened before they were; the patient's first."""
    query = select(PatientAddress).where(PatientAddress.programme_id == programme.id)
    found = db.session.scalars(query.order_by(PatientAddress.holder.desc(), PatientAddress.id))
    return [each for each in found if each.revoked_at is None or each.last_opened_at is not None]


def _wrote(entries: Iterable[DiaryEntry], told: Iterable[Day], *, paper: bool) -> int:
    """The number of days with something from paper, or from the phone."""
    found = {entry.day for entry in entries if (entry.source == Source.PAPER) == paper}
    return len(found | {each.day for each in told if each.paper == paper})
