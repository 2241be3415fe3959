"""Short forms of patients, programmes and protocols for lists: words and addresses, ready to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, lazyload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from clinic_app.database import db
from clinic_app.dosage.session import minutes
from clinic_app.models import Account, Exercise, Handout, Patient, Programme, Protocol, ProtocolExercise
from clinic_app.models.handout import HandoutState


@dataclass(frozen=True, slots=True)
class ProtocolTile:
    slug: str
    name: str
    exercises: int
    minutes: int
    pictures: tuple[str, ...]  # addresses


@dataclass(frozen=True, slots=True)
class PatientRow:
    id: int
    name: str
    born: date | None
    reference: str
    programme_title: str
    state: str
    state_words: str
    action_label: str
    action_url: str
    url: str  # of the record
    is_next: bool = False  # the one action that waits for this clinician
    prints: bool = False  # the action prints, so it is sent and not followed
    time: str = ""  # of today's appointment: "10:30"


def picture_url(exercise: Exercise) -> str:
    """The address of the exercise's last picture (the end of the movement), or "" when it has none."""
    if not exercise.drawn:
        return ""
    letter = exercise.drawn[-1].letter
    return url_for("staff.exercise_picture", exercise_id=exercise.id, letter=letter, version=exercise.version)


def protocol_tiles(account: Account, ids: Sequence[int] | None = None) -> list[ProtocolTile]:
    """The clinic's published protocols, or those with these ids in their order."""
    query = select(Protocol).where(Protocol.clinic_id == account.clinic_id, Protocol.state == "published")
    if ids is not None:
        query = query.where(Protocol.id.in_(ids))
    rows = selectinload(Protocol.exercises).joinedload(ProtocolExercise.exercise)
    found = list(db.session.scalars(query.order_by(Protocol.id).options(rows.selectinload(Exercise.illustrations))))
    if ids is not None:
        found.sort(key=lambda protocol: ids.index(protocol.id))
    return [_tile(protocol) for protocol in found]


def _tile(protocol: Protocol) -> ProtocolTile:
    shown = [each.exercise for each in protocol.exercises if each.exercise.drawn][:2]
    return ProtocolTile(
        slug=protocol.slug,
        name=protocol.name,
        exercises=len(protocol.exercises),
        minutes=minutes([each.dosage for each in protocol.exercises]),
        pictures=tuple(picture_url(exercise) for exercise in shown),
    )


def patient_rows(patients: Sequence[Patient], times: Mapping[int, str] | None = None) -> list[PatientRow]:
    """One row each, in two questions to the database however many there are. `times`: of day, by patient's id."""
    query = (
        select(Programme)
        .where(Programme.patient_id.in_([patient.id for patient in patients]), Programme.ended.is_(False))
        .order_by(Programme.id)
        .options(*with_editions())
    )
    newest = {programme.patient_id: programme for programme in db.session.scalars(query).unique()}
    return [_patient_row(patient, newest.get(patient.id), (times or {}).get(patient.id, "")) for patient in patients]


def with_editions() -> tuple[ExecutableOption, ...]:
    """Loads programmes with what lists say about their editions, and without the long texts of these."""
    editions = selectinload(Programme.handouts)
    return (
        editions.options(lazyload(Handout.programme), defer(Handout.snapshot), joinedload(Handout.account)),
        editions.selectinload(Handout.deliveries),
    )


def draft_words(programme: Programme) -> str:
    return f"Draft of edition {programme.next_edition}"


def handout_words(handout: Handout) -> str:
    """Where an edition stands, in words: "Edition 2, current, printed"."""
    state = handout.state
    words = {HandoutState.REPLACED: "replaced", HandoutState.WITHDRAWN: "withdrawn"}.get(state)
    if words is None:
        sent = "e-mail accepted" if handout.is_accepted else "e-mail on its way"  # never more than was seen
        words = "printed" if handout.is_printed else sent if handout.is_sent else "not printed yet"
    return f"Edition {handout.edition}, {words}"


def _patient_row(patient: Patient, programme: Programme | None, time: str) -> PatientRow:
    record = url_for("staff.patient", patient_id=patient.id)

    def row(title: str, state: str, words: str, label: str, url: str, **more: bool) -> PatientRow:
        return PatientRow(
            patient.id,
            patient.called,
            patient.born,
            patient.reference,
            title,
            state,
            words,
            label,
            url,
            record,
            time=time,
            **more,
        )

    if programme is None:
        return row("", "new", "New", "Start", record, is_next=True)
    if programme.has_draft:
        editor = url_for("staff.edit_programme", programme_id=programme.id)
        return row(programme.title, "draft", draft_words(programme), "Continue", editor, is_next=True)
    handout = programme.latest
    if handout is None:
        raise AssertionError("a programme without a draft has an edition")
    if handout.state == HandoutState.CURRENT and not (handout.is_printed or handout.is_sent):
        url = url_for("staff.print_handout", handout_id=handout.id)
        return row(programme.title, "not_printed", "Issued, not printed yet", "Print", url, prints=True)
    if handout.state == HandoutState.CURRENT:
        # The next appointment: the programme is there to be changed and issued again.
        url = url_for("staff.edit_programme", programme_id=programme.id)
        return row(programme.title, handout.state, handout_words(handout), "Follow-up", url)
    url = url_for("staff.handout", handout_id=handout.id)
    return row(programme.title, handout.state, handout_words(handout), "Open", url)
