"""The message of one sending, from the snapshot of its edition and the patient's present address."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from clinic_app.database import db
from clinic_app.emails.handout_mail import HandoutMail, compose
from clinic_app.emails.settings import Sender
from clinic_app.models import Handout
from clinic_app.rendering import page_one, snapshot
from clinic_app.services import addresses, handouts
from clinic_app.services.delivery_queue import Claimed

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lady", "lord", "rev"})


def message(claimed: Claimed, sender: Sender, now: datetime) -> EmailMessage:
    """What goes out, the same at every try but for its date. The caller has asked whether it is still wanted.

    Raises:
        BadMail, BadAddress: something in it cannot stand in a message.
    """
    handout = db.session.get_one(Handout, claimed.handout_id)
    said = snapshot.from_json(handout.snapshot)
    clinic = handout.programme.account.clinic
    address = addresses.present(handout.programme)
    return compose(
        HandoutMail(
            clinic=said.clinic.name,
            phone=said.clinic.phone,
            hours=said.clinic.hours,
            colour=said.clinic.colour,
            greeting=called(said.patient.name),
            url=addresses.url(address),
            code=addresses.code(address),
            edition=said.edition,
            changes=tuple(_line(page_one.change_line(each, said.exercises)) for each in said.changes),
            pdf=handouts.pdf(handout) if claimed.attach_pdf else None,
            sender=sender,
            recipient=claimed.recipient,
            message_id=claimed.message_id,
            date=clinic.local(now),
            asks_born=clinic.asks_born and said.patient.born is not None,
        )
    )


def is_of_demo(claimed: Claimed) -> bool:
    """Whether it is a demo clinic's, whose patients are invented."""
    return db.session.get_one(Handout, claimed.handout_id).programme.account.clinic.is_demo


def called(name: str) -> str:
    """The first name, for a greeting; empty when the name begins with a title or is a single word."""
    words = name.split()
    return words[0] if len(words) > 1 and words[0].rstrip(".").lower() not in TITLES else ""


def _line(line: page_one.ChangeLine) -> str:
    """ "Changed: Knee to chest, hold 20 seconds (was 10 seconds)"."""
    more = f", {line.now}" if line.now else ""
    before = f" (was {line.was})" if line.was else ""
    place = f", {line.place}" if line.place else ""
    return f"{line.tag}: {line.name}{more}{before}{place}"
