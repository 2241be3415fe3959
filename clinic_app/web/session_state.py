"""Who is signed in, asked by a page that has been open for a while before it sends what was typed."""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import generate_csrf


def init_app(app: Flask) -> None:
    @app.get("/session", endpoint="session_state")
    def show() -> ResponseReturnValue:
        """The signed-in account's number (null for a stranger) and a fresh form token. No other site can read it."""
        number = current_user.id if current_user.is_authenticated else None
        return jsonify(account=number, token=generate_csrf())
