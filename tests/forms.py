"""Forms as a browser would send them, and the parts of a page that htmx would get back."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from tinyhtml5 import parse
from werkzeug.test import TestResponse

from tests.pages import HTML


def form(client: FlaskClient, url: str) -> dict[str, str]:
    """The fields of the page at `url`."""
    return fields(client.get(url).text)


def fields(page: str) -> dict[str, str]:
    values = {}
    for each in parse(page).iter():
        name = each.get("name")
        if not name or name == "csrf_token":
            continue
        if each.tag == f"{HTML}textarea":
            values[name] = each.text or ""
        elif each.tag == f"{HTML}select":
            options = list(each.iter(f"{HTML}option"))
            chosen = [option for option in options if option.get("selected") is not None] or options
            values[name] = chosen[0].get("value") or ""
        elif each.tag == f"{HTML}input" and (
            each.get("type") not in {"radio", "checkbox"} or each.get("checked") is not None
        ):
            values[name] = each.get("value") or ""
    return values


def send_part(client: FlaskClient, url: str, data: dict[str, Any]) -> TestResponse:
    """Send a form as htmx does."""
    return client.post(url, data=data, headers={"HX-Request": "true"})


def get_part(client: FlaskClient, url: str, **query: Any) -> TestResponse:
    return client.get(url, query_string=query, headers={"HX-Request": "true"})
