"""Issuing: a programme becomes a numbered edition, snapshot and pages together or not at all.

It happens in two steps. `prepare` reads and makes the pages, which takes a moment and needs no lock. `issue` writes
one row if nothing has moved in between. A key from the form makes a double click find the first edition again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict, Gap, NotAllowed, NotReady
from clinic_app.failpoints import failpoint
from clinic_app.models import Account, Delivery, Handout, PatientText, Programme, Withdrawal
from clinic_app.models.delivery import Channel
from clinic_app.rendering import content, snapshot
from clinic_app.rendering.job import File, Job
from clinic_app.rendering.layouts import Layout
from clinic_app.services import (
    addresses,
    audit,
    branding,
    figures,
    moving_pictures,
    ours,
    photos,
    print_layouts,
    programme_safety,
    programmes,
)
from clinic_app.services.catalogue import entry_of
from clinic_app.services.changes import changes
from clinic_app.services.exercise_content import exercise_content
from clinic_app.services.patient_words import FLOOR, PROGRESS, SORENESS, safety_content, soreness_content, text_content
from clinic_app.services.printing import Pages, make, store
from clinic_app.starter import schema

SHORTEST_REASON = 3  # characters


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pages that exist and a snapshot that says the same, waiting to be given a row."""

    programme_id: int
    programme_version: int
    content: content.Handout
    layout: Layout
    pages: Pages


def prepare(account: Account, programme: Programme, now: datetime) -> Prepared:
    """Make the pages of the programme's next edition.

    Raises:
        NotReady: with every gap.
        NotAllowed: if nothing changed since the edition the patient has.
        NotPrintable, RenderFailed: if the pages cannot be made.
    """
    _refuse(programmes.gaps(programme))
    current = programme.current
    if current and not programme.has_draft and not addresses.closed_since(programme, current.issued_at):
        raise NotAllowed(f"Nothing has changed since edition {current.edition}. You can print that one again.")
    said, files = _said(account, programme, programme.next_edition, now)
    said, films = _in_motion(programme, said)
    key, version = programme.id, programme.version  # before the pages: making them ends the transaction
    layout = print_layouts.asked_for(programme.patient)
    pages = make(Job(said, files, addresses.printed(programme), layout.name))
    for data in (*(file.data for file in files.values()), *films):
        store().put(data)
    failpoint("after_prepare")
    return Prepared(key, version, said, layout, pages)


def issue(account: Account, prepared: Prepared, key: str, now: datetime) -> Handout:
    """Write the edition. The caller commits.

    Raises:
        Conflict: if the programme was saved, or another edition issued, since the pages were made.
    """
    programme = ours.fetch(Programme, prepared.programme_id, account, lock=True)
    earlier = with_key(programme, key)
    if earlier:
        return earlier
    if programme.version != prepared.programme_version or programme.next_edition != prepared.content.edition:
        raise Conflict("Somebody else saved this programme while its pages were being made. Nothing was issued.")
    said = prepared.content
    handout = Handout(
        clinic_id=programme.clinic_id,
        programme=programme,
        programme_version=programme.version,
        edition=said.edition,
        account_id=account.id,
        issued_at=now,
        layout=prepared.layout.name,
        snapshot=snapshot.to_json(said),
        snapshot_digest=snapshot.digest(said),
        pdf=prepared.pages.pdf,
        pages=prepared.pages.count,
        idempotency_key=key,
    )
    db.session.add(handout)
    db.session.flush()
    audit.record(account, "handout.issue", handout.id, f"programme {programme.id} edition {said.edition}")
    failpoint("after_issue_flush")
    return handout


def with_key(programme: Programme, key: str) -> Handout | None:
    """The edition that an earlier click of the same button made."""
    query = select(Handout).where(Handout.programme_id == programme.id, Handout.idempotency_key == key)
    return db.session.scalars(query).unique().one_or_none()


def draft_pages(account: Account, programme: Programme, now: datetime, layout: Layout | None = None) -> Pages:
    """The pages as they would print now, each marked "Draft, not issued"; without `layout` in the patient's own.

    A question that waits for its answer does not hinder a look at the pages; it only stops the issue.

    Raises:
        NotReady: with every gap that makes pages impossible.
        NotPrintable, RenderFailed: if the pages cannot be made.
    """
    _refuse(programmes.unprintable(programme))
    said, files = _said(account, programme, programme.next_edition, now)
    shown = layout or print_layouts.asked_for(programme.patient)
    return make(Job(replace(said, edition=0), files, None, shown.name))


def pdf(handout: Handout) -> bytes:
    """The bytes that were frozen when the edition was issued."""
    return store().get(handout.pdf)


def record_printing(account: Account, handout: Handout) -> None:
    """Note in the ledger that `account` opened the pages for the printer.

    Raises:
        NotAllowed: if the edition was withdrawn.
    """
    if handout.withdrawal:
        raise NotAllowed(f"Edition {handout.edition} was withdrawn, so it is not printed again.")
    db.session.add(
        Delivery(clinic_id=handout.clinic_id, handout_id=handout.id, account_id=account.id, channel=Channel.PRINT)
    )
    audit.record(account, "handout.print", handout.id)


def withdraw(account: Account, handout: Handout, reason: str) -> None:
    """Take a wrong edition back. Its bytes and snapshot stay as they were given out.

    Raises:
        NotAllowed: if the reason is missing, or the edition was withdrawn before.
    """
    if handout.withdrawal:
        raise NotAllowed(f"Edition {handout.edition} was withdrawn already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowed("Please say why this edition is withdrawn.")
    handout.withdrawal = Withdrawal(clinic_id=handout.clinic_id, account_id=account.id, reason=reason.strip())
    audit.record(account, "handout.withdraw", handout.id)


def _refuse(missing: tuple[Gap, ...]) -> None:
    if missing:
        raise NotReady(missing)


def _in_motion(programme: Programme, said: content.Handout) -> tuple[content.Handout, list[bytes]]:
    """The handout that also names the pictures for the screen, and those; they are never printed."""
    exercises, films = [], list[bytes]()
    for row, each in zip(programme.exercises, said.exercises, strict=True):
        look = figures.look_for(programme.account.clinic.branding, programme.patient, each.slug)
        shown, drawn = moving_pictures.frozen(each, photos.sources(row.exercise), look)
        exercises.append(shown)
        films += drawn
    return replace(said, exercises=tuple(exercises)), films


def _said(
    account: Account, programme: Programme, edition: int, now: datetime
) -> tuple[content.Handout, dict[str, File]]:
    clinic = account.clinic
    today = clinic.today(now)
    printed_clinic, files = branding.printed(clinic.branding)
    exercises = []
    for row in programme.exercises:
        said, pictures = exercise_content(
            entry_of(row.exercise),
            photos.sources(row.exercise),
            row.dosage,
            figures.look_for(clinic.branding, programme.patient, row.exercise.slug),
            version=row.exercise.version,
            group=row.group,
            note=row.note,
        )
        exercises.append(said)
        files |= pictures
    advice = programme_safety.advice(programme)
    if advice is None:
        raise NotReady(programmes.gaps(programme))
    last = programme.latest
    before = snapshot.from_json(last.snapshot).exercises if last else None
    handout = content.Handout(
        language=clinic.language,
        title=programme.title,
        why=text_content(_text(clinic.id, programme.why)),
        soreness=soreness_content(_guide(clinic.id)) if clinic.branding.soreness_guide else None,
        floor=text_content(_text(clinic.id, FLOOR)),
        progress=text_content(_text(clinic.id, PROGRESS)),
        clinic=printed_clinic,
        patient=content.Patient(programme.patient.name, programme.patient.born, programme.patient.reference),
        clinician=content.Clinician(account.name, account.job_title),
        edition=edition,
        replaces=last.edition if last else None,
        issued_on=today,
        review_on=programme.review_on,
        not_better_by=today + timedelta(weeks=programme.not_better_weeks),
        exercises=tuple(exercises),
        changes=() if before is None else changes(before, exercises),
        safety=safety_content(
            schema.SafetyText.model_validate_json(json.dumps(advice.content)),
            phone=printed_clinic.phone,
            specialist=printed_clinic.specialist,
        ),
        awaits_review=_awaits_review(programme, advice.state),
    )
    return handout, files


def _text(clinic_id: int, slug: str) -> schema.Text:
    return schema.Text.model_validate_json(_patient_text(clinic_id, slug))


def _guide(clinic_id: int) -> schema.SorenessGuide:
    return schema.SorenessGuide.model_validate_json(_patient_text(clinic_id, SORENESS))


def _patient_text(clinic_id: int, slug: str) -> str:
    query = select(PatientText).where(PatientText.clinic_id == clinic_id, PatientText.slug == slug)
    return json.dumps(db.session.scalars(query).one().content)


def _awaits_review(programme: Programme, advice_state: str) -> bool:
    states = [advice_state, *(row.exercise.details["review"]["status"] for row in programme.exercises)]
    return any(state != "reviewed" for state in states)
