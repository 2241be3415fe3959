"""Every answer carries the protecting headers: pages, errors, files and pages to print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Illustration
from clinic_app.web.headers import FIXED, PDF_POLICY, POLICIES, POLICY
from tests.cast import sign_in
from tests.issuing import Issued
from tests.settings import config


def protected(answer: TestResponse) -> None:
    for name, value in FIXED.items():
        assert answer.headers.getlist(name) == [value], (answer.request.path, name)
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1
    assert "Server-Timing" not in answer.headers


def drawn(app: Flask) -> int:
    """An exercise of Harbour that has pictures."""
    with app.app_context():
        query = select(Illustration.exercise_id).where(Illustration.scene.is_not(None)).order_by(Illustration.id)
        return db.session.scalars(query).first() or 0


@pytest.fixture
def broken(app: Flask) -> Flask:
    """An application with a page that fails."""

    def fail() -> str:
        raise ZeroDivisionError("a detail that nobody may see")

    app.add_url_rule("/sign-in/broken", "broken", fail)
    return app


def test_every_answer_is_protected(broken: Flask, issued: Issued) -> None:
    maya = sign_in(broken.test_client(), "Maya")
    plain = FlaskClient(broken, TestResponse)
    plain.set_cookie("session", maya.get_cookie("session").value)  # type: ignore[union-attr]
    for url, status in {
        "/": 303,
        "/sign-in": 302,
        "/p/x": 200,
        "/healthz": 200,
        "/staff/today": 200,
        "/staff/branding.css": 200,
        f"/staff/exercises/{drawn(broken)}/pictures/A": 200,
        f"/staff/handouts/{issued.id}/pages/1.png": 200,
        "/staff/handouts/999999": 404,
        "/nothing/here": 404,
        "/sign-out": 405,
        "/sign-in/broken": 500,
    }.items():
        answer = plain.get(url)
        assert answer.status_code == status, url
        protected(answer)
        assert answer.headers["Content-Security-Policy"] == POLICIES.get(answer.mimetype or "", POLICY), url
        assert answer.headers["Cache-Control"] == "no-store", url


def test_pages_to_print_are_protected_and_not_kept(app: Flask, issued: Issued) -> None:
    answer = sign_in(app.test_client(), "Clara").get(f"/staff/handouts/{issued.id}.pdf")
    protected(answer)
    assert answer.headers["Content-Security-Policy"] == PDF_POLICY
    assert "script-src" not in PDF_POLICY
    assert PDF_POLICY.startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'inline; filename="exercises-{issued.id}-edition-1.pdf"'


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    sources = {word for rule in POLICY.split("; ") for word in rule.split()[1:]}
    assert sources == {"'none'", "'self'", "data:"}


def test_a_static_file_is_kept_and_protected(app: Flask) -> None:
    answer = app.test_client().get("/static/staff.css", buffered=True)
    protected(answer)
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_missing_static_file_is_not_kept(app: Flask) -> None:
    answer = app.test_client().get("/static/absent.css")
    assert answer.status_code == 404
    protected(answer)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("https", [True, False])
def test_https_is_demanded_only_where_it_is_served(database_url: str, tmp_path: Path, https: bool) -> None:
    served = create_app(replace(config(tmp_path, database_url), https=https))
    answer = served.test_client().get("/p")
    protected(answer)
    assert ("Strict-Transport-Security" in answer.headers) is https
    if https:
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    with served.app_context():
        db.engine.dispose()
    served.extensions["render_pool"].close()
