"""Who is signed in, asked by a page that has been open for a while before it sends what was typed."""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import generate_csrf


def init_app(app: Flask) -> None:
    @app.get("/session", endpoint="session_state")
    def show() -> ResponseReturnValue:
        """The signed-in account's number and a fresh form token; both null for a stranger, whose session stays as it
        is: a sign-in page may be open in another tab. No other site can read it."""
        if not current_user.is_authenticated:
            return jsonify(account=None, token=None)
        return jsonify(account=current_user.id, token=generate_csrf())
