from __future__ import annotations

import secrets
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Clinic
from clinic_app.models.account import Role

PASSWORD_LENGTH = (15, 128)  # characters; ASVS 5.0 V6.2.1 and V6.2.9


def create(clinic: Clinic, *, email: str, name: str, password: str, role: Role, job_title: str = "") -> Account:
    """A new account of `clinic`.

    Raises:
        NotAllowed: if the address is not an e-mail address or is taken, or the password is too short or too long.
    """
    try:
        email = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise NotAllowed(f"{email!r} is not an e-mail address: {error}") from error
    if db.session.scalar(select(Account.id).where(func.lower(Account.email) == email.lower())):
        raise NotAllowed(f"There is already an account for {email}.")
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise NotAllowed(f"A password needs {shortest} to {longest} characters; this one has {len(password)}.")
    account = Account(
        clinic_id=clinic.id,
        email=email,
        name=name,
        job_title=job_title,
        role=role,
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
    )
    db.session.add(account)
    db.session.flush()
    return account


def begin_walk(account: Account) -> None:
    """Show the first steps of the main job to this person, as on the first day."""
    account.walked_through_at = None


def end_walk(account: Account, now: datetime) -> None:
    account.walked_through_at = now
