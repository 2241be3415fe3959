"""A handout found by the code that is printed on it, by the clinic's own staff."""

from __future__ import annotations

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, PatientAddress, Programme
from clinic_app.services.addresses import CODE_LENGTH, CODE_LETTERS, digest

_BETWEEN = str.maketrans("", "", " -‐‑–—")


def programme(account: Account, typed: str) -> Programme | None:
    """The clinic's programme whose paper shows the code `typed`, in any case and with any spaces or dashes.

    A code that no longer opens the patient's page still finds the programme: the paper is in somebody's hand.
    """
    code = typed.translate(_BETWEEN).upper()
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_LETTERS):
        return None
    query = (
        select(Programme)
        .join(PatientAddress, PatientAddress.programme_id == Programme.id)
        .where(PatientAddress.code_digest == digest(code), Programme.clinic_id == account.clinic_id)
    )
    return db.session.scalars(query).one_or_none()
