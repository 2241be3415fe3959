"""Ticks copied from the sheet that came back: the same grid as on paper, saved into the diary.

What the patient wrote on the phone is kept unless the one who copies says for that cell that paper counts. Saving
changes only what was changed on the open page, so two people who copy the same sheet lose nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Account, DiaryDay, DiaryEntry, Handout, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.models.diary import Done, Source
from clinic_app.rendering import content
from clinic_app.rendering.dates import days_from, in_words
from clinic_app.rendering.ticks import DAYS
from clinic_app.services import audit, concerns

Place = tuple[str, date, int]  # exercise, day, turn
NOTHING = ""  # a tick that was taken back


@dataclass(frozen=True, slots=True)
class Box:
    """One place for a tick. `phone` is what the patient wrote there on the phone, a `Done`, or empty."""

    exercise: str
    day: date
    turn: int
    ticked: bool
    phone: str
    is_future: bool

    @property
    def place(self) -> Place:
        return self.exercise, self.day, self.turn

    @property
    def name(self) -> str:
        return f"{self.exercise}.{self.day.isoformat()}.{self.turn}"

    @property
    def is_free(self) -> bool:
        """Whether "all of this row" may tick it."""
        return not self.phone and not self.is_future


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: int
    slug: str
    name: str
    turns: int  # how many times a day at most
    cells: tuple[tuple[Box, ...], ...]  # a cell for each day, in it a box for each turn


@dataclass(frozen=True, slots=True)
class Soreness:
    """Soreness of one day. `paper` is what was copied, `phone` what the patient wrote on the phone."""

    day: date
    paper: int | None
    phone: int | None
    is_future: bool

    @property
    def name(self) -> str:
        return f"sore.{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tick grid of one edition. `soreness` is empty where the sheet has no such row."""

    edition: int
    days: tuple[date, ...]
    rows: tuple[SheetRow, ...]
    soreness: tuple[Soreness, ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(box for row in self.rows for cell in row.cells for box in cell)

    @property
    def ticked(self) -> tuple[Box, ...]:
        """The boxes that were ticked from paper."""
        return tuple(box for box in self.boxes if box.ticked and not box.phone)


@dataclass(frozen=True, slots=True)
class Copied:
    """What one save changed. `kept` counts ticks that were not written over what the phone said meanwhile."""

    added: int
    taken_back: int
    kept: int


def sheet(handout: Handout, said: content.Handout, today: date) -> Sheet:
    """The grid as printed: 14 days from the day of the edition, a row for each exercise, a box for each time."""
    days = days_from(said.issued_on, DAYS)
    written = _entries(handout.programme_id, days)
    told = _told(handout.programme_id, days)
    rows = []
    for number, each in enumerate(said.exercises, start=1):
        turns = each.dosage.times_per_day.maximum
        cells = tuple(tuple(_box(each.slug, day, turn, written, today) for turn in range(1, turns + 1)) for day in days)
        rows.append(SheetRow(number, each.slug, each.name, turns, cells))
    sore = tuple(_soreness(day, told.get(day), today) for day in days) if said.soreness else ()
    return Sheet(said.edition, days, tuple(rows), sore)


def save(
    account: Account,
    programme: Programme,
    handout: Handout,
    shown: Sheet,
    *,
    ticks: Collection[Place],
    over: Collection[Place],
    before: Collection[Place],
    soreness: Mapping[date, int | None],
    now: datetime,
) -> Copied:
    """Write what was changed. The caller holds the lock on `programme` and commits.

    `shown` is the sheet as it is now, `before` the ticks that the open page began with, `ticks` those it sent.
    `over` are places where paper counts and not the phone. `soreness` holds the days that were changed; None empties.

    Raises:
        Conflict: the patient's phone wrote the same place in the same moment.
    """
    writer = _Writer(account, programme, handout, now)
    entries, told = _entries(programme.id, shown.days), _told(programme.id, shown.days)
    try:
        copied = _copy_ticks(writer, shown, entries, set(ticks), set(over), set(before))
        free = {each.day for each in shown.soreness if not each.is_future}
        for day, pain in soreness.items():
            if day in free:
                _copy_soreness(writer, told.get(day), day, pain)
        db.session.flush()
    except IntegrityError:
        raise Conflict("The patient wrote something at this moment. Please look again and save again.") from None
    audit.record(account, "diary.copy_paper", handout.id, f"programme {programme.id}")
    return copied


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who copies which sheet into which diary."""

    account: Account
    programme: Programme
    handout: Handout
    now: datetime

    def sign(self, row: DiaryEntry | DiaryDay) -> None:
        row.source, row.account_id, row.address_id = Source.PAPER, self.account.id, None
        row.handout_id, row.written_at, row.received_at = self.handout.id, self.now, self.now


def _copy_ticks(
    writer: _Writer,
    shown: Sheet,
    entries: Mapping[Place, DiaryEntry],
    ticks: set[Place],
    over: set[Place],
    before: set[Place],
) -> Copied:
    added = taken_back = kept = 0
    for place in [box.place for box in shown.boxes if not box.is_future]:
        row = entries.get(place)
        by_phone = row is not None and row.source == Source.PHONE and row.done != NOTHING
        if place in over or place in ticks - before:
            if by_phone and place not in over:
                kept += 1
                continue
            added += _tick(writer, place, row)
        elif row is not None and not by_phone and place in before - ticks:
            # Not kept as taken back: what the patient wrote and did not send yet may still come in.
            db.session.delete(row)
            taken_back += 1
    return Copied(added, taken_back, kept)


def _tick(writer: _Writer, place: Place, row: DiaryEntry | None) -> bool:
    """Whether this changed anything."""
    if row is not None and row.source == Source.PAPER and row.done == Done.DONE:
        return False
    if row is None:
        exercise, day, turn = place
        row = DiaryEntry(
            clinic_id=writer.account.clinic_id,
            programme_id=writer.programme.id,
            day=day,
            exercise=exercise,
            turn=turn,
        )
        db.session.add(row)
    writer.sign(row)
    row.done, row.reps = Done.DONE, None
    return True


def _copy_soreness(writer: _Writer, row: DiaryDay | None, day: date, pain: int | None) -> None:
    """The sheet asks for soreness once a day, after the exercises. An empty place takes back only what is paper's."""
    if pain is None and (row is None or row.source == Source.PHONE):
        return
    if row is None:
        row = DiaryDay(clinic_id=writer.account.clinic_id, programme_id=writer.programme.id, day=day)
        row.worse, row.note = False, ""
        db.session.add(row)
    writer.sign(row)
    row.pain_after = pain
    if pain is None and row.pain_before is None and not row.note and not row.worse:
        db.session.delete(row)
    clinic = writer.account.clinic
    if pain is not None and pain >= clinic.pain_threshold:
        concerns.raise_once(
            clinic.id,
            ConcernKind.HIGH_PAIN,
            f"{ConcernKind.HIGH_PAIN}:{writer.programme.id}:{day}",
            f"Soreness of {clinic.pain_threshold} or more of 10 on the paper sheet, on {in_words(day)}.",
            programme=writer.programme,
        )


def _box(slug: str, day: date, turn: int, written: Mapping[Place, DiaryEntry], today: date) -> Box:
    entry = written.get((slug, day, turn))
    done = entry.done if entry else NOTHING
    by_phone = entry is not None and entry.source == Source.PHONE
    return Box(slug, day, turn, bool(done) and not by_phone, done if by_phone else NOTHING, day > today)


def _soreness(day: date, row: DiaryDay | None, today: date) -> Soreness:
    pain = row.pain_after if row else None
    paper = row is not None and row.source == Source.PAPER
    return Soreness(day, pain if paper else None, None if paper else pain, day > today)


def _entries(programme_id: int, days: tuple[date, ...]) -> dict[Place, DiaryEntry]:
    within = DiaryEntry.day.between(days[0], days[-1])
    query = select(DiaryEntry).where(DiaryEntry.programme_id == programme_id, within)
    return {(entry.exercise, entry.day, entry.turn): entry for entry in db.session.scalars(query)}


def _told(programme_id: int, days: tuple[date, ...]) -> dict[date, DiaryDay]:
    within = DiaryDay.day.between(days[0], days[-1])
    query = select(DiaryDay).where(DiaryDay.programme_id == programme_id, within)
    return {row.day: row for row in db.session.scalars(query)}
