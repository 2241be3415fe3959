"""Mail servers that refuse, hang, hang up or answer one byte a second."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from time import monotonic, sleep

import pytest

from clinic_app.emails import smtp
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.outcome import Permanent, Temporary, Uncertain, WrongPassword
from clinic_app.errors import ServiceError
from tests.a_mail import handout_mail
from tests.mail_servers import HANG_UP, SAY_NOTHING, Scripted, scripted, serving, settings
from tests.smtp_watch import ENOUGH, QUICK, Watch

BEFORE_DATA = ("greeting", "EHLO", "MAIL", "RCPT")
STEPS = ["connect", "mail", "rcpt", "data", "content", "answered"]


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_message_is_accepted_step_by_step(watch: Watch) -> None:
    with scripted() as server:
        watch.send(settings(server.port))
    assert watch.steps == STEPS
    assert watch.announced == 1
    assert len(server.messages) == 1
    assert [line.split(" ")[0] for line in server.heard][:4] == ["EHLO", "MAIL", "RCPT", "DATA"]
    assert server.heard[1].startswith("MAIL FROM:<handouts@clinic.example>")
    assert server.heard[2] == "RCPT TO:<ada@post.example>"


@pytest.mark.parametrize("number", [421, 450, 451, 452])
@pytest.mark.parametrize("where", [*BEFORE_DATA, "DATA", "."])
def test_a_temporary_answer_may_be_tried_again(watch: Watch, where: str, number: int) -> None:
    with scripted(Scripted({where: f"{number} <ada@post.example> later"})) as server:
        assert str(number) in watch.fails(settings(server.port), Temporary)
    assert server.messages == []
    assert watch.announced == (where in {"DATA", "."})


@pytest.mark.parametrize("number", [550, 552, 554])
@pytest.mark.parametrize("where", ["MAIL", "RCPT", "DATA", "."])
def test_a_refusal_is_for_good(watch: Watch, where: str, number: int) -> None:
    with scripted(Scripted({where: f"{number} <ada@post.example> no"})) as server:
        assert str(number) in watch.fails(settings(server.port), Permanent)
    assert server.messages == []
    assert watch.announced == (where in {"DATA", "."})


@pytest.mark.parametrize("number", [550, 554])
@pytest.mark.parametrize("where", ["greeting", "EHLO"])
def test_a_server_that_takes_nothing_at_all_may_take_it_later(watch: Watch, where: str, number: int) -> None:
    """Such an answer says nothing about this message or its recipient."""
    with scripted(Scripted({where: f"{number} no service here"})) as server:
        watch.fails(settings(server.port), Temporary)


@pytest.mark.parametrize("number", [530, 534, 535])
@pytest.mark.parametrize("where", ["AUTH", "MAIL", "RCPT"])
def test_a_refused_sign_in_is_a_matter_for_a_person(watch: Watch, where: str, number: int) -> None:
    with scripted(Scripted({where: f"{number} who are you?"})) as server:
        said = watch.fails(settings(server.port, user="clinic"), WrongPassword)
    assert str(number) in said
    assert "sesame" not in said
    assert watch.announced == 0
    assert sum(line.startswith("AUTH") for line in server.heard) == 1, "several tries would lock the account"


def test_a_sign_in_that_cannot_be_checked_now_is_tried_later(watch: Watch) -> None:
    with scripted(Scripted({"AUTH": "454 try later"})) as server:
        watch.fails(settings(server.port, user="clinic"), Temporary)


@pytest.mark.parametrize("offered", ["250 SIZE 0", "250 AUTH XOAUTH2"])
def test_a_server_that_offers_no_sign_in(watch: Watch, offered: str) -> None:
    with scripted(Scripted({"EHLO": f"250-mail.example\r\n{offered}"})) as server:
        watch.fails(settings(server.port, user="clinic"), WrongPassword)
    assert not any("open sesame" in line or "AUTH" in line for line in server.heard)


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_the_ways_to_sign_in(watch: Watch, way: str) -> None:
    with scripted(Scripted({"EHLO": f"250-mail.example\r\n250 AUTH {way}"})) as server:
        watch.send(settings(server.port, user="clinic"))
    assert any(line.startswith(f"AUTH {way}") for line in server.heard)
    assert len(server.messages) == 1


@pytest.mark.parametrize("answer", [SAY_NOTHING, HANG_UP, "rubbish", "250 " + "x" * 9000])
@pytest.mark.parametrize("where", [*BEFORE_DATA, "DATA"])
def test_silence_or_rubbish_before_the_message_sends_nothing(watch: Watch, where: str, answer: str) -> None:
    """Also after DATA: until the server asks for the message, not one byte of it leaves."""
    with scripted(Scripted({where: answer})) as server:
        watch.fails(settings(server.port), Temporary)
    assert server.messages == []
    assert "content" not in watch.steps


@pytest.mark.parametrize(
    "answer", [SAY_NOTHING, HANG_UP, "rubbish", "x" * 9000, "250" + "-\r\n250" * 20000, "354 more"]
)
def test_without_a_final_answer_the_outcome_is_unknown(watch: Watch, answer: str) -> None:
    with scripted(Scripted({".": answer})) as server:
        assert "may have arrived" in watch.fails(settings(server.port), Uncertain)
    assert watch.announced == 1
    assert "answered" not in watch.steps


def _byte_by_byte(answers: bytes, after: bytes) -> Callable[[socket.socket], None]:
    """A server whose `answers` come at once, and `after` one byte at a time, always before any pause is too long."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(answers)
        for each in after:
            sleep(0.1)
            connection.sendall(bytes((each,)))

    return talk


def test_one_byte_after_the_other_does_not_hold_us_for_ever(watch: Watch) -> None:
    with serving(_byte_by_byte(b"", b"220 mail.example " + b"x" * 400)) as port:
        began = monotonic()
        assert "in time" in watch.fails(settings(port), Temporary)
        assert monotonic() - began < 3


def test_many_answers_just_in_time_end_too(watch: Watch) -> None:
    """Each command is answered within its own limit; together they take longer than all may."""
    patience = replace(QUICK, step=10, before_data=0.5)
    with serving(_byte_by_byte(b"220 x\r\n", b"250 x\r\n" * 100)) as port:
        assert "in time" in watch.fails(settings(port), Temporary, patience)
    assert watch.steps == ["connect"]


def test_a_line_without_an_end_is_cut_off_at_once(watch: Watch) -> None:
    """Whatever patience there is: it would fill the memory meanwhile."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n")
        while True:
            connection.sendall(b"x" * 4096)

    with serving(talk) as port:
        watch.fails(settings(port), Uncertain, replace(QUICK, answer=ENOUGH * 2))


def test_a_final_answer_one_byte_after_the_other_is_unknown(watch: Watch) -> None:
    before = b"220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n"
    with serving(_byte_by_byte(before, b"250 accepted" + b"x" * 400)) as port:
        watch.fails(settings(port), Uncertain)


def test_a_server_that_reads_nothing_holds_us_no_longer_than_writing_may_take(watch: Watch) -> None:
    def talk(connection: socket.socket) -> None:
        connection.sendall(b"220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n")
        sleep(ENOUGH)

    message = compose(handout_mail(pdf=b"%PDF" + b"x" * 6_000_000))
    with serving(talk) as port, pytest.raises(Uncertain):
        smtp.send(message, settings(port), watch.announce, patience=QUICK)


@pytest.mark.parametrize(("lines", "kind"), [(0, Temporary), (3, Temporary), (4, Temporary), (5, Uncertain)])
def test_a_reset(watch: Watch, lines: int, kind: type[ServiceError]) -> None:
    """The connection is cut with RST after some answers; after the fifth the message is on its way."""
    answers = (b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 x\r\n")

    def talk(connection: socket.socket) -> None:
        for each in answers[:lines]:
            connection.sendall(each)
            connection.recv(4096)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with serving(talk) as port:
        watch.fails(settings(port), kind)


def test_nobody_at_the_port(watch: Watch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    watch.fails(settings(port), Temporary)
    assert watch.steps == ["connect"]


def test_no_such_host(watch: Watch) -> None:
    watch.fails(replace(settings(25), host="nowhere.invalid"), Temporary)


def test_an_answer_after_hanging_up_politely_is_not_awaited(watch: Watch) -> None:
    """The message is accepted; how the server says goodbye changes nothing."""
    for goodbye in (SAY_NOTHING, HANG_UP, "500 never"):
        with scripted(Scripted({"QUIT": goodbye})) as server:
            watch.send(settings(server.port))
            assert len(server.messages) == 1


class Stopped(Exception):
    pass


def test_when_the_note_cannot_be_kept_nothing_is_sent() -> None:
    """`on_data` writes "about to send"; if that fails, DATA is never said."""

    def fail() -> None:
        raise Stopped

    with scripted() as server, pytest.raises(Stopped):
        smtp.send(compose(handout_mail()), settings(server.port), fail)
    assert server.messages == []
    assert "DATA" not in server.heard


def test_an_address_with_other_letters_needs_a_server_that_can(watch: Watch) -> None:
    with scripted() as server:
        watch.send(settings(server.port), recipient="zoë@post.example")
    assert "RCPT TO:<zoë@post.example>" in server.heard
    assert "SMTPUTF8" in server.heard[1]
    assert "zoë@post.example".encode() in server.messages[0]
    with scripted(Scripted({"EHLO": "250 mail.example"})) as server, pytest.raises(Permanent):
        watch.send(settings(server.port), recipient="zoë@post.example")
    assert server.messages == []


def test_a_message_larger_than_the_server_takes_is_not_sent_at_all(watch: Watch) -> None:
    with scripted(Scripted({"EHLO": "250-mail.example\r\n250 SIZE 500"})) as server:
        assert "too large" in watch.fails(settings(server.port), Permanent)
    assert not any(line.startswith("MAIL") for line in server.heard)


def test_all_limits_together_are_shorter_than_a_lease() -> None:
    usual = smtp.Patience()
    assert usual.before_data + usual.writing + usual.answer < 15 * 60
