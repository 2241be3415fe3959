"""The patient's address: an id that finds a programme and a secret that opens it.

Secret and code are derived from the id with a key that is kept outside the database, so every edition can print
them while the database holds only digests: a stolen database opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import current_app
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import PatientAddress, Programme
from clinic_app.rendering import content

# No 0 O 1 I L and no U: nothing that is misread from paper, no words by accident. 30 letters, 10 places: 49 bits.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def create(programme: Programme) -> PatientAddress:
    """A new address for `programme`, which must have its id already."""
    public_id = secrets.token_hex(16)  # 128 bits
    row = PatientAddress(
        clinic_id=programme.clinic_id,
        programme_id=programme.id,
        public_id=public_id,
        secret_digest=digest(_secret(public_id)),
        code_digest=digest(_code(public_id)),
    )
    db.session.add(row)
    return row


def printed(programme: Programme) -> content.PatientAddress:
    """What paper shows of the programme's present address."""
    row = db.session.scalars(
        select(PatientAddress)
        .where(PatientAddress.programme_id == programme.id, PatientAddress.revoked_at.is_(None))
        .order_by(PatientAddress.id.desc())
        .limit(1)
    ).one()
    code = _code(row.public_id)
    url = f"{current_app.config['CLINIC'].public_url}/p/{row.public_id}#{_secret(row.public_id)}"
    return content.PatientAddress(url=url, code=f"{code[:5]}-{code[5:]}")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _derived(purpose: str, public_id: str) -> bytes:
    key: bytes = current_app.config["CLINIC"].address_key
    return hmac.new(key, f"{purpose}:{public_id}".encode("ascii"), hashlib.sha256).digest()


def _secret(public_id: str) -> str:
    return base64.urlsafe_b64encode(_derived("secret", public_id)[:24]).decode("ascii")


def _code(public_id: str) -> str:
    number = int.from_bytes(_derived("code", public_id), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[index])
    return "".join(letters)
