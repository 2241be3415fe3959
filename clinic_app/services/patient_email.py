"""The patient's e-mail address as it is asked for at sending, and whether the pages go with the e-mail."""

from __future__ import annotations

from dataclasses import replace

from clinic_app.models import Account, Patient
from clinic_app.services import audit, deliveries, patients, versions


def record(account: Account, patient: Patient, typed: str) -> None:
    """Keep the one address in `typed` in the patient's record.

    Raises:
        NotAllowed: if it is no single e-mail address, or the record stands for nobody in particular.
        Conflict: if somebody saves the record at the same moment.
    """
    details = replace(patients.details_of(patient), email=deliveries.one_address(typed))
    patients.save(account, patient, version=patient.version, details=details)


def choose_attachment(account: Account, patient: Patient, attach_pdf: bool) -> None:
    """Record whether this patient wants the pages in the e-mail itself.

    Raises:
        Conflict: if somebody saves the record at the same moment.
    """
    if patient.attach_pdf != attach_pdf:
        version = versions.save(patient, patient.version, patients.CHANGED, attach_pdf=attach_pdf)
        audit.record(account, "patient.attach_pdf", patient.id, f"{'yes' if attach_pdf else 'no'}, version {version}")
