"""Staff sign-in by Flask-Security: argon2, answers that do not tell which part was wrong, sign-out by POST only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic_app.config import Config
from clinic_app.database import db
from clinic_app.models import Clinic
from clinic_app.services.accounts import PASSWORD_LENGTH
from clinic_app.services.demo import sign_in_file

KEPT_SIGNED_IN = timedelta(days=14)


def settings(config: Config) -> dict[str, Any]:
    """Flask-Security's settings. Tests hash cheaply; the service spends about 30 ms (OWASP: 19 MiB, t=2, p=1)."""
    cheap = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
    strong = {"argon2__time_cost": 2, "argon2__memory_cost": 19_456, "argon2__parallelism": 1}
    return {
        "SECURITY_PASSWORD_SALT": config.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap if config.testing else strong,
        "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LENGTH[0],
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/staff/today",
        "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_FLASH_MESSAGES": False,
        "REMEMBER_COOKIE_DURATION": KEPT_SIGNED_IN,
        "REMEMBER_COOKIE_SECURE": config.https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }


def init_app(app: Flask) -> None:
    security = app.extensions["security"]

    @security.login_context_processor  # type: ignore[untyped-decorator]
    def _demo() -> dict[str, Any]:
        clinic = db.session.scalars(select(Clinic).limit(1)).first()
        if clinic is None or not clinic.is_demo:
            return {}
        return {"clinic": clinic, "demo_sign_in_file": str(sign_in_file(app.config["CLINIC"].data))}
