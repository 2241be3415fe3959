"""Sending one message to a server of the tests, watched at every step."""

from __future__ import annotations

from time import monotonic

import pytest

from clinic_app.emails import smtp
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.settings import Mail
from clinic_app.errors import ServiceError
from tests.a_mail import handout_mail

QUICK = smtp.Patience(connect=2, step=0.3, before_data=0.8, writing=0.8, answer=0.5)
ENOUGH = 8.0  # seconds; only a failing test comes near


class Watch:
    """What a sending did: whether DATA was announced, the steps, and how it ended."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.announced = 0

    def send(self, mail: Mail, patience: smtp.Patience = QUICK, recipient: str = "ada@post.example") -> None:
        message = compose(handout_mail(recipient=recipient))
        smtp.send(message, mail, self.announce, self.steps.append, patience)

    def fails(self, mail: Mail, kind: type[ServiceError], patience: smtp.Patience = QUICK) -> str:
        """The sentence of the error, which must be exactly of `kind`, in time, and name nobody."""
        began = monotonic()
        with pytest.raises(kind) as caught:
            self.send(mail, patience)
        assert type(caught.value) is kind
        assert monotonic() - began < ENOUGH
        said = str(caught.value)
        assert "ada" not in said.lower()
        assert "@" not in said
        assert len(said) <= 300
        return said

    def announce(self) -> None:
        self.announced += 1
