"""Everything is closed unless it is named here. A new route is closed from its first day."""

from __future__ import annotations

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from clinic_app.web.fragments import is_fragment

OPEN = frozenset(
    {
        "static",
        "start",
        "health.show",
        "security.login",
        "session_state",
    }
)
PATIENT = "patient."  # its pages ask for the address's own session, never for a sign-in


def init_app(app: Flask) -> None:
    @app.before_request
    def _refuse_strangers() -> ResponseReturnValue | None:
        # No endpoint: the 404 page, which says the same to everybody.
        if request.endpoint is None or request.endpoint in OPEN or request.endpoint.startswith(PATIENT):
            return None
        if current_user.is_authenticated:
            return None
        # A page that is open stays as it is, with all that was typed: session.js asks for a new sign-in beside it.
        # A picture that was led to the sign-in page would bring a session in the place of the one of the form that
        # somebody fills in there.
        if is_fragment() or request.headers.get("Sec-Fetch-Dest") == "image":
            return Response("You were signed out. Nothing was saved by this.", 401, mimetype="text/plain")
        # After signing in, a page is shown again; a form that was sent is not sent again by itself.
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=wanted), 303)
