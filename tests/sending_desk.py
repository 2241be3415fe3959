"""A member of staff with an edition that can be sent before her, and a mail server in the settings that nobody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.emails.settings import Mail, Security, Sender
from clinic_app.models import Delivery, Patient
from clinic_app.models.delivery import DeliveryState
from tests.cast import Cast, sign_in
from tests.issuing import Issued

SERVER = Mail("smtp.clinic.example", 465, Security.TLS, Sender("", "handouts@clinic.example"))
ADDRESS = "ada.example@post.example"


@dataclass(frozen=True, slots=True)
class Desk:
    """Clara at the screen, with Ada's edition 1 in front of her."""

    app: Flask
    clara: FlaskClient
    handout: int
    programme: int

    @property
    def page(self) -> str:
        return f"/staff/handouts/{self.handout}"

    def text(self, address: str = "") -> str:
        answer = self.clara.get(address or self.page)
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    def press(self, address: str, **form: str) -> str:
        answer = self.clara.post(address, data=form, follow_redirects=True)
        return " ".join(answer.text.split())

    def send(self, **more: str) -> str:
        key = re.search(r'name="key" value="(\w+)"', self.text(f"{self.page}/send"))
        assert key
        return self.press(f"{self.page}/send", key=key[1], seen=ADDRESS, **more)

    def mails(self) -> list[Delivery]:
        with self.app.app_context():
            return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))

    def put(self, state: DeliveryState, **more: object) -> int:
        """As the worker left the first e-mail."""
        with self.app.app_context():
            row = db.session.scalars(select(Delivery).order_by(Delivery.id)).first()
            assert row
            row.state = state
            for name, value in more.items():
                setattr(row, name, value)
            db.session.commit()
            return row.id


def at_the_desk(app: Flask, cast: Cast, issued: Issued) -> Desk:
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=SERVER)
    with app.app_context():
        db.session.get_one(Patient, cast.patient).email = ADDRESS
        db.session.commit()
    return Desk(app, sign_in(app.test_client(), "Clara"), issued.id, issued.programme_id)
