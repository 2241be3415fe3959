from __future__ import annotations

from clinic_app.database import db
from clinic_app.models import Account, AuditEvent


def record(account: Account, action: str, object_id: int | None, note: str = "") -> None:
    """Add the event to the running transaction. `note` holds ids and states, never a patient's data."""
    db.session.add(
        AuditEvent(clinic_id=account.clinic_id, account_id=account.id, action=action, object_id=object_id, note=note)
    )
