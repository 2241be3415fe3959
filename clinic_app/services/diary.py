"""The diary: what a patient ticked and wrote, kept once however often it is sent, and what of it needs a person.

Entries may be hours old when they arrive, from two phones at once, in any order. The later one written wins; what is
as old or older changes nothing. The diary changes no dose and gives no advice of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db
from clinic_app.models import Clinic, DiaryDay, DiaryEntry, Handout, PatientAddress, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.models.diary import Source
from clinic_app.rendering import content
from clinic_app.rendering.dates import in_words
from clinic_app.services import concerns, diary_items, patient_page
from clinic_app.services.diary_items import MOST_TURNS, OLDEST, TAKEN_BACK, Day, Refused, Tick

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item. `reason` is a sentence for the patient when it was not kept."""

    kept: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One result for every item, in their order. `high_pain` and `worse` ask for the safety advice to be shown."""

    entries: tuple[Result, ...]
    days: tuple[Result, ...]
    high_pain: bool = False
    worse: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.reason for each in (*self.entries, *self.days) if not each.kept))


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the diary of one day. `ticks` has (exercise, turn) of all that was answered."""

    day: date
    ticks: dict[tuple[str, int], DiaryEntry]
    feeling: DiaryDay | None

    def count(self, done: str) -> int:
        return sum(1 for entry in self.ticks.values() if entry.done == done)

    @property
    def is_empty(self) -> bool:
        return not self.ticks and self.feeling is None


@dataclass(frozen=True, slots=True)
class _Writer:
    """The phone that writes, and into what."""

    address: PatientAddress
    programme: Programme
    now: datetime

    @property
    def clinic(self) -> Clinic:
        return self.programme.account.clinic


def record(address: PatientAddress, entries: Sequence[object], days: Sequence[object], now: datetime) -> Recorded:
    """Keep what a phone sent. Items that are right are kept even when others are not.

    An entry is {"day", "exercise", "turn", "done", "reps", "written_at"}, `done` "" takes a tick back; a day is
    {"day", "pain_before", "pain_after", "worse", "note", "written_at"}. What is absent keeps what is stored. Times are
    ISO 8601 with their zone; absent means `now` (UTC).
    """
    writer = _Writer(address, address.programme, now)
    ticked = tuple(_tick_result(writer, item) for item in entries)
    felt, kept = [], set()
    for item in days:
        try:
            read = diary_items.day(item, writer.now)
            _keep_day(writer, read)
        except Refused as error:
            felt.append(Result(kept=False, reason=str(error)))
        else:
            felt.append(Result(kept=True))
            kept.add(read.day)
    db.session.expire_all()
    pain = [each for each in sorted(kept) if _tell_pain(writer, each)]
    worse = [each for each in sorted(kept) if _tell_worse(writer, each)]
    return Recorded(ticked, tuple(felt), bool(pain), bool(worse))


def day(programme: Programme, day: date) -> Written:
    return days(programme, day, day)[0]


def days(programme: Programme, since: date, until: date) -> list[Written]:
    """Every day from `since` to `until`, both included, the newest first, whether anything was written or not."""
    within = (DiaryEntry.programme_id == programme.id, DiaryEntry.day.between(since, until))
    ticks: dict[date, dict[tuple[str, int], DiaryEntry]] = {}
    for entry in db.session.scalars(select(DiaryEntry).where(*within, DiaryEntry.done != TAKEN_BACK)):
        ticks.setdefault(entry.day, {})[entry.exercise, entry.turn] = entry
    query = select(DiaryDay).where(DiaryDay.programme_id == programme.id, DiaryDay.day.between(since, until))
    feelings = {row.day: row for row in db.session.scalars(query)}
    span = [until - ONE_DAY * back for back in range((until - since).days + 1)]
    return [Written(each, ticks.get(each, {}), feelings.get(each)) for each in span]


def first_day(programme: Programme, today: date) -> date:
    """The oldest day that may be written: 14 days back, but not before the programme was begun."""
    return max(today - OLDEST, programme.account.clinic.today(programme.created_at))


def high_pain(clinic: Clinic, written: DiaryDay | None) -> bool:
    pains = (written.pain_before, written.pain_after) if written else ()
    return any(pain is not None and pain >= clinic.pain_threshold for pain in pains)


def worse_since(programme: Programme, day: date) -> date | None:
    """The first of the worse days in a row around `day`, when there are more of them than the clinic waits."""
    query = select(DiaryDay.day).where(DiaryDay.programme_id == programme.id, DiaryDay.worse.is_(True))
    bad = set(db.session.scalars(query))
    if day not in bad:
        return None
    first = last = day
    while first - ONE_DAY in bad:
        first -= ONE_DAY
    while last + ONE_DAY in bad:
        last += ONE_DAY
    return first if (last - first).days + 1 > programme.account.clinic.worse_days else None


def _tick_result(writer: _Writer, item: object) -> Result:
    try:
        _keep_tick(writer, diary_items.tick(item, writer.now))
    except Refused as error:
        return Result(kept=False, reason=str(error))
    return Result(kept=True)


def _keep_tick(writer: _Writer, tick: Tick) -> None:
    _check_day(writer, tick.day)
    handout, exercise = _edition_with(writer, tick)
    most = min(exercise.dosage.times_per_day.maximum, MOST_TURNS)
    if tick.turn > most:
        times = "1 time" if most == 1 else f"{most} times"
        raise Refused(f"{exercise.name} is for {times} a day.")
    key = {"exercise": tick.exercise, "turn": tick.turn, "day": tick.day}
    _write(writer, DiaryEntry, key, handout, tick.written_at, tick.values)


def _keep_day(writer: _Writer, day: Day) -> None:
    _check_day(writer, day.day)
    _write(writer, DiaryDay, {"day": day.day}, _edition_of(writer, day.written_at), day.written_at, day.values)


def _check_day(writer: _Writer, day: date) -> None:
    today = writer.clinic.today(writer.now)
    if day > today:
        raise Refused("This day has not come yet.")
    if day < today - OLDEST:
        raise Refused(f"This day is more than {OLDEST.days} days ago. Please tell us at your visit.")
    if day < first_day(writer.programme, today):
        raise Refused("This day is before your exercises began.")


def _edition_of(writer: _Writer, written_at: datetime) -> Handout:
    """The edition that was the newest when it was written; the first one for what is older than that."""
    editions = writer.programme.handouts  # the newest first
    if not editions:
        raise Refused("Your exercises are not ready yet.")
    return next((each for each in editions if each.issued_at <= written_at), editions[-1])


def _edition_with(writer: _Writer, tick: Tick) -> tuple[Handout, content.Exercise]:
    """The edition followed, and its exercise. A phone without a connection may still show the edition before it."""
    followed = _edition_of(writer, tick.written_at)
    for handout in (followed, *writer.programme.handouts):
        said = patient_page.read(handout.snapshot)
        found = next((each for each in said.exercises if each.slug == tick.exercise), None)
        if found:
            return handout, found
    raise Refused("This exercise is not in your programme.")


def _write(
    writer: _Writer,
    model: type[DiaryEntry | DiaryDay],
    key: dict[str, object],
    handout: Handout,
    written_at: datetime,
    values: dict[str, object],
) -> None:
    """Write the row of `key`, unless one is there that was written at the same time or later.

    The last word is an UPDATE that compares the times itself: another phone may write the row at any moment.
    """
    of_the_row = [model.programme_id == writer.programme.id, *(getattr(model, name) == key[name] for name in key)]
    said = _signed(writer, handout, written_at) | values
    if not db.session.scalars(select(model.id).where(*of_the_row)).first():
        try:
            with db.session.begin_nested():
                row = model(clinic_id=writer.programme.clinic_id, programme_id=writer.programme.id, **key)
                for name, value in said.items():
                    setattr(row, name, value)
                db.session.add(row)
            return
        except IntegrityError:
            pass  # another phone wrote it in this moment
    older = update(model).where(*of_the_row, model.written_at < written_at).values(**said)
    db.session.execute(older.execution_options(synchronize_session=False))


def _signed(writer: _Writer, handout: Handout, written_at: datetime) -> dict[str, object]:
    return {
        "handout_id": handout.id,
        "source": Source.PHONE,
        "address_id": writer.address.id,
        "account_id": None,
        "written_at": written_at,
        "received_at": writer.now,
    }


def _tell_pain(writer: _Writer, on: date) -> bool:
    if not high_pain(writer.clinic, day(writer.programme, on).feeling):
        return False
    words = f"Pain of {writer.clinic.pain_threshold} or more of 10 in the diary, on {in_words(on)}."
    _tell(writer, ConcernKind.HIGH_PAIN, f"{ConcernKind.HIGH_PAIN}:{writer.programme.id}:{on}", words)
    return True


def _tell_worse(writer: _Writer, on: date) -> bool:
    since = worse_since(writer.programme, on)
    if since is None:
        return False
    words = f"Worse for more than {writer.clinic.worse_days} days in a row in the diary, since {in_words(since)}."
    _tell(writer, ConcernKind.WORSE, f"{ConcernKind.WORSE}:{writer.programme.id}:{since}", words)
    return True


def _tell(writer: _Writer, kind: ConcernKind, key: str, words: str) -> None:
    try:
        with db.session.begin_nested():
            concerns.raise_once(writer.programme.clinic_id, kind, key, words, programme=writer.programme)
    except IntegrityError:
        return  # told in this moment by another phone
