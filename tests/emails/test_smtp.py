"""Sending through a mail server that is not of our making: what it receives is what was composed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from clinic_app.emails import transport
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.outcome import NotSecure, WrongPassword
from clinic_app.emails.settings import Mail, Security
from tests.a_mail import handout_mail
from tests.mail_servers import certificate, settings, speaking_tls


class Kept:
    """What arrived: envelopes, whole."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        self.envelopes.append(envelope)
        return "250 kept"


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"clinic", b"open sesame")
    return AuthResult(success=right, handled=False)


@contextmanager
def _serving(kept: Kept, **options: Any) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificates"))


def _send(mail: Mail, **changed: Any) -> tuple[bytes, list[str]]:
    """The bytes of the message that was handed over, and the steps."""
    steps: list[str] = []
    message = compose(handout_mail(**changed))
    transport.send(message, mail, lambda: steps.append("on_data"), steps.append)
    return message.as_bytes(), steps


@pytest.mark.parametrize(
    "changed", [{}, {"edition": 2, "changes": (".", ".dot first", "ä" * 290)}, {"pdf": b"\x00\r\n." * 999}]
)
def test_what_arrives_is_what_was_composed(changed: dict[str, Any]) -> None:
    kept = Kept()
    with _serving(kept) as port:
        composed, steps = _send(settings(port), **changed)
    (envelope,) = kept.envelopes
    assert envelope.content == composed
    assert envelope.mail_from == "handouts@clinic.example"
    assert envelope.rcpt_tos == ["ada@post.example"]
    assert steps == ["connect", "mail", "rcpt", "on_data", "data", "content", "answered"]


def test_an_address_with_other_letters_arrives() -> None:
    kept = Kept()
    with _serving(kept, enable_SMTPUTF8=True) as port:
        composed, _ = _send(settings(port), recipient="zoë@post.example")
    assert kept.envelopes[0].rcpt_tos == ["zoë@post.example"]
    assert kept.envelopes[0].content == composed


# The server does not know that its first byte is already safe.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_safe_connection_with_a_password(pair: tuple[Path, Path], security: Security) -> None:
    kept = Kept()
    context = {"ssl_context" if security is Security.TLS else "tls_context": speaking_tls(pair)}
    strict = {"auth_required": True, "authenticator": _knows, "auth_require_tls": security is Security.STARTTLS}
    with _serving(kept, **context, **strict) as port:
        _send(settings(port, security, user="clinic", ca_file=pair[0]))
        assert len(kept.envelopes) == 1
        with pytest.raises(WrongPassword):
            _send(replace(settings(port, security, user="clinic", ca_file=pair[0]), password="wrong"))
        with pytest.raises(WrongPassword):
            _send(settings(port, security, ca_file=pair[0]))
        with pytest.raises(NotSecure):
            _send(settings(port, security, user="clinic"))
    assert len(kept.envelopes) == 1


def test_the_server_that_wants_a_safe_connection_is_not_spoken_to_in_the_clear() -> None:
    kept = Kept()
    with _serving(kept) as port, pytest.raises(NotSecure):
        _send(settings(port, Security.STARTTLS))
    assert kept.envelopes == []
