"""A patient's record: what is kept, how it is found again, and that nobody's save is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, event, select
from sqlalchemy.orm import Mapper

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Clinic, Patient
from clinic_app.models.patient import Format, PrintSize
from clinic_app.services import audit, versions

MOST_SHOWN = 50
CHANGED = "Somebody else changed this patient's record while you were editing it."
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
SHORTEST_NUMBER = 5  # digits; fewer are looked for as they stand
# Letters that Unicode does not take apart, as people without them on the keyboard type them.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_NUMBER = re.compile(r"\+?[\d\s()./-]+")
_DATE = re.compile(r"\b(\d{1,2})[/.\s-]+(\d{1,2}|[a-z]{3,9})[/.,\s-]+(\d{4})\b")


class Taken(Conflict):
    """Another record has this NHS number already: it is the same person."""

    def __init__(self, patient: Patient) -> None:
        super().__init__("Another record has this NHS number already.")
        self.patient = patient


@dataclass(frozen=True, slots=True)
class Details:
    """What staff write down about a person. `nhs_number` is ten digits or empty."""

    name: str
    born: date | None = None
    reference: str = ""
    nhs_number: str = ""
    email: str = ""
    phone: str = ""
    print_size: str = PrintSize.STANDARD
    language: str = ""
    format: str = Format.PAPER
    flags: tuple[str, ...] = ()
    equipment: tuple[str, ...] | None = None
    figure_skin: str = ""
    figure_hair: str = ""
    figure_hair_colour: str = ""
    figure_age: str = ""
    figure_shape: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """As the columns of `Patient` take them."""
        equipment = None if self.equipment is None else list(self.equipment)
        return asdict(self) | {"flags": list(self.flags), "equipment": equipment}


def details_of(patient: Patient) -> Details:
    values = {name: getattr(patient, name) for name in Details.__slots__}
    equipment = None if patient.equipment is None else tuple(patient.equipment)
    return Details(**values | {"flags": tuple(patient.flags or ()), "equipment": equipment})


def records(account: Account) -> Select[Patient]:
    """The clinic's records in use: without quick handouts, and without those that were joined with another."""
    return select(Patient).where(
        Patient.clinic_id == account.clinic_id, Patient.is_anonymous.is_(False), Patient.merged_into_id.is_(None)
    )


def find(account: Account, text: str = "", limit: int = MOST_SHOWN) -> Sequence[Patient]:
    """The clinic's patients in whose record every word of `text` stands, at most `limit`.

    Whose name begins with the text comes first, then by name; without a text the newest come first. `text` may be a
    name, a reference, an e-mail address, a phone or NHS number, or a date of birth as people write it.
    """
    wanted = folded(text)
    query = records(account)
    for word in _words(wanted):
        query = query.where(Patient.search_text.contains(word, autoescape=True))
    if wanted:
        begins = case((Patient.search_text.startswith(wanted, autoescape=True), 0), else_=1)
        query = query.order_by(begins, Patient.search_text)
    return db.session.scalars(query.order_by(Patient.id.desc()).limit(limit)).all()


def create(account: Account, details: Details) -> Patient:
    """Raises Taken if another record has the NHS number."""
    _keep_numbers_apart(account, details.nhs_number, None)
    patient = Patient(clinic_id=account.clinic_id, **details.columns)
    db.session.add(patient)
    db.session.flush()
    audit.record(account, "patient.create", patient.id)
    return patient


def create_anonymous(account: Account) -> Patient:
    """What stands for the person a quick handout is given to: nothing is written down about them."""
    patient = Patient(clinic_id=account.clinic_id, name="", is_anonymous=True)
    db.session.add(patient)
    db.session.flush()
    audit.record(account, "patient.create", patient.id, "anonymous")
    return patient


def save(account: Account, patient: Patient, *, version: int, details: Details) -> None:
    """Write the whole record.

    Raises:
        Conflict: if somebody saved the record since `version` was shown, or joined it with another.
        Taken: if another record has the NHS number.
        NotAllowed: if the record stands for nobody in particular.
    """
    if patient.is_anonymous:
        raise NotAllowed("A quick handout has no patient record.")
    _keep_numbers_apart(account, details.nhs_number, patient.id)
    if patient.merged_into_id:
        raise Conflict(CHANGED)
    values = details.columns | {"search_text": search_text(details)}
    version = versions.save(patient, version, CHANGED, **values)
    audit.record(account, "patient.save", patient.id, f"version {version}")


def with_nhs_number(account: Account, number: str, but: int | None = None) -> Patient | None:
    """The clinic's record with this NHS number, leaving out the record with the id `but`."""
    if not number:
        return None
    query = select(Patient).where(
        Patient.clinic_id == account.clinic_id,
        Patient.nhs_number == number,
        Patient.merged_into_id.is_(None),
        Patient.id != (but or 0),
    )
    return db.session.scalars(query.order_by(Patient.id).limit(1)).one_or_none()


def search_text(record: Details | Patient) -> str:
    """Everything a person is found by, in lower case and without accents; the name stands first."""
    parts = [
        folded(record.name or ""),
        folded(record.reference or ""),
        folded(record.email or ""),
        *_phone_forms(record.phone or ""),
        record.nhs_number or "",
        *(_date_forms(record.born) if record.born else ()),
    ]
    return " ".join(part for part in parts if part)


def folded(text: str) -> str:
    """Lower case, without accents, with single spaces: how names are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).translate(LETTERS).split())


@event.listens_for(Patient, "before_insert")
@event.listens_for(Patient, "before_update")
def _keep_search_text(_mapper: Mapper[Patient], _connection: Connection, patient: Patient) -> None:
    # However a row comes about, it is found: also those of an import or a data set made for a test.
    patient.search_text = search_text(patient)


def _keep_numbers_apart(account: Account, number: str, but: int | None) -> None:
    if not number:
        return
    # Two people who add the same person at once wait for each other here, so that the second is told.
    db.session.execute(select(Clinic.id).where(Clinic.id == account.clinic_id).with_for_update(key_share=True))
    holder = with_nhs_number(account, number, but)
    if holder:
        raise Taken(holder)


def _words(wanted: str) -> list[str]:
    """What to look for: a number that was typed with spaces is one word, a date is one word."""
    if _NUMBER.fullmatch(wanted) and not _DATE.fullmatch(wanted):
        digits = re.sub(r"\D", "", wanted)
        if len(digits) >= SHORTEST_NUMBER and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted):
            return [digits]
    return _DATE.sub(_as_iso, wanted).split()


def _as_iso(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if month.isdigit():
        number = int(month)
    else:
        number = next((place for place, name in enumerate(MONTHS, start=1) if name.startswith(month)), 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return match.group()


def _date_forms(born: date) -> tuple[str, ...]:
    return (
        born.isoformat(),
        f"{born:%d/%m/%Y}",
        f"{born.day} {MONTHS[born.month - 1]} {born.year}",
        f"{born:%d%m%y}",
        f"{born:%d%m%Y}",
    )


def _phone_forms(phone: str) -> tuple[str, ...]:
    """The digits, and as dialled inside the country when they begin with the country's code (+44 or 0044)."""
    digits = re.sub(r"\D", "", phone)
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and len(digits) > len(abroad) + SHORTEST_NUMBER:
            return (digits, "0" + digits.removeprefix(abroad).removeprefix("0"))
    return (digits,)
