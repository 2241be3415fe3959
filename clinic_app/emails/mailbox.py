"""The demo's mailbox: a folder where messages are kept instead of being sent, and what one of them says."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import Parser
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import cast

from clinic_app.emails.outcome import Temporary
from clinic_app.emails.smtp import nothing

MOST = 200  # messages that are listed
LARGEST = 20 * 1024 * 1024  # bytes of one message
_NAME = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as the mailbox shows it. `name` stands in its address and belongs to its Message-ID."""

    name: str
    subject: str
    sender: str
    recipient: str
    at: datetime
    text: str
    page: str  # the HTML as it was written
    files: tuple[str, ...]  # names of what is attached


def put(
    message: EmailMessage,
    folder: Path,
    on_data: Callable[[], None],
    on_step: Callable[[str], None] = nothing,
) -> None:
    """Keep `message` in `folder`, with the same steps as sending it. The same Message-ID is kept once.

    Raises:
        Temporary: it could not be written.
    """
    for step in ("connect", "mail", "rcpt"):
        on_step(step)
    on_data()
    on_step("data")
    on_step("content")
    try:
        _write(folder / f"{_name(message)}.eml", message.as_bytes())
    except OSError as error:
        raise Temporary("The demo mailbox could not be written. Nothing was sent.") from error
    on_step("answered")


def letters(folder: Path) -> list[Letter]:
    """The messages in `folder`, newest first, at most `MOST`."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST]
    found = [letter(folder, path.stem) for path in files]
    return [each for each in found if each is not None]


def letter(folder: Path, name: str) -> Letter | None:
    """The message of that name, or None."""
    message = _read(folder, name)
    if message is None:
        return None
    return Letter(
        name=name,
        subject=str(message["Subject"]),
        sender=str(message["From"]),
        recipient=str(message["To"]),
        at=parsedate_to_datetime(str(message["Date"])).astimezone(UTC),
        text=_part(message, "plain"),
        page=_part(message, "html"),
        files=tuple(each.get_filename("") for each in message.iter_attachments()),
    )


def attached(folder: Path, name: str) -> bytes | None:
    """The first attached file of the message of that name, or None."""
    message = _read(folder, name)
    parts = list(message.iter_attachments()) if message else []
    return cast(bytes, parts[0].get_payload(decode=True)) if parts else None


def _read(folder: Path, name: str) -> EmailMessage | None:
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    return Parser(policy=policy.SMTPUTF8).parsestr(path.read_bytes().decode("utf-8"))


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body else ""


def _name(message: EmailMessage) -> str:
    return sha256(str(message["Message-ID"]).encode()).hexdigest()[:24]


def _write(path: Path, content: bytes) -> None:
    """A whole file or none, for its owner only: a message carries the patient's secret."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
