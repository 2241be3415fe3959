"""Two records of one person become one. What was given out stays as it was printed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Mapper

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Appointment, Patient, Programme
from clinic_app.services import audit, ours, patients, versions
from clinic_app.services.patients import Details

CHANGED = "Somebody else changed one of the two records meanwhile. Please compare them again."


@event.listens_for(Programme, "before_insert")
def _follow(_mapper: Mapper[Programme], connection: Connection, programme: Programme) -> None:
    """A programme that is started from a page older than the joining goes into the record that stayed."""
    # The lock waits for a joining that is under way, so that nothing is started in a record that is just given up.
    query = select(Patient.merged_into_id).where(Patient.id == programme.patient_id)
    joined = connection.execute(query.with_for_update(read=True, key_share=True)).scalar()
    if joined:
        programme.patient_id = joined


def merge(account: Account, kept_id: int, merged_id: int, seen: Mapping[int, int], details: Details) -> Patient:
    """Join the record `merged_id` into `kept_id`, which then says `details`. Returns the kept record.

    Programmes with their editions, and appointments, move to the kept record. The other row stays and points to it.
    `seen`: the version of each record when the two were compared.

    Raises:
        Conflict: if either was changed, or joined with another, since then.
        NotAllowed: if both are the same record, or one stands for nobody in particular.
    """
    if kept_id == merged_id:
        raise NotAllowed("These are not two records.")
    # In the order of their ids, so that two people who join the same two wait for each other and not in a circle.
    rows = {key: ours.fetch(Patient, key, account, lock=True) for key in sorted((kept_id, merged_id))}
    kept, merged = rows[kept_id], rows[merged_id]
    if any(row.is_anonymous for row in rows.values()):
        raise NotAllowed("A quick handout has no patient record.")
    if any(row.merged_into_id or row.version != seen.get(row.id) for row in rows.values()):
        raise Conflict(CHANGED)
    versions.save(merged, merged.version, CHANGED, merged_into_id=kept.id)
    patients.save(account, kept, version=kept.version, details=details)
    move(merged, kept)
    audit.record(account, "patient.merge", kept.id, f"patient {merged.id} joined")
    return kept


def give(account: Account, programme: Programme, patient: Patient) -> None:
    """Write the programme of a quick handout into a patient's record. Its editions stay as printed, without a name.

    Raises:
        NotAllowed: if the programme belongs to a patient already, or `patient` is not a record in use.
    """
    nobody = ours.fetch(Patient, programme.patient_id, account, lock=True)
    patient = ours.fetch(Patient, patient.id, account, lock=True)
    if not nobody.is_anonymous:
        raise NotAllowed(f"This programme belongs to the record of {nobody.name} already.")
    if nobody.merged_into_id:
        raise Conflict("Somebody else put this programme into a record a moment ago.")
    if patient.is_anonymous or patient.merged_into_id:
        raise NotAllowed("Please choose a patient's record.")
    versions.save(nobody, nobody.version, CHANGED, merged_into_id=patient.id)
    move(nobody, patient)
    audit.record(account, "patient.give", patient.id, f"programme {programme.id}")


def move(merged: Patient, kept: Patient) -> None:
    """Everything that belongs to `merged` belongs to `kept` from now on; no programme counts as changed by it."""
    there = select(Appointment.account_id, Appointment.starts_at).where(Appointment.patient_id == kept.id)
    taken = {(row.account_id, row.starts_at) for row in db.session.execute(there)}
    for appointment in db.session.scalars(select(Appointment).where(Appointment.patient_id == merged.id)):
        if (appointment.account_id, appointment.starts_at) in taken:
            db.session.delete(appointment)
        else:
            appointment.patient_id = kept.id
    for model, column in ((Programme, Programme.patient_id), (Patient, Patient.merged_into_id)):
        db.session.execute(
            update(model)
            .where(column == merged.id)
            .values({column: kept.id})
            .execution_options(synchronize_session="fetch")
        )
    db.session.flush()
    db.session.expire_all()


def together(kept: Patient, merged: Patient) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Flags and equipment of both records: joining never loses a precaution."""
    flags = tuple(dict.fromkeys([*(kept.flags or ()), *(merged.flags or ())]))
    asked = [each.equipment for each in (kept, merged) if each.equipment is not None]
    equipment = tuple(dict.fromkeys(code for codes in asked for code in codes)) if asked else None
    return flags, equipment
