"""One message as a test changes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from clinic_app.emails.handout_mail import HandoutMail
from tests.mail_servers import SENDER

URL = "https://handouts.example/p/0123456789abcdef0123456789abcdef#uA5vT0cZb7fJ2hQe9kLwXy3sRdMn6pGtB8iVoC1jDqE"
CHANGES = ("Bridge: hold 5 seconds now, 3 before", "Clam: new")


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
