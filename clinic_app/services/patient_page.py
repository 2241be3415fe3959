"""What the patient's page says: the current edition's snapshot, and what was ticked today.

The snapshot is what the printed pages were made from, so paper and phone cannot differ. Nothing is read from the
catalogue. Only the clinic's name, phone and hours are those of today: an old number would reach nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage.band import Cell, cells
from clinic_app.dosage.sentence import beside_the_band
from clinic_app.dosage.session import how_often
from clinic_app.dosage.value import Dosage, Range, Side
from clinic_app.models import Clinic, DiaryEntry, Handout, PatientAddress
from clinic_app.models.diary import Done
from clinic_app.rendering import cards, content, page_one, snapshot

HOW_OFTEN = 2  # the place of that cell in the dose band
HOW_MANY = "How many"  # the cell of page 1 that the phone leaves out: the list shows it
MOST_HOW_LINES = 3
EVERY_DAY = Range(7, 7)  # days a week
ALL_CHANGES = 10_000
KEPT_SNAPSHOTS = 128
# When the next turn of the day begins, on the clinic's clock, by how many turns a day has.
TURNS_BEGIN = {2: (15,), 3: (12, 17)}
PARTS_OF_DAY = {2: ("This morning", "This evening"), 3: ("This morning", "Midday", "This evening")}


class State(StrEnum):
    CURRENT = "current"
    STOPPED = "stopped"  # the clinic ended the programme
    WITHDRAWN = "withdrawn"  # the newest edition was wrong
    NOT_ISSUED = "not_issued"


@dataclass(frozen=True, slots=True)
class HowLine:
    """How often and how long, and for which exercises or part of the day, where it is not the same for all."""

    words: str
    which: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise of the edition. `lines` are the dose in two or three short lines, `band` in large numbers.

    `due` says whether it belongs to the present turn of the day, `optional` that the dose leaves it open ("1 to 2
    times a day"); `done` is what was ticked for this turn, or for its own last turn of the day; empty if nothing was.
    """

    number: int
    exercise: content.Exercise
    group: str  # heading of the protocol's group, where a new one starts
    lines: tuple[str, ...]
    band: tuple[Cell, ...]
    beside: tuple[str, ...]  # the sentences of the dose that the band has no room for; the weeks stand last
    tag: str  # "New" or "Changed: hold 20 seconds (was 10)"; empty for what is as before
    due: bool
    optional: bool
    done: str

    @property
    def picture(self) -> content.Picture:
        """The end position: what the exercise is known by."""
        return self.exercise.pictures[-1]

    @property
    def must_know(self) -> tuple[str, ...]:
        """What of `beside` changes how the exercise is done; for how many weeks can wait for its card."""
        return self.beside[:-1] if self.exercise.dosage.weeks else self.beside

    @property
    def sides_shown(self) -> str:
        """Which side the moving picture shows, or begins with; nothing where no side can be mistaken."""
        shown = {picture.side_shown for picture in self.exercise.pictures if picture.side_shown}
        if len(shown) != 1:
            return ""
        both = self.exercise.moving and self.exercise.dosage.side is Side.ALTERNATE
        return f"The picture {'begins with' if both else 'shows'} the {shown.pop()} {self.exercise.body_part}."


@dataclass(frozen=True, slots=True)
class Shown:
    """The page at one moment. `said` is the edition's snapshot, or None before the first edition.

    `turn` counts the times of one day from 1 and `part` says it in words: "This morning".
    """

    state: State
    clinic: Clinic
    handout: Handout | None = None
    said: content.Handout | None = None
    how: tuple[HowLine, ...] = ()
    changes: tuple[page_one.ChangeLine, ...] = ()
    rows: tuple[Row, ...] = ()
    day: date = field(default=date.min)
    turn: int = 1
    part: str = "Today"

    @property
    def is_current(self) -> bool:
        return self.state is State.CURRENT

    @property
    def edition(self) -> int:
        return self.said.edition if self.said else 0

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that the progress of this turn counts."""
        return tuple(row for row in self.rows if row.due and (row.done or not row.optional))

    @property
    def done(self) -> int:
        return sum(1 for row in self.counted if row.done == Done.DONE)

    def row(self, slug: str) -> Row | None:
        return next((row for row in self.rows if row.exercise.slug == slug), None)

    def files(self) -> frozenset[str]:
        """SHA-256 of every picture that this edition names; no other may be asked for."""
        if self.said is None or not self.is_current:
            return frozenset()
        names = {picture.file for each in self.said.exercises for picture in each.pictures}
        names |= {each.moving for each in self.said.exercises if each.moving}
        sides = [side for each in self.said.exercises for side in each.sides]
        names |= {file for side in sides for file in (*side.files, side.moving)}
        return frozenset(names | ({self.said.clinic.logo} if self.said.clinic.logo else set()))


def shown(address: PatientAddress, now: datetime) -> Shown:
    """What the page of `address` says at `now` (UTC).

    Raises:
        BrokenContent: the snapshot cannot be read by this version.
    """
    programme = address.programme
    clinic = programme.account.clinic
    latest = programme.latest
    if latest is None:
        return Shown(State.STOPPED if programme.ended else State.NOT_ISSUED, clinic)
    said = read(latest.snapshot)
    if programme.ended or latest.withdrawal:
        return Shown(State.STOPPED if programme.ended else State.WITHDRAWN, clinic, latest, said)
    day = clinic.today(now)
    ticked = ticks(programme.id, day)
    turn, part = present_turn(said.exercises, ticked, clinic.local(now))
    changes, _ = page_one.changes(said, ALL_CHANGES)
    return Shown(
        state=State.CURRENT,
        clinic=clinic,
        handout=latest,
        said=said,
        how=how_lines(said.exercises),
        changes=changes,
        rows=_rows(said, ticked, turn),
        day=day,
        turn=turn,
        part=part,
    )


@lru_cache(maxsize=KEPT_SNAPSHOTS)
def read(text: str) -> content.Handout:
    """The snapshot of an edition. It never changes, so the same text is read once."""
    return snapshot.from_json(text)


def ticks(programme_id: int, day: date) -> dict[tuple[str, int], str]:
    """(exercise, turn) -> done, partly or not_today, as written for `day`."""
    here = (DiaryEntry.programme_id == programme_id, DiaryEntry.day == day)
    query = select(DiaryEntry).where(*here, DiaryEntry.done.in_(Done))  # not those that were taken back
    return {(entry.exercise, entry.turn): entry.done for entry in db.session.scalars(query)}


def present_turn(
    exercises: tuple[content.Exercise, ...], ticked: dict[tuple[str, int], str], local: datetime
) -> tuple[int, str]:
    """Which time of the day it is, from 1, and its name.

    Two and three times a day follow the clock. More often than that, a turn is over when all of it is ticked.
    """
    most = max((each.dosage.times_per_day.maximum for each in exercises), default=1)
    if most == 1:
        return 1, "Today"
    if most in TURNS_BEGIN:
        turn = 1 + sum(1 for hour in TURNS_BEGIN[most] if local.hour >= hour)
        return turn, PARTS_OF_DAY[most][turn - 1]
    for turn in range(1, most + 1):
        due = [each.slug for each in exercises if each.dosage.times_per_day.minimum >= turn]
        if not all((slug, turn) in ticked for slug in due) or turn == most:
            break
    return turn, f"Time {turn} today"


def how_lines(exercises: tuple[content.Exercise, ...]) -> tuple[HowLine, ...]:
    """ "2 times a day, about 12 minutes"; where exercises differ, a line for each part of the day or group.

    Where nearly every exercise differs, no line: each says its own.
    """
    found = page_one.how(exercises)
    if how_often([each.dosage for each in exercises]).agreed is None:
        lines = tuple(HowLine(_said(cell), cell.label) for cell in found if cell.label != HOW_MANY)
        return lines if len(lines) <= MOST_HOW_LINES else ()
    often, long, _ = found
    return (HowLine(f"{_said(often)}, about {_said(long)}"),)


def _said(cell: page_one.HowCell) -> str:
    said = f"{' to '.join(cell.figures)} {cell.unit}"
    return f"{said}, {cell.detail}" if cell.detail else said


def _rows(said: content.Handout, ticked: dict[tuple[str, int], str], turn: int) -> tuple[Row, ...]:
    agreed = how_often([each.dosage for each in said.exercises]).agreed is not None
    found, group = [], ""
    for number, each in enumerate(said.exercises, start=1):
        band = cells(each.dosage, each.body_part, said.language)
        times = each.dosage.times_per_day
        found.append(
            Row(
                number=number,
                exercise=each,
                group=each.group if each.group != group else "",
                lines=_lines(each, band, agreed=agreed),
                band=band,
                beside=beside_the_band(each.dosage, each.body_part, said.language),
                tag=cards.tag_of(said, each),
                due=times.maximum >= turn,
                optional=times.minimum < turn,
                done=ticked.get((each.slug, min(turn, times.maximum)), ""),
            )
        )
        group = each.group
    return tuple(found)


def _lines(exercise: content.Exercise, band: tuple[Cell, ...], *, agreed: bool) -> tuple[str, ...]:
    """The band in short lines. How often is left out where the head of the page says it for all exercises."""
    # "3 times each leg" says it all; "left leg only" must never be left out.
    spare = 1 if exercise.dosage.side is Side.EACH else None
    found = [_line(cell, with_detail=at != spare) for at, cell in enumerate(band) if at != HOW_OFTEN]
    return (*found,) if agreed else (*found, _often_line(band[HOW_OFTEN], exercise.dosage))


def _line(cell: Cell, *, with_detail: bool) -> str:
    amount = cell.word.lower() if cell.word else cell.amount
    said = " ".join(part for part in (cell.label, amount, cell.unit) if part)
    return f"{said}, {cell.detail}" if cell.detail and with_detail else said


def _often_line(cell: Cell, dosage: Dosage) -> str:
    """ "1 time a day, 3 to 5 days a week"; "2 times a day" is every day."""
    said = f"{cell.amount} {cell.unit}"
    return said if dosage.days_per_week == EVERY_DAY else f"{said}, {cell.label}"
