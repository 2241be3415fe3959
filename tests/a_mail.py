"""One message as a test changes it, and as a mail program reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import Parser
from html.parser import HTMLParser
from typing import Any

from clinic_app.emails.handout_mail import HandoutMail, compose
from tests.mail_servers import SENDER

URL = "https://handouts.example/p/0123456789abcdef0123456789abcdef#uA5vT0cZb7fJ2hQe9kLwXy3sRdMn6pGtB8iVoC1jDqE"
CHANGES = ("Bridge: hold 5 seconds now, 3 before", "Clam: new")

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}


def handout_mail(**changed: Any) -> HandoutMail:
    values: dict[str, Any] = {
        "clinic": "Harbour Physiotherapy",
        "phone": "01632 960 123",
        "hours": "Monday to Friday, 8 am to 6 pm",
        "colour": "#0E5A68",
        "greeting": "Ada",
        "url": URL,
        "code": "7KQ2M-X4RTP",
        "edition": 1,
        "changes": (),
        "pdf": None,
        "sender": SENDER,
        "recipient": "ada@post.example",
        "message_id": "<5f0c1d2e@clinic.example>",
        "date": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    }
    return HandoutMail(**(values | changed))


def received(**changed: Any) -> EmailMessage:
    """The message as a mail program reads it."""
    raw = compose(handout_mail(**changed)).as_bytes().decode("utf-8")
    found: EmailMessage = Parser(policy=policy.SMTPUTF8).parsestr(raw)
    return found


def text_of(message: EmailMessage) -> str:
    return _part(message, "plain")


def page_of(message: EmailMessage) -> str:
    return _part(message, "html")


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


class Seen(HTMLParser):
    """The words of a page as they are seen, the addresses of its links, and all its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._unseen = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._unseen += tag in {"head", "style"}
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"head", "style"}

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words += data.split()
