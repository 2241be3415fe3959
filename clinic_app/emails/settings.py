"""Where e-mail goes out: a mail server, the demo's folder, or nowhere. Read once, from the environment."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from clinic_app import plain_text
from clinic_app.emails.recipient import BadAddress, one_address

ALL = (
    "CLINIC_SMTP_HOST",
    "CLINIC_SMTP_PORT",
    "CLINIC_SMTP_SECURITY",
    "CLINIC_SMTP_USER",
    "CLINIC_SMTP_PASSWORD_FILE",
    "CLINIC_SMTP_CA_FILE",
    "CLINIC_MAIL_FROM",
)
FOLDER = "CLINIC_MAILBOX"
LONGEST_NAME = 80


class SettingsError(ValueError):
    """A setting is wrong or missing; the sentence names it. The service must not start with it."""


class Security(StrEnum):
    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # required: without it nothing is sent
    NONE = "none"  # on this machine only


PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom a message is from. An empty `name` stands for the clinic's own."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server. `ca_file` holds certificates to trust instead of the machine's own list."""

    host: str
    port: int
    security: Security
    sender: Sender
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class MailFolder:
    """The demo's mailbox: messages are written here and leave the machine never."""

    path: Path
    sender: Sender


@dataclass(frozen=True, slots=True)
class MailState:
    """Whether e-mail can be sent, and the sentence that says so to staff."""

    can_send: bool
    words: str


def read(environment: Mapping[str, str], data: Path) -> Mail | MailFolder | None:
    """The mail settings in `environment`; None when there are none. `data` is the folder of all data.

    Raises:
        SettingsError: they are wrong, or only some of them are there.
    """
    said = {name: environment.get(name, "").strip() for name in ALL}
    folder = environment.get(FOLDER, "").strip().lower()
    if folder not in {"", "no", "yes"}:
        raise SettingsError(f"{FOLDER} must be yes or no.")
    if folder == "yes":
        if any(said.values()):
            raise SettingsError(f"{FOLDER}=yes is for the demo. Take it out, or take out all other settings of e-mail.")
        return MailFolder(data / "mailbox", Sender("", "demo@clinic.example"))
    if not any(said.values()):
        return None
    return _server(said)


def state(mail: Mail | MailFolder | None, *, is_demo: bool) -> MailState:
    """What staff of a clinic are told. The folder counts for a demo clinic only: nobody reads it elsewhere."""
    match mail:
        case Mail():
            words = f"E-mail goes out through {mail.host}."
        case MailFolder() if is_demo:
            words = "This is the demo. E-mail goes to the demo mailbox, never to a real person."
        case MailFolder():
            words = "E-mail goes to the demo mailbox here, so nothing is sent. Print the handout instead."
        case None:
            words = "E-mail is not set up here. Print the handout: the paper carries the address."
    return MailState(can_send=isinstance(mail, Mail) or (mail is not None and is_demo), words=words)


def _server(said: Mapping[str, str]) -> Mail:
    for name in ("CLINIC_SMTP_HOST", "CLINIC_MAIL_FROM"):
        if not said[name]:
            raise SettingsError(f"{name} is missing, but other settings of e-mail are there.")
    host = said["CLINIC_SMTP_HOST"]
    if not host.isascii() or not host.isprintable() or any(each in host for each in " /@"):
        raise SettingsError("CLINIC_SMTP_HOST must be the name of a mail server, such as smtp.clinic.example.")
    wanted = said["CLINIC_SMTP_SECURITY"] or Security.TLS
    if wanted not in set(Security):
        raise SettingsError("CLINIC_SMTP_SECURITY must be tls, starttls or none.")
    security = Security(wanted)
    if security is Security.NONE and not is_loopback(host):
        raise SettingsError("CLINIC_SMTP_SECURITY=none is for a mail server on this machine only.")
    user, password = _sign_in(said["CLINIC_SMTP_USER"], said["CLINIC_SMTP_PASSWORD_FILE"])
    return Mail(
        host=host,
        port=_port(said["CLINIC_SMTP_PORT"], security),
        security=security,
        sender=_sender(said["CLINIC_MAIL_FROM"]),
        user=user,
        password=password,
        ca_file=_ca_file(said["CLINIC_SMTP_CA_FILE"]),
    )


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine: the name localhost or an address that never leaves it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port(text: str, security: Security) -> int:
    if not text:
        return PORTS[security]
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise SettingsError("CLINIC_SMTP_PORT must be a number from 1 to 65535.")
    return int(text)


def _sign_in(user: str, file: str) -> tuple[str, str]:
    if bool(user) != bool(file):
        raise SettingsError("CLINIC_SMTP_USER and CLINIC_SMTP_PASSWORD_FILE belong together: one of them is missing.")
    if not user:
        return "", ""
    try:
        password = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("The file that CLINIC_SMTP_PASSWORD_FILE names cannot be read.") from error
    for name, text in (("CLINIC_SMTP_USER", user), ("The password in CLINIC_SMTP_PASSWORD_FILE", password)):
        if not (text and text.isascii() and text.isprintable()):
            raise SettingsError(f"{name} must be one line of plain letters, digits and signs.")
    return user, password


def _ca_file(text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise SettingsError("The file that CLINIC_SMTP_CA_FILE names is not there.")
    return Path(text) if text else None


def _sender(text: str) -> Sender:
    wrong = SettingsError('CLINIC_MAIL_FROM must be one address, such as "Harbour <handouts@clinic.example>".')
    name, bracket, rest = text.rpartition("<")
    name = name.strip().strip('"').strip()
    if bracket and not rest.endswith(">"):
        raise wrong
    if plain_text.fault(name) or len(name) > LONGEST_NAME or any(each in name for each in '<>"@'):
        raise wrong
    try:
        address = one_address(rest.removesuffix(">") if bracket else text)
    except BadAddress as error:
        raise wrong from error
    if not address.isascii():
        raise wrong
    return Sender(name, address)
