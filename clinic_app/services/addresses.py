"""The patient's address: an id that finds a programme and a secret that opens it.

Secret and code are derived from the id with a key that is kept outside the database, so every edition can print
them while the database holds only digests: a stolen database opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, PatientAddress, Programme
from clinic_app.models.patient_address import Holder
from clinic_app.rendering import content
from clinic_app.services import audit

# No 0 O 1 I L and no U: nothing that is misread from paper, no words by accident. 30 letters, 10 places: 49 bits.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")

LASTS = timedelta(weeks=26)  # after the last edition; the bounds of GOV.UK Notify's files are 1 to 78 weeks


def create(programme: Programme, holder: Holder = Holder.PATIENT, name: str = "") -> PatientAddress:
    """A new address for `programme`, which must have its id already. `name` is a carer's."""
    public_id = secrets.token_hex(16)  # 128 bits
    row = PatientAddress(
        clinic_id=programme.clinic_id,
        programme_id=programme.id,
        public_id=public_id,
        secret_digest=digest(_secret(public_id)),
        code_digest=digest(_code(public_id)),
        holder=holder,
        holder_name=name,
    )
    db.session.add(row)
    return row


def own(programme: Programme) -> PatientAddress | None:
    """The patient's own address: the newest one that nobody revoked. None: it was closed, and no new one made yet."""
    query = select(PatientAddress).where(
        PatientAddress.programme_id == programme.id,
        PatientAddress.revoked_at.is_(None),
        PatientAddress.holder == Holder.PATIENT,
    )
    return db.session.scalars(query.order_by(PatientAddress.id.desc()).limit(1)).one_or_none()


def present(programme: Programme) -> PatientAddress:
    """The patient's own address. Raises NotAllowed if it was closed and no new one was made."""
    found = own(programme)
    if found is None:
        raise NotAllowed("The patient's link is closed. Make a new one first, on the page of editions.")
    return found


def printed(programme: Programme) -> content.PatientAddress:
    """What paper shows of the programme's present address."""
    row = present(programme)
    return content.PatientAddress(url=url(row), code=code(row))


def url(address: PatientAddress) -> str:
    """The whole address with its secret, for paper, a mail, or a person who asks for it; never for a log."""
    return f"{current_app.config['CLINIC'].public_url}/p/{address.public_id}#{_secret(address.public_id)}"


def code(address: PatientAddress) -> str:
    """What is typed by hand instead: "7KQ2M-X4RTP"."""
    letters = _code(address.public_id)
    return f"{letters[:5]}-{letters[5:]}"


def is_public_id(text: str) -> bool:
    """Whether it can be one at all. PostgreSQL fails on a NUL, which anybody can write into a path."""
    return _PUBLIC_ID.fullmatch(text) is not None


def find(public_id: str) -> PatientAddress | None:
    if not is_public_id(public_id):
        return None
    return db.session.scalars(select(PatientAddress).where(PatientAddress.public_id == public_id)).one_or_none()


def with_code(typed: str) -> PatientAddress | None:
    """The address of a typed code; small letters, blanks and hyphens are no mistakes."""
    letters = "".join(letter for letter in typed[:40].upper() if letter in CODE_LETTERS)
    if len(letters) != CODE_LENGTH:
        return None
    return db.session.scalars(select(PatientAddress).where(PatientAddress.code_digest == digest(letters))).one_or_none()


def fits(address: PatientAddress, given: str) -> bool:
    """Whether `given` is the secret or the code of this address."""
    letters = "".join(letter for letter in given[:40].upper() if letter in CODE_LETTERS)
    secret = digest(given[:64].encode("ascii", "replace").decode("ascii"))
    return hmac.compare_digest(secret, address.secret_digest) or hmac.compare_digest(
        digest(letters), address.code_digest
    )


def expires_at(address: PatientAddress) -> datetime:
    latest = address.programme.latest
    return address.expires_at or (latest.issued_at if latest else address.created_at) + LASTS


def usable(address: PatientAddress, now: datetime) -> bool:
    """Whether it leads anywhere. Asked at every request, so that a revoked address is closed at once everywhere."""
    return address.revoked_at is None and now < expires_at(address)


def revoke(account: Account, address: PatientAddress, now: datetime) -> None:
    """Close an address for ever. A second time changes nothing."""
    if address.revoked_at is None:
        address.revoked_at = now
        audit.record(account, "address.revoke", address.id, f"programme {address.programme_id}")


def closed_since(programme: Programme, moment: datetime) -> bool:
    """Whether an address of the patient was closed after `moment`: pages from before show what leads nowhere."""
    query = select(PatientAddress.id).where(
        PatientAddress.programme_id == programme.id,
        PatientAddress.holder == Holder.PATIENT,
        PatientAddress.revoked_at > moment,
    )
    return db.session.scalars(query.limit(1)).first() is not None


def renew(account: Account, programme: Programme, now: datetime) -> PatientAddress:
    """A new address instead of the patient's present one. What is printed on older sheets then leads nowhere."""
    before = own(programme)
    if before:
        revoke(account, before, now)
    row = create(programme)
    db.session.flush()
    audit.record(account, "address.renew", row.id, f"programme {programme.id}")
    return row


def for_carer(account: Account, programme: Programme, name: str) -> PatientAddress:
    """An address of their own for somebody who helps. Raises NotAllowed without a name."""
    if not name.strip():
        raise NotAllowed("Please write who the address is for.")
    row = create(programme, Holder.CARER, name.strip()[:120])
    db.session.flush()
    audit.record(account, "address.for_carer", row.id, f"programme {programme.id}")
    return row


def carers(programme: Programme) -> list[PatientAddress]:
    """The addresses that were given to carers and not revoked, oldest first."""
    query = select(PatientAddress).where(
        PatientAddress.programme_id == programme.id,
        PatientAddress.holder == Holder.CARER,
        PatientAddress.revoked_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(PatientAddress.id)))


def made_since(programme: Programme, moment: datetime) -> list[PatientAddress]:
    """The open addresses of carers that were made at `moment` or later, oldest first."""
    return [each for each in carers(programme) if each.created_at >= moment]


def carers_closed_at(programme: Programme, moment: datetime) -> list[PatientAddress]:
    """The addresses of carers that were closed at exactly `moment`, as by one incident."""
    query = select(PatientAddress).where(
        PatientAddress.programme_id == programme.id,
        PatientAddress.holder == Holder.CARER,
        PatientAddress.revoked_at == moment,
    )
    return list(db.session.scalars(query.order_by(PatientAddress.id)))


def unlock(account: Account, address: PatientAddress) -> None:
    """Give five new tries to an address that wrong dates of birth have locked."""
    address.locked_at, address.first_wrong_at, address.wrong_tries = None, None, 0
    audit.record(account, "address.unlock", address.id)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def derived_secret(purpose: str, public_id: str) -> str:
    """192 bits as 32 letters of an address. Another `purpose` gives another secret of the same id."""
    return base64.urlsafe_b64encode(_derived(purpose, public_id)[:24]).decode("ascii")


def _derived(purpose: str, public_id: str) -> bytes:
    key: bytes = current_app.config["CLINIC"].address_key
    return hmac.new(key, f"{purpose}:{public_id}".encode("ascii"), hashlib.sha256).digest()


def _secret(public_id: str) -> str:
    return derived_secret("secret", public_id)


def _code(public_id: str) -> str:
    number = int.from_bytes(_derived("code", public_id), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[index])
    return "".join(letters)
