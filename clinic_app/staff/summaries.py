"""Short forms of patients, programmes and protocols for lists: words and addresses, ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage.session import minutes
from clinic_app.models import Account, Exercise, Handout, Patient, Programme, Protocol
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
    is_next: bool  # the one action that waits for this clinician


def picture_url(exercise: Exercise) -> str:
    """The address of the exercise's last picture (the end of the movement), or "" when it has none."""
    if not exercise.drawn:
        return ""
    letter = exercise.drawn[-1].letter
    return url_for("staff.exercise_picture", exercise_id=exercise.id, letter=letter, version=exercise.version)


def protocol_tiles(account: Account) -> list[ProtocolTile]:
    query = (
        select(Protocol)
        .where(Protocol.clinic_id == account.clinic_id, Protocol.state == "published")
        .order_by(Protocol.id)
    )
    return [_tile(protocol) for protocol in db.session.scalars(query)]


def _tile(protocol: Protocol) -> ProtocolTile:
    shown = [each.exercise for each in protocol.exercises if each.exercise.drawn][:2]
    return ProtocolTile(
        slug=protocol.slug,
        name=protocol.name,
        exercises=len(protocol.exercises),
        minutes=minutes([each.dosage for each in protocol.exercises]),
        pictures=tuple(picture_url(exercise) for exercise in shown),
    )


def patient_row(patient: Patient) -> PatientRow:
    programme = next((each for each in patient.programmes if not each.ended), None)
    record = url_for("staff.patient", patient_id=patient.id)
    if programme is None:
        return _row(patient, "", "new", "No programme yet", "Start", record, is_next=True)
    editor = url_for("staff.edit_programme", programme_id=programme.id)
    if programme.has_draft:
        return _row(patient, programme.title, "draft", draft_words(programme), "Continue", editor, is_next=True)
    handout = programme.latest
    if handout is None:
        raise AssertionError("a programme without a draft has an edition")
    shown = url_for("staff.handout", handout_id=handout.id)
    return _row(patient, programme.title, handout.state, handout_words(handout), "Open", shown, is_next=False)


def drafts(patients: Iterable[Patient]) -> list[Programme]:
    return [each for patient in patients for each in patient.programmes if each.has_draft and not each.ended]


def draft_words(programme: Programme) -> str:
    return f"Draft of edition {programme.next_edition}"


def handout_words(handout: Handout) -> str:
    """Where an edition stands, in words: "Edition 2, current, printed"."""
    state = handout.state
    words = {HandoutState.REPLACED: "replaced", HandoutState.WITHDRAWN: "withdrawn"}.get(state)
    if words is None:
        words = "printed" if handout.deliveries else "not printed yet"
    return f"Edition {handout.edition}, {words}"


def _row(patient: Patient, title: str, state: str, words: str, label: str, url: str, *, is_next: bool) -> PatientRow:
    return PatientRow(
        id=patient.id,
        name=patient.name,
        born=patient.born,
        reference=patient.reference,
        programme_title=title,
        state=state,
        state_words=words,
        action_label=label,
        action_url=url,
        is_next=is_next,
    )
