"""What is issued is what the person saw: no older save of their page, and nothing a colleague changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_app.database import reading
from clinic_app.dosage import Range
from clinic_app.staff import programmes
from tests.cast import Cast, sign_in
from tests.drafts import held, programme_at, start
from tests.forms import form, send_part


@pytest.fixture
def six(app: Flask, cast: Cast) -> str:
    return start(app, cast, "low-back-six")


def test_an_earlier_save_that_arrives_later_changes_nothing(app: Flask, clara: FlaskClient, six: str) -> None:
    """The 2 of a typed 21 was sent first and took the longer way."""
    sent = {**form(clara, six), "page": "hers", "save": "2", "exercises-1-hold_min": "21"}
    assert send_part(clara, six, sent).status_code == 200
    late = send_part(clara, six, {**sent, "save": "1", "exercises-1-hold_min": "2"})
    assert (late.status_code, late.text) == (204, "")
    assert held(app, six) == Range.of(21)
    again = send_part(clara, six, {**sent, "save": "3", "exercises-1-hold_min": "22"})
    assert again.status_code == 200
    assert held(app, six) == Range.of(22)


def test_a_save_that_is_overtaken_by_issue_changes_nothing(app: Flask, clara: FlaskClient, six: str) -> None:
    sent = {**form(clara, six), "page": "hers", "exercises-1-side": "left"}
    issued = clara.post(f"{six}/handouts", data={**sent, "save": "2", "exercises-1-hold_min": "21"})
    assert issued.status_code == 303
    assert send_part(clara, six, {**sent, "save": "1", "exercises-1-hold_min": "2"}).status_code == 204
    assert held(app, six) == Range.of(21)


def test_issue_that_is_overtaken_by_a_save_issues_nothing(app: Flask, clara: FlaskClient, six: str) -> None:
    sent = {**form(clara, six), "page": "hers", "exercises-1-side": "left"}
    send_part(clara, six, {**sent, "save": "2", "exercises-1-hold_min": "21"})
    answer = clara.post(f"{six}/handouts", data={**sent, "save": "1"}, follow_redirects=True)
    assert "Nothing was issued" in answer.text
    assert held(app, six) == Range.of(21)
    with app.app_context():
        assert not programme_at(six).handouts


def test_nobody_issues_what_a_colleague_changed_a_moment_ago(
    app: Flask, clara: FlaskClient, six: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colin saves after Clara's Issue saved hers and before its pages are made."""
    colin = sign_in(app.test_client(), "Colin")
    his = form(colin, six)

    @contextmanager
    def reading_after_colin() -> Iterator[None]:
        monkeypatch.setattr(programmes, "reading", reading)
        with ThreadPoolExecutor() as elsewhere:  # a request of its own, as from another computer
            assert (
                elsewhere.submit(send_part, colin, six, {**his, "exercises-6-note": "A towel."}).result().status_code
                == 200
            )
        with reading():
            yield

    mine = form(clara, six)
    monkeypatch.setattr(programmes, "reading", reading_after_colin)
    answer = clara.post(f"{six}/handouts", data={**mine, "exercises-1-side": "left"}, follow_redirects=True)
    assert "Somebody else saved this programme a moment ago" in answer.text
    with app.app_context():
        assert not programme_at(six).handouts
        assert programme_at(six).exercises[5].note == "A towel."


def test_nobody_issues_what_a_colleague_changed_on_an_open_page(app: Flask, clara: FlaskClient, six: str) -> None:
    mine = form(clara, six)
    colin = sign_in(app.test_client(), "Colin")
    send_part(colin, six, {**form(colin, six), "exercises-6-reps_min": "7"})
    answer = clara.post(f"{six}/handouts", data={**mine, "exercises-1-side": "left"}, follow_redirects=True)
    assert "Colin Colleague changed the dose of Bridge" in answer.text
    assert "Nothing was issued" in answer.text
    with app.app_context():
        assert not programme_at(six).handouts
    issued = clara.post(f"{six}/handouts", data=form(clara, six))
    assert issued.status_code == 303
    with app.app_context():
        assert programme_at(six).handouts
