"""A patient with the sheet in the hand: opens the page as the address on it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clinic_app.database import db
from clinic_app.models import Programme
from clinic_app.services import addresses

BORN = {"day": "1", "month": "1", "year": "1957"}  # Ada's


@dataclass(frozen=True, slots=True)
class Phone:
    """A browser that opened one programme."""

    client: FlaskClient
    public_id: str

    def get(self, page: str, **headers: str) -> TestResponse:
        return self.client.get(f"/p/{self.public_id}/{page}", headers=headers)


def opened(app: Flask, programme_id: int, born: dict[str, str] = BORN) -> Phone:
    """A phone on which the programme's page was opened."""
    with app.app_context():
        url = addresses.printed(db.session.get_one(Programme, programme_id)).url
    public_id, secret = url.rpartition("/")[2].split("#")
    client = app.test_client()
    answer = client.post(f"/p/{public_id}", data={"given": secret, **born})
    assert answer.status_code == 303, answer.text
    return Phone(client, public_id)


def words(html: str) -> str:
    """What a person reads: without tags, blanks as one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
