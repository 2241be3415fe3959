from __future__ import annotations

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue


def init_app(app: Flask) -> None:
    @app.get("/")
    def start() -> ResponseReturnValue:
        """The bare address leads to the day's work, and from there to the sign-in when nobody is signed in."""
        return redirect(url_for("staff.today"), 303)
