"""GET shows and POST does: the transaction of a request that only shows refuses to write, on every database."""

from __future__ import annotations

from flask import Flask, request

from clinic_app.database import set_reading

SHOWING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    def _begin() -> None:
        set_reading(request.method in SHOWING)

    # Before the extensions' own functions: one of them looks up the account, which begins the transaction.
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        set_reading(False)
