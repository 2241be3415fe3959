from __future__ import annotations

from typing import cast

from flask import Blueprint
from flask_security import current_user

from clinic_app.models import Account

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


def account() -> Account:
    """Who is signed in. Every route of this blueprint is closed to everybody else."""
    return cast(Account, current_user._get_current_object())  # noqa: SLF001 - the real row, not Werkzeug's proxy
