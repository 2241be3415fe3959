"""Where a printing or an e-mail stands, in words that say what was seen and never more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_app.database import utc_now
from clinic_app.models import Delivery, Handout, PatientAddress
from clinic_app.models.delivery import Channel, DeliveryState
from clinic_app.models.handout import HandoutState
from clinic_app.services import deliveries
from clinic_app.staff.blueprint import blueprint
from clinic_app.web.filters import clock, day_and_clock

UNKNOWN_MEANS = (
    "The connection broke while the mail server was taking the e-mail. The patient may have it or not. "
    "Call the patient before you send it again: a second e-mail does no harm, but it may puzzle."
)
BADGES = {
    DeliveryState.SCHEDULED: ("sending", "E-mail leaves soon"),
    DeliveryState.QUEUED: ("sending", "E-mail is on its way"),
    DeliveryState.SENDING: ("sending", "E-mail is on its way"),
    DeliveryState.ACCEPTED: ("accepted", "E-mail accepted"),
    DeliveryState.RETRY: ("draft", "E-mail is tried again"),
    DeliveryState.FAILED: ("stopped", "E-mail failed"),
    DeliveryState.UNKNOWN: ("review", "E-mail uncertain"),
    DeliveryState.HELD: ("review", "E-mail held"),
}
STANDS = {
    DeliveryState.SCHEDULED: "{leaves}.",
    DeliveryState.QUEUED: "it waits to be sent.",
    DeliveryState.SENDING: "it is being sent now.",
    DeliveryState.ACCEPTED: "the mail server accepted it, {accepted}.",
    DeliveryState.RETRY: "tried {times}, tried again at {next}. {error}",
    DeliveryState.FAILED: "it was not sent. {error}",
    DeliveryState.UNKNOWN: "it may have arrived or not.",
    DeliveryState.HELD: "held, because the mail server refuses our sign-in.",
    DeliveryState.CANCELLED: "cancelled before it left. {error}",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """One word of the ledger: the look of `state_badge`, and what is read."""

    look: str
    words: str


def seconds_left(delivery: Delivery, now: datetime) -> int:
    """Until a scheduled e-mail leaves; 0 when it may leave any moment."""
    return max(0, round((delivery.next_at - now).total_seconds())) if delivery.next_at else 0


@blueprint.app_template_filter()
def sending_words(delivery: Delivery) -> str:
    """What became of it: "E-mailed to a…@post.example, accepted by the mail server 23 November 2026, 10:44"."""
    if delivery.channel == Channel.PRINT:
        return f"Printed {day_and_clock(delivery.at)} by {delivery.account.name}"
    said = f"E-mail to {deliveries.masked(delivery.recipient)} by {delivery.account.name}, {day_and_clock(delivery.at)}"
    return f"{said}: {_stands(delivery)}"


@blueprint.app_template_filter()
def unknown_means(_delivery: Delivery) -> str:
    """What "it may have arrived or not" means, and what to do."""
    return UNKNOWN_MEANS


def badges(handout: Handout, address: PatientAddress | None) -> Sequence[Badge]:
    """The ledger of an edition in one line. `address` is the patient's present one."""
    found = []
    if any(each.channel == Channel.PRINT for each in handout.deliveries):
        found.append(Badge("current", "Printed") if handout.is_printed else Badge("review", "Printing jammed"))
    mails = [each for each in handout.deliveries if each.channel == Channel.EMAIL]
    shown = [each for each in mails if each.state != DeliveryState.CANCELLED]
    if shown:
        last = shown[-1]
        found.append(mail_badge(last))
    if any(each.incident for each in handout.deliveries):
        found.append(Badge("stopped", "Went to the wrong person"))
    if address and address.openings and handout.state == HandoutState.CURRENT and address.last_opened_at:
        opened = address.last_opened_at >= handout.issued_at
        found.append(Badge("current", "Page opened") if opened else Badge("plain", "Page not opened since"))
    elif shown and handout.state == HandoutState.CURRENT:
        found.append(Badge("plain", "Page not opened yet"))
    return found or [Badge("not_printed", "Not given out yet")]


def mail_badge(delivery: Delivery) -> Badge:
    """Where one e-mail stands, in a word."""
    if delivery.returned_at:
        return Badge("stopped", "E-mail came back")
    return Badge(*BADGES.get(_state(delivery), ("plain", "E-mail cancelled")))


def _state(delivery: Delivery) -> DeliveryState:
    return DeliveryState(delivery.state)


def _stands(delivery: Delivery) -> str:
    if delivery.returned_at:
        return f"it came back, noted {day_and_clock(delivery.returned_at)}."
    words = STANDS[_state(delivery)]
    left = seconds_left(delivery, utc_now())
    said = words.format(
        leaves=f"sends in {left} seconds" if left else "sends any moment now",
        accepted=day_and_clock(delivery.accepted_at),
        times=f"{delivery.attempts} {'time' if delivery.attempts == 1 else 'times'}",
        next=clock(delivery.next_at),
        error=delivery.last_error,
    )
    return said.strip()
