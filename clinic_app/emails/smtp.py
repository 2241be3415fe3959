"""One message to one recipient by SMTP, in steps that fail each in its own way.

Up to the first byte of the message nothing can have arrived; from then on only the server's final answer tells.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from time import monotonic

from clinic_app.emails.outcome import NotSecure, Permanent, Temporary, Uncertain, WrongPassword
from clinic_app.emails.settings import Mail, Security
from clinic_app.emails.wire import Client

SIGN_IN_REFUSED = {530, 534, 535}


@dataclass(frozen=True, slots=True)
class Patience:
    """Time limits in seconds. The final answer gets the ten minutes of RFC 5321 section 4.5.3.2.6: who hangs up
    earlier does not know whether the message arrived. All together: 870 seconds, less than a lease of 15 minutes.
    """

    connect: float = 10
    step: float = 60
    before_data: float = 120  # connection, sign-in, sender and recipient together
    writing: float = 150
    answer: float = 600


def nothing(step: str) -> None:
    """For `on_step` where nobody watches."""


def send(
    message: EmailMessage,
    mail: Mail,
    on_data: Callable[[], None],
    on_step: Callable[[str], None] = nothing,
    patience: Patience | None = None,
) -> None:
    """Hand `message` to the mail server; returns when the server has accepted it.

    `on_data` is called once the recipient is accepted, right before DATA. What it raises passes through and
    nothing is sent. `on_step` is told each step before it is taken.

    Raises:
        Temporary: not sent; may be tried again. NotSecure: the same, because the connection is not safe.
        Permanent: not sent, and refused for good.
        WrongPassword: our own sign-in is refused.
        Uncertain: the message may have arrived.
    """
    limits = patience or Patience()
    sender, recipient = _one(message, "From"), _one(message, "To")
    content = _content(message)
    on_step("connect")
    client = _client(mail, sender, limits)
    try:
        with _before_data():
            _connect(client, mail)
            if mail.user:
                _sign_in(client, mail)
        on_step("mail")
        with _before_data():
            _mail(client, sender, recipient, len(content))
        on_step("rcpt")
        with _before_data():
            _rcpt(client, recipient)
        on_data()
        on_step("data")
        with _before_data():
            _data(client)
        on_step("content")
        _write(client, content, limits)
        on_step("answered")
    finally:
        client.leave()


def _client(mail: Mail, sender: Address, limits: Patience) -> Client:
    tls = _context(mail) if mail.security is Security.TLS else None
    return Client(
        sender.domain, connect=limits.connect, step=limits.step, until=monotonic() + limits.before_data, tls=tls
    )


def _context(mail: Mail) -> ssl.SSLContext:
    """Certificate and name are checked, TLS 1.2 or newer."""
    try:
        context = ssl.create_default_context(cafile=mail.ca_file)
    except OSError as error:
        raise NotSecure("The file of trusted certificates cannot be read.") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _connect(client: Client, mail: Mail) -> None:
    code, _ = client.connect(mail.host, mail.port)
    if code != 220:
        raise _refused("The mail server does not take e-mail now", code, Temporary)
    _greet(client)
    if mail.security is Security.STARTTLS:
        if not client.has_extn("starttls"):
            raise NotSecure("The mail server offers no safe connection (STARTTLS). Nothing was sent.")
        code = client.secure(_context(mail), mail.host)
        if code != 220:
            raise NotSecure(f"The mail server refused a safe connection ({code}). Nothing was sent.")
        _greet(client)


def _greet(client: Client) -> None:
    code, _ = client.ehlo()
    if not 200 <= code < 300:
        raise _refused("The mail server does not take e-mail now", code, Temporary)


def _sign_in(client: Client, mail: Mail) -> None:
    """One try with the first way that both know: several tries with a wrong password would lock the account."""
    ways: dict[str, Callable[..., str]] = {
        "PLAIN": client.auth_plain,
        "LOGIN": client.auth_login,
        "CRAM-MD5": client.auth_cram_md5,
    }
    offered = client.esmtp_features.get("auth", "").upper().split()
    way = next((each for each in ways if each in offered), None)
    if way is None:
        raise WrongPassword("The mail server offers no way to sign in, but the settings have a user and a password.")
    client.user, client.password = mail.user, mail.password
    try:
        client.auth(way, ways[way])
    except smtplib.SMTPAuthenticationError as error:
        code = error.smtp_code
        if 500 <= code < 600:
            raise WrongPassword(f"The mail server refuses our user name or password ({code}).") from error
        raise _refused("The mail server could not check our password", code, Temporary) from error


def _mail(client: Client, sender: Address, recipient: Address, size: int) -> None:
    options = []
    if not recipient.username.isascii():
        if not client.has_extn("smtputf8"):
            raise Permanent("The mail server cannot send to an address with letters like this one has.")
        options = ["SMTPUTF8", *(["BODY=8BITMIME"] if client.has_extn("8bitmime") else [])]
        client.command_encoding = "utf-8"
    largest = client.esmtp_features.get("size", "")
    if largest:
        if largest.isascii() and largest.isdigit() and 0 < int(largest[:20]) < size:
            raise Permanent("The e-mail is too large for the mail server. Send it without the PDF.")
        options.append(f"SIZE={size}")
    code, _ = client.docmd("MAIL", " ".join([f"FROM:<{sender.addr_spec}>", *options]))
    if code in SIGN_IN_REFUSED:
        raise WrongPassword(f"The mail server asks for another sign-in ({code}).")
    if not 200 <= code < 300:
        raise _refused("The mail server refuses our sender address", code)


def _rcpt(client: Client, recipient: Address) -> None:
    code, _ = client.docmd("RCPT", f"TO:<{recipient.username}@{recipient.domain}>")
    if code in SIGN_IN_REFUSED:
        raise WrongPassword(f"The mail server asks for another sign-in ({code}).")
    if not 200 <= code < 300:
        raise _refused("The mail server refuses the patient's address", code)


def _data(client: Client) -> None:
    code, _ = client.docmd("DATA")
    if code != 354:
        raise _refused("The mail server refuses the e-mail", code)


def _write(client: Client, content: bytes, limits: Patience) -> None:
    lost = Uncertain("The mail server gave no final answer. The e-mail may have arrived.")
    try:
        client.step = limits.writing
        client.until = monotonic() + limits.writing
        client.send(content)
        client.step = limits.answer
        client.until = monotonic() + limits.answer
        code, _ = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise lost from error
    if 200 <= code < 300:
        return
    if 400 <= code < 600:
        raise _refused("The mail server refuses the e-mail", code)
    raise lost


@contextmanager
def _before_data() -> Iterator[None]:
    """Whatever breaks in here broke before one byte of the message had left."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotSecure("The mail server's certificate is not valid. Nothing was sent.") from error
    except ssl.SSLError as error:
        raise NotSecure("No safe connection to the mail server came about. Nothing was sent.") from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        # smtplib tells of every end of a connection in the same way; what ended it stands behind it.
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            raise Temporary("The mail server did not answer in time. Nothing was sent.") from error
        raise Temporary("The mail server could not be reached, or hung up. Nothing was sent.") from error


def _refused(what: str, code: int, otherwise: type[Temporary | Permanent] | None = None) -> Temporary | Permanent:
    """The error for an answer `code`: by its first digit, or `otherwise`. A strange answer may be better next time."""
    kind = otherwise or (Permanent if 500 <= code < 600 else Temporary)
    number = f" ({code})" if 100 <= code < 1000 else ""
    return kind(f"{what}{number}.")


def _one(message: EmailMessage, header: str) -> Address:
    """The one address of a header.

    Raises:
        ValueError: there are none or several, or other recipients: a mistake of ours, which must never go out.
    """
    found = message.get_all(header, [])
    others = [name for name in ("Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc") if name in message]
    if others or len(found) != 1 or len(found[0].addresses) != 1:
        raise ValueError(f"a message has exactly one address in {header}, and no copies")
    address: Address = found[0].addresses[0]
    if re.search(r"[\s<>,;]", f"{address.username}@{address.domain}"):
        raise ValueError(f"the address in {header} cannot stand in a command")
    return address


def _content(message: EmailMessage) -> bytes:
    """The bytes after DATA with the final dot: lines end in CRLF only, and no line of the message is a lone dot."""
    raw = message.as_bytes()
    if re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        raise ValueError("a line of the message does not end in CRLF")
    stuffed = re.sub(rb"(?m)^\.", b"..", raw)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
