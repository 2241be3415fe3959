"""What a programme said after each save: what Undo goes back to, and what two people's edits are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.dosage.codec import from_data, to_data
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Handout, PrescribedExercise, Programme, ProgrammeRevision
from clinic_app.services import audit, versions

Content = Mapping[str, Any]
LONGEST_WHAT = 120  # letters, as the column holds
CONFLICT = "Somebody else saved this programme while you were editing it."
SAVED_SINCE = "This programme was saved since you opened it. Look at it again before you undo."
NOTHING = "There is nothing to undo."
# What is said on paper. The rest (removed rows, confirmed numbers) changes no page.
_PRINTED = ("title", "review_on", "why", "safety", "not_better_weeks")
_PRINTED_OF_A_ROW = ("exercise", "group", "dosage", "note")


def content(programme: Programme) -> dict[str, Any]:
    """Everything a save can change, as JSON-ready data; rows in their order, the removed ones too."""
    return {
        "title": programme.title,
        "review_on": programme.review_on.isoformat() if programme.review_on else None,
        "why": programme.why,
        "safety": programme.safety,
        "not_better_weeks": programme.not_better_weeks,
        "protocol": programme.protocol_id,
        "ended": programme.ended,
        "ended_reason": programme.ended_reason,
        "rows": [_row_content(row) for row in sorted(programme.rows, key=lambda row: (row.position, row.id))],
    }


def begin(account: Account, programme: Programme) -> None:
    """Read the programme again as it is now and let others wait until the transaction ends.

    Every change starts here, so that it is made to what the database holds and not to what was read a while ago.
    """
    db.session.flush()
    for row in programme.rows:
        db.session.expire(row)
    key = programme.id
    db.session.expire(programme)
    query = select(Programme).where(Programme.id == key).with_for_update(of=Programme)
    db.session.scalars(query.execution_options(populate_existing=True)).one()
    if _revision(programme, programme.version) is None:  # saved before there were revisions
        _write(account, programme, "", None)


def first(account: Account, programme: Programme) -> None:
    """Keep what a new programme says; Undo goes back no further."""
    _write(account, programme, "", None)


def remember(account: Account, programme: Programme, action: str, what: str) -> None:
    """Count the save, keep what the programme says now, and record `action`; `what` is for the Undo button.

    Raises:
        Conflict: if somebody saved since `begin`.
    """
    _count(programme)
    _write(account, programme, what, programme.version - 1)
    audit.record(account, action, programme.id, f"version {programme.version}")


def undoable(programme: Programme) -> str | None:
    """What Undo would take back ("Removed Bridge"), or None."""
    last = _revision(programme, programme.version)
    return last.what if last and last.before is not None else None


def undo(account: Account, programme: Programme, version: int) -> str:
    """Go back to what the programme said before its last change; returns the words of that change.

    Undo after undo goes further back. `version` is the one the person saw: a second click of the same button
    undoes nothing more.

    Raises:
        Conflict: if the programme was saved since.
        NotAllowed: if there is nothing to undo.
    """
    begin(account, programme)
    seen, now = _revision(programme, version), _revision(programme, programme.version)
    if seen is None or now is None:
        raise Conflict(SAVED_SINCE)
    target = None if seen.before is None else _revision(programme, seen.before)
    if version != programme.version:
        clicked_twice = version + 1 == programme.version and now.account_id == account.id
        if clicked_twice and target is not None and target.content == now.content:
            return seen.what
        raise Conflict(SAVED_SINCE)
    if target is None:
        raise NotAllowed(NOTHING)
    _restore(programme, target.content)
    _count(programme)
    # The programme stands where `target` stood, so its Undo is the one that `target` had.
    _write(account, programme, target.what, target.before)
    audit.record(account, "programme.undo", programme.id, f"version {version} to version {programme.version}")
    return seen.what


def since(programme: Programme, version: int) -> list[ProgrammeRevision]:
    """The revisions from `version` to the present, both included; empty if that version was not kept."""
    query = (
        select(ProgrammeRevision)
        .where(ProgrammeRevision.programme_id == programme.id, ProgrammeRevision.version >= version)
        .order_by(ProgrammeRevision.version)
    )
    found = list(db.session.scalars(query))
    return found if found and found[0].version == version else []


def _row_content(row: PrescribedExercise) -> dict[str, Any]:
    return {
        "id": row.id,
        "exercise": row.exercise_id,
        "position": row.position,
        "group": row.group,
        "dosage": to_data(row.dosage),
        "note": row.note,
        "confirmed": list(row.confirmed),
        "kept": dict(row.kept),
        "removed": row.is_removed,
    }


def _restore(programme: Programme, said: Content) -> None:
    programme.title = said["title"]
    programme.review_on = date.fromisoformat(said["review_on"]) if said["review_on"] else None
    programme.why, programme.safety = said["why"], said["safety"]
    programme.not_better_weeks, programme.protocol_id = said["not_better_weeks"], said["protocol"]
    programme.ended, programme.ended_reason = said["ended"], said["ended_reason"]
    rows = {row.id: row for row in programme.rows}
    for data in said["rows"]:
        row = rows.pop(data["id"])  # rows are taken out by Undo only, newest first, so an older state has them all
        row.exercise_id, row.position, row.group = data["exercise"], data["position"], data["group"]
        row.dosage, row.note = from_data(data["dosage"]), data["note"]
        row.confirmed, row.kept, row.is_removed = data["confirmed"], data["kept"], data["removed"]
    for added_since in rows.values():
        programme.rows.remove(added_since)
    db.session.flush()
    for row in programme.rows:
        db.session.expire(row, ["exercise"])
    db.session.expire(programme, ["rows"])  # their order


def _count(programme: Programme) -> None:
    db.session.flush()
    versions.save(programme, programme.version, CONFLICT, saved_at=utc_now())


def _write(account: Account, programme: Programme, what: str, before: int | None) -> None:
    said = content(programme)
    programme.same_as = _issued_like(programme, said)
    db.session.add(
        ProgrammeRevision(
            programme_id=programme.id,
            version=programme.version,
            account_id=account.id,
            what=what if len(what) <= LONGEST_WHAT else f"{what[: LONGEST_WHAT - 1]}…",
            before=before,
            content=said,
        )
    )
    db.session.flush()


def _issued_like(programme: Programme, said: Content) -> int | None:
    """The version that the newest edition was made from, if its pages said the same."""
    newest = (
        select(Handout.programme_version)
        .where(Handout.programme_id == programme.id)
        .order_by(Handout.edition.desc())
        .limit(1)
    )
    version = db.session.scalars(newest).one_or_none()
    issued = None if version is None else _revision(programme, version)
    return version if issued and _printed(issued.content) == _printed(said) else None


def _printed(said: Content) -> list[Any]:
    rows = [[row[name] for name in _PRINTED_OF_A_ROW] for row in said["rows"] if not row["removed"]]
    return [*(said[name] for name in _PRINTED), rows]


def _revision(programme: Programme, version: int) -> ProgrammeRevision | None:
    query = select(ProgrammeRevision).where(
        ProgrammeRevision.programme_id == programme.id, ProgrammeRevision.version == version
    )
    return db.session.scalars(query).one_or_none()
