"""A real SMTP server for the tests, which behaves as the name of the recipient says: "rcpt-450@post.example"."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Coroutine
from email import message_from_bytes
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

LONG = 600.0  # seconds: nobody in a test waits so long
BYTE_EVERY = 0.2  # seconds
A_WHILE = 2.0  # seconds
PATIENCE = 60.0  # seconds until it listens; only a failing test waits so long


class _Listening(Controller):
    """It is given its socket, so that no other test takes the port meanwhile."""

    def __init__(self, peer: Peer, held: socket.socket, port: int) -> None:
        super().__init__(peer, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
        self._held = held

    def _create_server(self) -> Coroutine[Any, Any, asyncio.Server]:
        return self.loop.create_server(self._factory_invoker, sock=self._held)


class Peer:
    """Running inside a `with`. `received` counts the messages it took, by their Message-ID."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.recipients: list[list[str]] = []
        self.busy = threading.Event()  # "slow@..." has sent its message and waits for the answer
        held = socket.create_server(("127.0.0.1", 0))
        self.port: int = held.getsockname()[1]
        self._controller = _Listening(self, held, self.port)

    def __enter__(self) -> Peer:
        self._controller.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        match address.partition("@")[0].split("-"):
            case ["rcpt", "silence"]:
                await asyncio.sleep(LONG)
            case ["rcpt", "bytes"]:
                for letter in b"250 a very long answer that comes one byte after the other":
                    server.transport.write(bytes([letter]))
                    await asyncio.sleep(BYTE_EVERY)
            case ["rcpt", "reset"]:
                server.transport.abort()
            case ["rcpt", code]:
                return f"{code} no"
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        match envelope.rcpt_tos[0].partition("@")[0].split("-"):
            case ["slow"]:
                self.busy.set()
                await asyncio.sleep(A_WHILE)
            case ["data", "silence"]:
                await asyncio.sleep(LONG)
            case ["data", "reset"]:
                server.transport.abort()
            case ["data", "garbage"]:
                return "999 what"
            case ["data", code]:
                return f"{code} no"
        self.received[str(message_from_bytes(envelope.content)["Message-ID"])] += 1
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"
