"""What both faces share: what every request goes through, headers, error pages, form fields, filters."""

from __future__ import annotations

from flask import Flask

from clinic_app.web import (
    closed,
    error_pages,
    filters,
    headers,
    health,
    private_logs,
    session_state,
    sign_in,
    start,
    static_files,
    transactions,
)

__all__ = ["init_app", "sign_in"]


def init_app(app: Flask) -> None:
    private_logs.init_app(app)
    transactions.init_app(app)
    closed.init_app(app)
    headers.init_app(app)
    error_pages.init_app(app)
    filters.init_app(app)
    static_files.init_app(app)
    health.init_app(app)
    start.init_app(app)
    sign_in.init_app(app)
    session_state.init_app(app)
