"""Whether a person may have a record already: shown before a second one is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, or_

from clinic_app.database import db
from clinic_app.models import Account, Patient
from clinic_app.services.patients import Details, folded, records

MOST_COMPARED = 400  # rows that share something with the new record
MOST_SHOWN = 5
# Of 100: "Jon Smith" and "John Smyth" have 84, "Ada Example" and "Example, Ada" 100, "Ada" and "Alan" 57.
ALIKE, NEARLY_THE_SAME = 80, 92
_CERTAIN = 1000.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same person's, and why. `certain`: the NHS numbers agree."""

    patient: Patient
    why: str  # "Same date of birth, similar name"
    certain: bool


def likely(account: Account, details: Details, but: int | None = None) -> tuple[Likeness, ...]:
    """Records that may be of the same person, the surest first; at most 5. `but`: the id of the record itself."""
    query = records(account).where(Patient.id != (but or 0), or_(*_shared(details)))
    found = []
    for patient in db.session.scalars(query.order_by(Patient.id.desc()).limit(MOST_COMPARED)):
        judged = _judge(details, patient)
        if judged:
            sure, why = judged
            found.append((sure, Likeness(patient, why, certain=sure == _CERTAIN)))
    found.sort(key=lambda each: each[0], reverse=True)
    return tuple(likeness for _, likeness in found[:MOST_SHOWN])


def alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, whatever the order of their words."""
    first, second = _plain(one), _plain(other)
    return max(fuzz.token_sort_ratio(first, second), fuzz.token_set_ratio(first, second) - 5)


def _shared(details: Details) -> list[ColumnElement[bool]]:
    """Conditions of which a record of the same person meets at least one."""
    met: list[ColumnElement[bool]] = [Patient.search_text.startswith(folded(details.name), autoescape=True)]
    if details.born:
        met.append(Patient.born.in_(_as_swapped(details.born)))
    if details.nhs_number:
        met.append(Patient.nhs_number == details.nhs_number)
    if details.email:
        met.append(Patient.search_text.contains(folded(details.email), autoescape=True))
    digits = _digits(details.phone)
    if digits:
        met.append(Patient.search_text.contains(digits, autoescape=True))
    words = [word for word in _plain(details.name).split() if len(word) > 1]
    if words:  # the same words in another order
        met.append(and_(*(Patient.search_text.contains(word, autoescape=True) for word in words)))
    return met


def _judge(details: Details, patient: Patient) -> tuple[float, str] | None:
    """How sure it is that both are one person, and why; None if they need no look."""
    if details.nhs_number and patient.nhs_number:
        # Two numbers are two people, whatever else agrees.
        return (_CERTAIN, "Same NHS number") if details.nhs_number == patient.nhs_number else None
    likeness = alike(details.name, patient.name)
    if likeness < ALIKE:
        return None
    if details.born and details.born == patient.born:
        same = folded(details.name) == folded(patient.name)
        return likeness + 200, f"Same date of birth, {'same' if same else 'similar'} name"
    return next(((likeness + more, why) for more, why, true in _hints(details, patient, likeness) if true), None)


def _hints(details: Details, patient: Patient, likeness: float) -> list[tuple[int, str, bool]]:
    """What may make one person of two records with similar names: how much it says, why, and whether it is so."""
    digits = _digits(details.phone)
    both_born = bool(details.born and patient.born)
    mixed_up = bool(details.born and patient.born in _as_swapped(details.born))
    same_mail = bool(details.email) and details.email.casefold() == patient.email.casefold()
    return [
        (100, "Same e-mail, similar name", same_mail),
        (100, "Same phone number, similar name", bool(digits) and digits == _digits(patient.phone)),
        (50, "Similar name, day and month of birth the other way round", mixed_up),
        (0, "Same name, and a date of birth is missing", likeness >= NEARLY_THE_SAME and not both_born),
    ]


def _as_swapped(born: date) -> tuple[date, ...]:
    """The day, and the one that comes out when day and month are mixed up."""
    try:
        return (born, date(born.year, born.day, born.month))
    except ValueError:
        return (born,)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", folded(name)).split())
