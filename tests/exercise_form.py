"""The exercise editor's form as the test client sends it: what was shown, with some fields typed over."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from tinyhtml5 import parse
from werkzeug.test import TestResponse

from clinic_app.database import db
from clinic_app.models import Exercise
from tests.pages import HTML


def number_of(app: Flask, name: str = "Bridge") -> int:
    with app.app_context():
        return db.session.scalars(select(Exercise.id).filter_by(name=name).order_by(Exercise.id)).first() or 0


def fields(html: str, form_id: str = "exercise-form") -> dict[str, Any]:
    """What a browser would send of the form, without its buttons and files."""
    tree = parse(html)
    form = next(each for each in tree.iter(f"{HTML}form") if each.get("id") == form_id)
    found: dict[str, Any] = {}

    def add(name: str | None, value: str) -> None:
        if name:
            found.setdefault(name, []).append(value)

    for each in form.iter():
        kind = each.get("type", "")
        if each.tag == f"{HTML}select":
            options = list(each.iter(f"{HTML}option"))
            chosen = next((option for option in options if option.get("selected") is not None), options[0])
            add(each.get("name"), chosen.get("value") or "")
        elif each.tag == f"{HTML}textarea":
            add(each.get("name"), (each.text or "").strip("\r\n"))
        elif each.tag == f"{HTML}input" and (kind != "checkbox" or each.get("checked") is not None):
            add(each.get("name") if kind not in {"file", "submit"} else None, each.get("value") or "")
    return found


def send(client: FlaskClient, number: int, data: dict[str, Any], **changes: Any) -> TestResponse:
    return client.post(f"/staff/exercises/{number}", data={**data, **changes}, content_type="multipart/form-data")


def begun(client: FlaskClient, app: Flask, name: str = "Bridge on a step") -> int:
    """A draft that is a copy of the bridge."""
    answer = client.post("/staff/exercises", data={"name": name, "copy_of": str(number_of(app))})
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])
