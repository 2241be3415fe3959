"""The message that brings a patient the address of a handout. Pure: values in, a message out.

Subject and preview say nothing about health: a phone shows them to whoever looks at it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import Parser
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from clinic_app import plain_text
from clinic_app.emails.recipient import one_address
from clinic_app.emails.settings import Sender
from clinic_app.errors import ServiceError
from clinic_app.places import TEMPLATES

SUBJECT = "Your exercises from {clinic}"
MOST_CHANGES = 20
LONGEST_CHANGE = 300  # characters
LONGEST_NAME = 120
LARGEST_PDF = 8 * 1024 * 1024  # bytes; a third more in the message, and many servers refuse 10 to 25 MB
LANGUAGE = "en-GB"

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>")
_URL = re.compile(r"https?://[!-~]+")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class BadMail(ServiceError):
    """The message would not be what it should be; it is not sent."""


@dataclass(frozen=True, slots=True)
class HandoutMail:
    """What one message says. Nothing here names an exercise but `changes`, which stand at the end of the text."""

    clinic: str
    phone: str
    hours: str
    colour: str  # "#rrggbb", at least 7:1 against white
    greeting: str  # what the patient is called, never the full name; may be empty
    url: str  # the patient's whole address with its secret
    code: str  # typed by hand instead; may be empty
    edition: int
    changes: tuple[str, ...]  # as the handout prints them; empty in the first edition
    pdf: bytes | None
    sender: Sender
    recipient: str
    message_id: str  # the same at every try
    date: datetime  # with its time zone
    asks_born: bool = True  # the page asks for the date of birth
    replies_read: bool = False  # somebody reads what comes back to the sender's address


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a message, in the order of reading: text and HTML are both made from them."""

    heading: str
    hello: str
    opening: str
    button: str
    ask: str
    code: str
    attached: str
    changes_heading: str
    changes: tuple[str, ...]
    call: str
    hours: str
    replies: str
    stranger: str
    edition: str


def new_message_id(sender: Sender) -> str:
    """A new id for a message of `sender`, in its angle brackets, at most 120 characters."""
    domain = sender.domain if len(sender.domain) <= 80 else "mail.invalid"
    return f"<{secrets.token_hex(16)}@{domain}>"


def compose(values: HandoutMail) -> EmailMessage:
    """The whole message: plain text, HTML that says the same, and the PDF if it is wished.

    Raises:
        BadAddress: the recipient is not one address.
        BadMail: a value cannot stand in a message.
    """
    recipient = one_address(values.recipient)
    clinic = _name(values.clinic)
    if not clinic:
        raise BadMail("The clinic has no name.")
    _check_values(values)
    said = words(values)
    message = EmailMessage(policy=policy.SMTP if recipient.isascii() else policy.SMTPUTF8)
    message["From"] = _address(_name(values.sender.name) or clinic, values.sender.address)
    message["To"] = _address("", recipient)
    message["Subject"] = SUBJECT.format(clinic=clinic)
    message["Date"] = values.date
    message["Message-ID"] = values.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answer is sent back
    shown = {
        "clinic": clinic,
        "phone": values.phone,
        "url": values.url,
        "code": values.code,
        "words": said,
        "language": LANGUAGE,
    }
    text = _environment().get_template("handout.txt").render(shown)
    page = (
        _environment().get_template("handout.html").render(shown, brand=values.colour, dialled=_dialled(values.phone))
    )
    # Seven-bit in every part, so that no server on the way has to change a byte of it.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    if values.pdf is not None:
        name = f"exercises-{values.edition:d}.pdf"
        message.add_attachment(values.pdf, maintype="application", subtype="pdf", filename=name)
    message["Content-Language"] = LANGUAGE  # last: a part that is added takes such headers of the whole with it
    _read_again(message)
    return message


def words(values: HandoutMail) -> Words:
    """What the message says, sentence by sentence."""
    again = values.edition > 1
    lines = tuple(_line(each) for each in values.changes[:MOST_CHANGES]) if again else ()
    if again and len(values.changes) > MOST_CHANGES:
        lines += ("Your page shows the other changes.",)
    return Words(
        heading="Your exercises have changed" if again else "Your exercises are ready",
        hello=f"Hello {_name(values.greeting)}," if values.greeting.strip() else "Hello,",
        opening=f"{_name(values.clinic)} has "
        + (
            "changed your exercises. Your page shows the new ones."
            if again
            else "put your exercises on a page for you."
        ),
        button="Open my exercises",
        ask="The page asks for your date of birth, to check that it is you." if values.asks_born else "",
        code=f"Does the link not work? Open {_typed(values.url)} and type this code:" if values.code else "",
        attached="Your exercises are attached as a PDF too." if values.pdf is not None else "",
        changes_heading="What changed" if lines else "",
        changes=lines,
        call="Questions? Call us:",
        hours=_line(values.hours),
        replies="" if values.replies_read else "Please do not reply to this e-mail. Nobody reads the answers.",
        stranger="Is this e-mail not for you? Please call us, then delete it.",
        edition=f"Edition {values.edition:d}",
    )


def _check_values(values: HandoutMail) -> None:
    if values.date.tzinfo is None:
        raise BadMail("The message has no time zone.")
    for what, pattern, text in (
        ("name of the message", _MESSAGE_ID, values.message_id),
        ("patient's address", _URL, values.url),
        ("clinic's colour", _COLOUR, values.colour),
    ):
        if not pattern.fullmatch(text) or len(text) > 400:
            raise BadMail(f"The {what} cannot stand in an e-mail.")
    for what, text in (("clinic's phone", values.phone), ("code", values.code)):
        if plain_text.fault(text) or len(text) > LONGEST_NAME:
            raise BadMail(f"The {what} cannot stand in an e-mail.")
    if values.pdf is not None and len(values.pdf) > LARGEST_PDF:
        raise BadMail("The PDF is too large for an e-mail. Send it without the PDF, or print it.")


def _name(text: str) -> str:
    """`text` as it may stand in a header.

    "=?" is how a header writes an encoded word, which may hide a line break; no clinic needs it in its name.

    Raises:
        BadMail: it has hidden characters or is very long.
    """
    name = " ".join(text.split(" ")).strip(" ")
    if plain_text.fault(name) or len(name) > LONGEST_NAME:
        raise BadMail("A name cannot stand in an e-mail.")
    return name.replace("=?", "= ?")


def _line(text: str) -> str:
    """One line of the body: what cannot be seen is shown as a gap, and a very long line is cut; the page has it all."""
    line = " ".join(plain_text.visible(text).split())
    return line if len(line) <= LONGEST_CHANGE else f"{line[: LONGEST_CHANGE - 1].rstrip()}…"


def _typed(url: str) -> str:
    """Where a code is typed: "handouts.example/p"."""
    return re.sub(r"/p/.*", "/p", url.partition("#")[0].partition("://")[2])


def _dialled(phone: str) -> str:
    """What a telephone dials: digits, with a plus in front of a country's number."""
    return ("+" if phone.lstrip().startswith("+") else "") + re.sub(r"[^0-9]", "", phone)


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _read_again(message: EmailMessage) -> None:
    """Refuse a message that a mail server would read otherwise than we meant it.

    Some releases of Python 3.11 to 3.13 write a header in two when a value hides a line break (CVE-2024-6923).
    """
    wrong = BadMail("The message would be read otherwise than it is meant. It was not sent.")
    try:
        raw = message.as_bytes().decode("utf-8")
    except MessageError as error:  # newer releases refuse by themselves
        raise wrong from error
    again = Parser(policy=message.policy).parsestr(raw)
    if _headers(again) != _headers(message) or again.defects:
        raise wrong
    for name in ("From", "To"):
        if _addresses(again, name) != _addresses(message, name) or len(_addresses(again, name)) != 1:
            raise BadMail("The message would go to another address than it should. It was not sent.")


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    """Names and values, without spaces: Python reads a long encoded name with more of them than it wrote."""
    return [(name, "".join(str(value).split())) for name, value in message.items()]


def _addresses(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    return [(each.username, each.domain) for each in message[name].addresses]


@cache
def _environment() -> Environment:
    """Templates of their own: escaped in HTML, literal in text; a name that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "emails"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
