"""Whose address counts: the connection's own, or the one that our own proxy names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

from clinic_app import create_app
from tests.settings import config


def app_behind(proxies: int, folder: Path) -> Flask:
    app = create_app(replace(config(folder, f"sqlite:///{folder / 'clinic.sqlite3'}"), trusted_proxies=proxies))
    app.add_url_rule("/sign-in/who", "who", lambda: request.remote_addr or "")
    app.before_request_funcs[None] = []  # the sign-in would look into a database that is not there
    return app


@pytest.mark.parametrize(
    ("proxies", "named", "counted"),
    [
        (0, "203.0.113.5", "127.0.0.1"),  # made up by a stranger
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),  # the first one was made up
        (2, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
    ],
)
def test_only_our_own_proxies_name_the_visitor(proxies: int, named: str, counted: str, tmp_path: Path) -> None:
    client = app_behind(proxies, tmp_path).test_client()
    assert client.get("/sign-in/who", headers={"X-Forwarded-For": named}).text == counted
