"""A file of exercises on its way into the catalogue: checked a portion at a time, then applied whole or not at all.

Reading and checking change nothing in the catalogue. What they find is kept in stored files, a portion in each, so that
a check can be left and resumed, and two tabs that go on with the same check do no harm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update

from clinic_app.database import db, utc_now
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Exercise, ExerciseImport, ExerciseRevision, Illustration
from clinic_app.models.exercise_import import ImportState
from clinic_app.services import audit, exercise_entry, search_index
from clinic_app.services.exercise_history import content_now
from clinic_app.services.exercise_import_checks import (
    Kind,
    Line,
    Outcome,
    check_line,
    from_data,
    slug_of,
    to_data,
)
from clinic_app.services.exercise_import_links import Known, disagreements
from clinic_app.services.exercise_import_reading import Prepared, get, line_of, put
from clinic_app.services.exercise_import_writing import rows_of, write

MOST_LISTED = 50
MOST_CHANGED = 1_000  # exercises; each is saved like an edit, which takes about 10 ms
INDEXED = 450  # exercises whose search words are written in one go, in less than a second


@dataclass(frozen=True, slots=True)
class Portion:
    """What the next lines would do. The last portion also holds what only all lines together show."""

    before: int  # lines that were checked already
    checked: int
    outcomes: str  # a stored file, as is the next
    contents: str
    mark: str
    late: str = ""
    counts: dict[str, int] | None = None


def start(account: Account, prepared: Prepared) -> ExerciseImport:
    """A row for the file, to be checked; or one that says why it cannot be used."""
    _may(account)
    found = ExerciseImport(
        clinic_id=account.clinic_id,
        account_id=account.id,
        filename=prepared.filename,
        kind=prepared.kind,
        file=prepared.file,
        rows=prepared.rows,
        state=ImportState.CANCELLED if prepared.refusal else ImportState.CHECKING,
        report={
            "lines": list(prepared.lines),
            "notes": list(prepared.notes),
            "refusal": prepared.refusal,
            "parts": [],
            "contents": [],
        },
    )
    db.session.add(found)
    db.session.flush()
    audit.record(account, "exercise.import.start", found.id, f"{prepared.kind}, {prepared.rows} rows")
    return found


def latest(account: Account) -> Sequence[ExerciseImport]:
    """The clinic's last imports, the newest first."""
    query = select(ExerciseImport).where(ExerciseImport.clinic_id == account.clinic_id)
    return db.session.scalars(query.order_by(ExerciseImport.id.desc()).limit(MOST_LISTED)).all()


def photos_here(clinic_id: int) -> dict[str, str]:
    """The photos of the clinic's exercises by name, with their media type."""
    query = select(Illustration.photo, Illustration.photo_type).where(
        Illustration.clinic_id == clinic_id, Illustration.photo.is_not(None)
    )
    return {name: media_type for name, media_type in db.session.execute(query) if name}


def next_portion(found: ExerciseImport) -> Portion | None:
    """Check the next lines against the catalogue; writes nothing. None if there is nothing left to check."""
    done = len(found.report["parts"])
    if found.state != ImportState.CHECKING or done >= len(found.report["lines"]):
        return None
    mark = catalogue_mark(found.clinic_id) if not done else found.report["mark"]
    portion = [line_of(each) for each in get(found.report["lines"][done])]
    rows = _existing(found.clinic_id, portion)
    checked = [check_line(line, *rows.get(slug_of(line.data), (None, None))) for line in portion]
    before, after = found.rows_checked, found.rows_checked + len(portion)
    outcomes = put(to_data(outcome for outcome, _content in checked))
    # What a new exercise would say is kept, so that writing thousands of them takes seconds.
    contents = put(content if outcome.kind == Kind.NEW else None for outcome, content in checked)
    if done + 1 < len(found.report["lines"]):
        return Portion(before, after, outcomes, contents, mark)
    everything = [*_checked(found), *(outcome for outcome, _content in checked)]
    late = disagreements(everything, _known(found.clinic_id))
    counts = dict.fromkeys(map(str, Kind), 0)
    for index, outcome in enumerate(everything):
        counts[str(Kind.REFUSED if index in late else outcome.kind)] += 1
    return Portion(before, after, outcomes, contents, mark, put(late.items()), counts)


def note(found: ExerciseImport, portion: Portion) -> bool:
    """Keep what was found; False if somebody else checked the same lines meanwhile."""
    report = {
        **found.report,
        "parts": [*found.report["parts"], portion.outcomes],
        "contents": [*found.report["contents"], portion.contents],
        "mark": portion.mark,
    }
    if portion.counts is not None:
        report |= {"late": portion.late, "counts": portion.counts}
    noted = db.session.execute(
        update(ExerciseImport)
        .where(
            ExerciseImport.id == found.id,
            ExerciseImport.state == ImportState.CHECKING,
            ExerciseImport.rows_checked == portion.before,
        )
        .values(
            rows_checked=portion.checked,
            report=report,
            state=ImportState.CHECKING if portion.counts is None else ImportState.CHECKED,
        )
        .execution_options(synchronize_session="fetch")
    )
    return bool(noted.rowcount)  # type: ignore[attr-defined]


def outcomes(found: ExerciseImport) -> Iterator[Outcome]:
    """What each line would do, as far as it was checked; one that disagrees with another line is refused."""
    late: dict[int, list[Any]] = dict(get(found.report["late"])) if found.report.get("late") else {}
    for index, outcome in enumerate(_checked(found)):
        yield replace(outcome, kind=Kind.REFUSED, faults=late[index]) if index in late else outcome


def counts(found: ExerciseImport) -> dict[str, int]:
    """How many lines are new, changed, unchanged and refused, once all are checked."""
    return {str(kind): found.report.get("counts", {}).get(str(kind), 0) for kind in Kind}


def apply(account: Account, found: ExerciseImport, *, only_good: bool) -> bool:
    """Write all good lines, or nothing: new exercises as drafts, changed ones as their next revision.

    False if the catalogue changed since the check: then all lines are to be checked and shown again. A second time
    changes nothing.

    Raises:
        NotAllowed: if it is not checked yet, holds nothing to write, or holds refused lines without `only_good`.
        Conflict: if somebody saves one of the exercises at the same moment.
    """
    _may(account)
    if found.state == ImportState.APPLIED:
        return True
    numbers = counts(found)
    if found.state != ImportState.CHECKED or not numbers[Kind.NEW] + numbers[Kind.CHANGED]:
        raise NotAllowed("There is nothing to import from this file now.")
    if numbers[Kind.REFUSED] and not only_good:
        raise NotAllowed("Some rows were refused. Choose to import the good ones, or cancel and put the file right.")
    if catalogue_mark(found.clinic_id) != found.report["mark"]:
        _check_again(found)
        return False
    if numbers[Kind.CHANGED] > MOST_CHANGED:
        raise NotAllowed(f"More than {MOST_CHANGED:,} exercises would change. Split the file, and import its parts.")
    what = f"Imported from {found.filename}"
    write(account, found.report["lines"], found.report["contents"], outcomes(found), what)
    found.state = ImportState.APPLIED
    found.applied_at = utc_now()
    note = ", ".join(f"{number} {kind}" for kind, number in numbers.items())
    audit.record(account, "exercise.import", found.id, note)
    found.report = {**found.report, "unfound": numbers[Kind.NEW]}
    make_findable(found)
    return True


def make_findable(found: ExerciseImport) -> None:
    """Write the search words of the next new exercises, so that nobody's save waits for those of thousands.

    Whatever is left of it after a crash, `flask catalogue index` does.
    """
    left: int = found.report["unfound"]
    count = search_index.index_all(found.clinic_id, missing_only=True, most=INDEXED) if left else 0
    found.report = {**found.report, "unfound": max(left - count, 0) if count == INDEXED else 0}


def cancel(account: Account, found: ExerciseImport) -> None:
    """Give the import up; its report stays. Raises NotAllowed if it was applied."""
    _may(account)
    if found.state == ImportState.APPLIED:
        raise NotAllowed("This import is in the catalogue already.")
    if found.state != ImportState.CANCELLED:
        found.state = ImportState.CANCELLED
        audit.record(account, "exercise.import.cancel", found.id)


def catalogue_mark(clinic_id: int) -> str:
    """Another one as soon as anything in the clinic's catalogue was saved."""
    query = (
        select(Exercise.slug, Exercise.version, Exercise.state, Exercise.proposed)
        .where(Exercise.clinic_id == clinic_id)
        .order_by(Exercise.slug)
    )
    return hashlib.sha256(repr([tuple(row) for row in db.session.execute(query)]).encode("utf-8")).hexdigest()


def _may(account: Account) -> None:
    if not account.keeps_catalogue:
        raise NotAllowed("Only editors and managers keep the catalogue.")


def _checked(found: ExerciseImport) -> Iterator[Outcome]:
    for part in found.report["parts"]:
        yield from from_data(get(part))


def _check_again(found: ExerciseImport) -> None:
    found.state = ImportState.CHECKING
    found.rows_checked = 0
    kept = {name: value for name, value in found.report.items() if name in {"lines", "notes", "refusal"}}
    found.report = {**kept, "parts": [], "contents": [], "again": True}


def _existing(clinic_id: int, portion: Sequence[Line]) -> dict[str, tuple[exercise_entry.Content, int]]:
    """The newest content and revision of each exercise that the lines name."""
    rows = rows_of(clinic_id, (slug_of(line.data) for line in portion))
    query = (
        select(ExerciseRevision.exercise_id, func.max(ExerciseRevision.number))
        .where(ExerciseRevision.exercise_id.in_([row.id for row in rows.values()]))
        .group_by(ExerciseRevision.exercise_id)
    )
    newest = {row[0]: row[1] for row in db.session.execute(query)}
    return {slug: (content_now(row), newest.get(row.id, 1)) for slug, row in rows.items()}


def _known(clinic_id: int) -> Iterator[Known]:
    """Names and links of the whole catalogue, one row at a time."""
    query = select(Exercise.slug, Exercise.name, Exercise.details).where(Exercise.clinic_id == clinic_id)
    for slug, name, details in db.session.execute(query.execution_options(yield_per=500)):
        links = (tuple(each["slug"] for each in details.get(way, ())) for way in ("easier", "harder"))
        yield Known(slug, (name, *details.get("aliases", ())), *links)
