"""How the clinic wants its patients' page: the check by date of birth, who reads the diary, when a person is asked."""

from __future__ import annotations

from clinic_app.models import Account
from clinic_app.services import audit

LONGEST_READER = 200  # characters
PAIN = (1, 10)  # of 10: at or above it the page shows the safety advice and the clinic is told
WORSE_DAYS = (1, 14)


def save(account: Account, *, asks_born: bool, diary_reader: str, pain_threshold: int, worse_days: int) -> None:
    """Write the settings of the account's clinic. They hold at once, for every programme."""
    clinic = account.clinic
    clinic.asks_born, clinic.diary_reader = asks_born, diary_reader
    clinic.pain_threshold, clinic.worse_days = pain_threshold, worse_days
    note = f"asks_born {asks_born}, pain {pain_threshold}, worse {worse_days}"
    audit.record(account, "clinic.patient_page", clinic.id, note)
