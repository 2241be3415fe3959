"""Error pages: what happened, what is safe, what to do, and a code that finds the log line. Never a stack trace."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from clinic_app import errors
from clinic_app.web.fragments import is_fragment

log = logging.getLogger(__name__)

STATUS: dict[type[errors.ServiceError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 409,
    errors.Conflict: 409,
    errors.RenderFailed: 503,
}


def page(status: int, message: str = "") -> tuple[str, int]:
    """The page for `status`, with a code under which the log tells more."""
    code = secrets.token_hex(4)
    log.warning("answered %s to %s, code %s", status, request.method, code)
    if is_fragment():
        return current_app.jinja_env.get_template("errors/fragment.html").render(
            error_code=code, message=message
        ), status
    # Not render_template: it would look up the account, and the database may be what is broken.
    names = [f"errors/{status}.html", "errors/500.html" if status >= 500 else "errors/400.html"]
    return current_app.jinja_env.select_template(names).render(error_code=code, message=message), status


def init_app(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
        status = error.code or 500
        return page(status) if status >= 400 else error

    @app.errorhandler(CSRFError)
    def _expired(_error: CSRFError) -> tuple[str, int]:
        return page(400, "This page was open too long, so it was not sent.")

    @app.errorhandler(errors.ServiceError)
    def _service(error: errors.ServiceError) -> tuple[str, int]:
        status = next((number for kind, number in STATUS.items() if isinstance(error, kind)), 400)
        return page(status, str(error))

    @app.errorhandler(OperationalError)
    def _database(_error: OperationalError) -> tuple[str, int]:
        log.exception("the database did not answer")
        return page(503)

    @app.errorhandler(Exception)
    def _unexpected(_error: Exception) -> tuple[str, int]:
        log.exception("an error that nobody expected")
        return page(500)
