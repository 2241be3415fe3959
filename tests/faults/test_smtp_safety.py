"""Safe connections are safe, or there are none: nothing is said in the clear, whatever stands in between."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from clinic_app.emails.outcome import NotSecure, Temporary
from clinic_app.emails.settings import Security
from clinic_app.errors import ServiceError
from tests.mail_servers import Scripted, certificate, scripted, serving, settings, speaking_tls
from tests.smtp_watch import ENOUGH, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificates"))


def test_tls_from_the_first_byte(watch: Watch, pair: tuple[Path, Path]) -> None:
    with scripted(Scripted(tls=speaking_tls(pair))) as server:
        watch.send(settings(server.port, Security.TLS, user="clinic", ca_file=pair[0]))
    assert len(server.messages) == 1


def test_starttls(watch: Watch, pair: tuple[Path, Path]) -> None:
    with scripted(Scripted(starttls=speaking_tls(pair))) as server:
        watch.send(settings(server.port, Security.STARTTLS, user="clinic", ca_file=pair[0]))
    assert len(server.messages) == 1
    words = [line.split(" ")[0] for line in server.heard]
    assert words[:5] == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for(watch: Watch, pair: tuple[Path, Path], security: Security) -> None:
    speaking = speaking_tls(pair)
    server = Scripted(tls=speaking) if security is Security.TLS else Scripted(starttls=speaking)
    with scripted(server):
        assert "certificate" in watch.fails(settings(server.port, security, user="clinic"), NotSecure)
    assert not any(line.startswith(("AUTH", "MAIL", "RCPT")) for line in server.heard)


def test_a_certificate_of_another_name(watch: Watch, tmp_path: Path) -> None:
    other = certificate(tmp_path, "elsewhere.example")
    with scripted(Scripted(tls=speaking_tls(other))) as server:
        assert "certificate" in watch.fails(settings(server.port, Security.TLS, ca_file=other[0]), NotSecure)
    assert server.heard == []


def test_starttls_that_was_stripped(watch: Watch, pair: tuple[Path, Path]) -> None:
    """Somebody between us and the server takes the offer out: nothing is said in the clear."""
    with scripted(Scripted({"EHLO": "250-mail.example\r\n250 AUTH PLAIN"})) as server:
        watch.fails(settings(server.port, Security.STARTTLS, user="clinic", ca_file=pair[0]), NotSecure)
    assert [line.split(" ")[0] for line in server.heard if line != "QUIT"] == ["EHLO"]


@pytest.mark.parametrize("answer", ["454 not now", "502 what?", "250 as if"])
def test_starttls_that_is_refused(watch: Watch, pair: tuple[Path, Path], answer: str) -> None:
    with scripted(Scripted({"STARTTLS": answer})) as server:
        watch.fails(settings(server.port, Security.STARTTLS, user="clinic", ca_file=pair[0]), NotSecure)
    assert not any(line.startswith(("AUTH", "MAIL", "RCPT")) for line in server.heard)


def test_what_was_said_before_the_handshake_is_forgotten(watch: Watch, pair: tuple[Path, Path]) -> None:
    """An attacker adds answers behind the 220; they must not be taken for answers of the safe connection."""
    injected = "220 go on\r\n250 injected\r\n235 injected\r\n250 injected\r\n250 injected\r\n354 injected"
    server = Scripted({"STARTTLS": injected}, starttls=speaking_tls(pair))
    with scripted(server):
        watch.send(settings(server.port, Security.STARTTLS, user="clinic", ca_file=pair[0]))
    assert len(server.messages) == 1
    assert sum(line.startswith("EHLO") for line in server.heard) == 2


def _not_tls(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"220 this is no TLS at all, sorry\r\n" * 4)


def _silent(connection: socket.socket) -> None:
    sleep(ENOUGH)


@pytest.mark.parametrize(("talk", "kind"), [(_not_tls, NotSecure), (_silent, Temporary)])
def test_a_port_that_does_not_speak_tls(
    watch: Watch, talk: Callable[[socket.socket], None], kind: type[ServiceError]
) -> None:
    with serving(talk) as port:
        watch.fails(settings(port, Security.TLS), kind)


def test_old_tls_is_not_spoken(watch: Watch, pair: tuple[Path, Path]) -> None:
    old = speaking_tls(pair)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with scripted(Scripted(tls=old)) as server:
        watch.fails(settings(server.port, Security.TLS, ca_file=pair[0]), NotSecure)
