"""The connection to a mail server with an end to all patience: for one answer, and for all of them together.

`smtplib` counts its time limit anew with every byte, so a server that sends one byte a second would hold it for ever.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from time import monotonic
from typing import Any

LONGEST_ANSWER = 64 * 1024  # bytes of one answer, all its lines together
PIECE = 64 * 1024  # bytes written at once


class Client(smtplib.SMTP):
    """`smtplib` with deadlines. `until` is the moment (of `monotonic`) at which the present part must be over."""

    def __init__(self, name: str, *, connect: float, step: float, until: float, tls: ssl.SSLContext | None) -> None:
        self.until = until
        self.step = step  # seconds for one answer
        self._tls = tls  # from the first byte
        super().__init__(local_hostname=name, timeout=connect)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), min(timeout, self.left()))
        if self._tls is None:
            return plain
        plain.settimeout(self.left())
        try:
            return self._tls.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def left(self) -> float:
        """Seconds for the next thing; raises TimeoutError when there are none."""
        left = min(self.step, self.until - monotonic())
        if left <= 0:
            raise TimeoutError("no time is left")
        return left

    def getreply(self) -> tuple[int, bytes]:
        # smtplib takes any reader whose `readline` takes a limit.
        if not isinstance(self.file, _Answer):
            self.file = _Answer(self._socket())
        self.file.begin(monotonic() + self.left(), LONGEST_ANSWER)
        return super().getreply()

    def send(self, s: Any) -> None:
        # Also during a sign-in, where smtplib sends by itself.
        data = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        sock = self._socket()
        try:
            for start in range(0, len(data), PIECE):
                sock.settimeout(self.left())
                sock.sendall(data[start : start + PIECE])
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected("the server went away") from error

    def secure(self, context: ssl.SSLContext, host: str) -> int:
        """Ask for STARTTLS; the number of the answer. With 220 all that follows is safe, and all before is forgotten.

        What came in before the handshake was said by nobody we know, so it is dropped with its reader.
        """
        code, _ = self.docmd("STARTTLS")
        if code == 220:
            sock = self._socket()
            sock.settimeout(self.left())
            self.sock = context.wrap_socket(sock, server_hostname=host)
            self.file = None
            self.ehlo_resp = self.helo_resp = None
            self.esmtp_features = {}
            self.does_esmtp = False
        return code

    def leave(self) -> None:
        """Say goodbye without waiting for an answer, and close."""
        try:
            if self.sock is not None:
                self.sock.settimeout(1)
                self.sock.sendall(b"QUIT\r\n")
        except OSError:
            pass
        finally:
            self.close()

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self.sock


class _Answer:
    """Lines from a socket, until a moment and a number of bytes that hold for a whole answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._got = b""
        self._until = 0.0
        self._room = 0

    def begin(self, until: float, room: int) -> None:
        self._until = until
        self._room = room

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._got:
            left = self._until - monotonic()
            if left <= 0:
                raise TimeoutError("the answer takes too long")
            self._socket.settimeout(left)
            more = self._socket.recv(4096)
            if not more:
                raise ConnectionResetError("the server hung up in the middle of a line")
            self._got += more
            if len(self._got) >= limit:
                raise ConnectionAbortedError("the answer is too long")
        line, end, self._got = self._got.partition(b"\n")
        self._room -= len(line) + 1
        if self._room < 0:
            raise ConnectionAbortedError("the answer is too long")
        return line + end

    def close(self) -> None:
        self._got = b""
