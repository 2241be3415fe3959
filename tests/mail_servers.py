"""Mail servers for tests, on loopback: one that does as told at every step, and a certificate to trust or not."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from clinic_app.emails.settings import Mail, Security, Sender

SENDER = Sender("", "handouts@clinic.example")
EXTENSIONS = (
    "250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250-STARTTLS\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 9999999"
)
USUAL = {
    "greeting": "220 mail.example",
    "EHLO": EXTENSIONS,
    "STARTTLS": "220 go on",
    "AUTH": "235 welcome",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "DATA": "354 go on",
    ".": "250 accepted",
    "QUIT": "221 bye",
}
SAY_NOTHING = ""  # and keep the connection open
HANG_UP = "hang up"


@dataclass
class Scripted:
    """A server that answers each command with `answers`; `heard` are the commands, `messages` what was accepted."""

    answers: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None  # from the first byte
    starttls: ssl.SSLContext | None = None
    heard: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    port: int = 0

    def answer(self, word: str) -> str:
        return (USUAL | self.answers).get(word, "500 what?")

    def talk(self, connection: socket.socket) -> None:
        with ExitStack() as opened:
            if self.tls:
                connection = opened.enter_context(self.tls.wrap_socket(connection, server_side=True))
            file = opened.enter_context(connection.makefile("rb"))
            going = self._say(connection, "greeting")
            while going and (line := file.readline()):
                word, space, rest = line.decode().strip().partition(" ")
                word = word.upper()
                self.heard.append(word + space + rest)
                going = self._say(connection, word)
                if word == "STARTTLS" and self.starttls and self.answer(word).startswith("220"):
                    connection = opened.enter_context(self.starttls.wrap_socket(connection, server_side=True))
                    file = opened.enter_context(connection.makefile("rb"))
                if word == "DATA" and self.answer(word).startswith("354"):
                    content = _message(file)
                    if content is None:
                        return
                    if self.answer(".").startswith("250"):
                        self.messages.append(content)
                    going = self._say(connection, ".")

    def _say(self, connection: socket.socket, word: str) -> bool:
        """Answer `word`; False when the connection is over."""
        answer = self.answer(word)
        if answer == HANG_UP:
            return False
        if answer == SAY_NOTHING:
            with suppress(OSError):
                while connection.recv(4096):
                    pass
            return False
        connection.sendall(answer.encode() + b"\r\n")
        return True


def _message(file: BufferedReader) -> bytes | None:
    """All lines up to the lone dot; None when the other side went away before it."""
    lines = []
    while (line := file.readline()) != b".\r\n":
        if not line:
            return None
        lines.append(line)
    return b"".join(lines)


@contextmanager
def serving(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Every connection to the port is given to `talk`, each in a thread of its own."""
    open_ones: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError, ssl.SSLError):
                talk(connection)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    open_ones.append(connection)
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        yield server.getsockname()[1]
        for each in open_ones:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        server.shutdown(socket.SHUT_RDWR)
    accepting.join(5)


@contextmanager
def scripted(server: Scripted | None = None) -> Iterator[Scripted]:
    server = server or Scripted()
    with serving(server.talk) as port:
        server.port = port
        yield server


def settings(port: int, security: Security = Security.NONE, *, user: str = "", ca_file: Path | None = None) -> Mail:
    return Mail(
        host="localhost" if security is not Security.NONE else "127.0.0.1",
        port=port,
        security=security,
        sender=SENDER,
        user=user,
        password="open sesame" if user else "",
        ca_file=ca_file,
    )


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A self-signed certificate for `name` and its key, made by the openssl command. Nothing of it is committed."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(key), "-out", str(made), "-days", "1"]
    command += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


def speaking_tls(pair: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    return context
