"""The one way out for messages: the mail server of the settings, or the demo's folder."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

from clinic_app.emails import mailbox, smtp
from clinic_app.emails.settings import Mail, MailFolder


def send(
    message: EmailMessage,
    mail: Mail | MailFolder,
    on_data: Callable[[], None],
    on_step: Callable[[str], None] = smtp.nothing,
) -> None:
    """Send or keep `message`; raises what `smtp.send` raises, with the same steps either way."""
    if isinstance(mail, MailFolder):
        mailbox.put(message, mail.path, on_data, on_step)
    else:
        smtp.send(message, mail, on_data, on_step)
