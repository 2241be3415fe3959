"""A real mail server on loopback that takes every message, and the person who reads them there."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import Queue
from types import TracebackType
from typing import Any
from urllib.parse import SplitResult, urlsplit

from aiosmtpd.controller import Controller

from clinic_app.emails.settings import Mail, Security, Sender

PATIENCE = 30  # seconds for a message to arrive
LINK = re.compile(r"https?://\S+/p/\S+")
CODE = re.compile(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it arrived, and what its plain words hold."""

    message: EmailMessage
    recipients: tuple[str, ...]

    @property
    def words(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    @property
    def link(self) -> SplitResult:
        found = LINK.search(self.words)
        assert found, self.words
        return urlsplit(found[0])

    @property
    def code(self) -> str:
        found = CODE.search(self.words)
        assert found, self.words
        return found[0]


class LetterBox:
    """Running inside a `with`; `settings` lead to it."""

    def __init__(self) -> None:
        self._letters: Queue[Letter] = Queue()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        self.settings = Mail("127.0.0.1", port, Security.NONE, Sender("", "handouts@clinic.example"))
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> LetterBox:
        self._controller.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._controller.stop()

    def next(self) -> Letter:
        """The message that came first of those nobody has read; waits for it."""
        return self._letters.get(timeout=PATIENCE)

    @property
    def is_empty(self) -> bool:
        return self._letters.empty()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - called by aiosmtpd
        message = message_from_bytes(envelope.content, policy=policy.default)
        self._letters.put(Letter(message, tuple(envelope.rcpt_tos)))
        return "250 taken"
