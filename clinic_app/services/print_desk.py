"""The print desk: what waits for the printer, several handouts printed together, and sheets that jammed.

Printing together happens in two steps, as issuing does. `prepare` reads and puts the sheets into one PDF. `record`
writes one batch and a delivery for each handout, if nothing has moved in between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed, NotFound
from clinic_app.models import Account, Delivery, Handout, Jam, PrintBatch, Programme, Withdrawal
from clinic_app.models.delivery import LIVING, Channel
from clinic_app.rendering.sheets import together
from clinic_app.services import audit
from clinic_app.services.printing import store

MOST = 30  # handouts in one batch
MOST_WAITING = 200  # on the page
SAME_PRESS = timedelta(minutes=1)  # a second press of the same button within this time means the same printing


@dataclass(frozen=True, slots=True)
class Choice:
    """A handout that somebody ticked, and the last printing of it (a delivery's id, or 0) that they knew of."""

    handout_id: int
    seen: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sheets that exist, waiting to be noted. `left_out` says in sentences which handouts are not among them."""

    chosen: tuple[Choice, ...]
    pdf: str
    left_out: tuple[str, ...]


class PrintedAlready(Conflict):
    """Somebody printed some of them since the page was shown; the person is asked once."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        super().__init__("Somebody printed these a moment ago.")
        self.handouts = tuple(each.handout_id for each in deliveries)


def given_out() -> ColumnElement[bool]:
    """Whether a handout came out of a printer, or is on its way by an e-mail that has not failed: no longer waiting."""
    jammed = exists().where(Jam.delivery_id == Delivery.id)
    mailed = Delivery.state.in_(LIVING) & Delivery.returned_at.is_(None)
    return exists().where(
        Delivery.handout_id == Handout.id,
        ((Delivery.channel == Channel.PRINT) & ~jammed) | ((Delivery.channel == Channel.EMAIL) & mailed),
    )


def waiting(account: Account) -> list[Handout]:
    """Issued and neither printed nor sent yet, newest first: only what the patient should have now."""
    query = (
        _handouts(account)
        .where(
            ~exists().where(Withdrawal.handout_id == Handout.id),
            ~_newer(),
            ~given_out(),
            Handout.programme.has(Programme.ended.is_(False)),
        )
        .order_by(Handout.issued_at.desc(), Handout.id.desc())
        .limit(MOST_WAITING)
    )
    return list(db.session.scalars(query).unique())


def printed_since(account: Account, since: datetime) -> list[tuple[Delivery, Handout]]:
    """Each printing from `since` on, newest first, with its handout; jammed ones too."""
    return _given(account, Channel.PRINT, since)


def sent_since(account: Account, since: datetime) -> list[tuple[Delivery, Handout]]:
    """Each e-mail asked for from `since` on, newest first, with its handout."""
    return _given(account, Channel.EMAIL, since)


def with_key(account: Account, key: str) -> PrintBatch | None:
    """The batch that an earlier click of the same button made."""
    query = select(PrintBatch).where(PrintBatch.clinic_id == account.clinic_id, PrintBatch.idempotency_key == key)
    return db.session.scalars(query).one_or_none()


def prepare(account: Account, chosen: Sequence[Choice], *, both_sides: bool) -> Prepared:
    """Put the sheets of the chosen handouts into one PDF, in the order chosen.

    Raises:
        NotAllowed: if nothing is chosen, too much is, or nothing is left to print.
        NotFound: if one of them is not this clinic's.
        PrintedAlready: if somebody printed one of them since.
    """
    chosen = tuple({each.handout_id: each for each in chosen}.values())
    if not chosen:
        raise NotAllowed("Tick the handouts that you want to print.")
    if len(chosen) > MOST:
        raise NotAllowed(f"{len(chosen)} handouts are ticked. At most {MOST} can be printed together.")
    handouts = {each.id: each for each in by_number(account, [each.handout_id for each in chosen])}
    replaced = _replaced(handouts)
    left_out = {key: _why_not(each, replaced) for key, each in handouts.items()}
    kept = tuple(each for each in chosen if not left_out[each.handout_id])
    sentences = tuple(left_out[each.handout_id] for each in chosen if left_out[each.handout_id])
    if not kept:
        raise NotAllowed(f"{' '.join(sentences)} So there is nothing to print.")
    _ask_about_printed(kept, handouts)
    storage = store()
    pdf = together([storage.get(handouts[each.handout_id].pdf) for each in kept], both_sides=both_sides)
    return Prepared(kept, storage.put(pdf), sentences)


def record(account: Account, prepared: Prepared, key: str) -> PrintBatch:
    """Note who prints what. The caller commits.

    Raises:
        Conflict: if a handout was withdrawn or replaced since the sheets were put together: prepare them again.
        PrintedAlready: if somebody printed one of them since it was shown.
    """
    numbers = sorted(each.handout_id for each in prepared.chosen)
    # Of two people who print the same handout, and of printing and withdrawing, one waits here for the other. What
    # they did is read afterwards: rows joined to a locked one may still be from before the wait.
    lock = select(Handout.id).where(Handout.id.in_(numbers)).order_by(Handout.id).with_for_update()
    db.session.execute(lock).all()
    handouts = {each.id: each for each in by_number(account, numbers)}
    replaced = _replaced(handouts)
    if any(_why_not(each, replaced) for each in handouts.values()):
        raise Conflict("A handout was withdrawn a moment ago. Nothing was printed.")
    _ask_about_printed(prepared.chosen, handouts)
    batch = PrintBatch(
        clinic_id=account.clinic_id, account_id=account.id, pdf=prepared.pdf, idempotency_key=key, deliveries=[]
    )
    db.session.add(batch)
    db.session.flush()
    for each in prepared.chosen:
        db.session.add(
            Delivery(
                clinic_id=account.clinic_id,
                handout_id=each.handout_id,
                account_id=account.id,
                batch_id=batch.id,
                channel=Channel.PRINT,
            )
        )
        audit.record(account, "handout.print", each.handout_id, f"batch {batch.id}")
    return batch


def sheets(batch: PrintBatch) -> bytes:
    """The batch's PDF.

    Raises:
        NotAllowed: if one of its handouts was withdrawn since: nobody prints that again by mistake.
    """
    numbers = [each.handout_id for each in batch.deliveries]
    withdrawn = exists().where(Withdrawal.handout_id.in_(numbers))
    if db.session.scalar(select(withdrawn)):
        raise NotAllowed("One of these handouts was withdrawn. Print the others from the print desk.")
    return store().get(batch.pdf)


def put_back(account: Account, delivery: Delivery) -> None:
    """Note that the sheets of this printing jammed; the handout waits again. A second click changes nothing."""
    if delivery.jam is None:
        delivery.jam = Jam(clinic_id=delivery.clinic_id, account_id=account.id)
        audit.record(account, "handout.jam", delivery.handout_id, f"delivery {delivery.id}")


def last_printing(handout: Handout) -> int:
    """The id of its newest printing, or 0: what a page has to remember to notice a later one."""
    return max((each.id for each in _printings(handout)), default=0)


def is_same_press(account: Account, handout: Handout, seen: int, now: datetime) -> bool:
    """Whether this person printed it a moment ago from the same page, which knew of the printing `seen`."""
    return any(
        each.id > seen and each.account_id == account.id and now - each.at < SAME_PRESS for each in _printings(handout)
    )


def by_number(account: Account, numbers: Collection[int]) -> list[Handout]:
    """The handouts in the order of `numbers`, as the database has them now.

    Raises:
        NotFound: if one of them is not this clinic's.
    """
    query = _handouts(account).where(Handout.id.in_(numbers)).execution_options(populate_existing=True)
    found = {each.id: each for each in db.session.scalars(query).unique()}
    if set(numbers) - set(found):
        raise NotFound("There is no handout with that number.")
    return [found[number] for number in numbers]


def _printings(handout: Handout) -> list[Delivery]:
    return [each for each in handout.deliveries if each.channel == Channel.PRINT]


def _given(account: Account, channel: Channel, since: datetime) -> list[tuple[Delivery, Handout]]:
    query = (
        select(Delivery, Handout)
        .join(Handout, Handout.id == Delivery.handout_id)
        .where(Delivery.clinic_id == account.clinic_id, Delivery.channel == channel, Delivery.at >= since)
        .order_by(Delivery.id.desc())
        .options(joinedload(Delivery.account), defer(Handout.snapshot))
    )
    return [(delivery, handout) for delivery, handout in db.session.execute(query).unique()]


def _handouts(account: Account) -> Select[Any]:
    return (
        select(Handout)
        .where(Handout.clinic_id == account.clinic_id)
        .options(
            defer(Handout.snapshot),
            joinedload(Handout.account),
            selectinload(Handout.deliveries).joinedload(Delivery.account),
        )
    )


def _newer() -> Any:
    newer = aliased(Handout)
    return exists().where(newer.programme_id == Handout.programme_id, newer.edition > Handout.edition)


def _replaced(handouts: Collection[int]) -> set[int]:
    return set(db.session.scalars(select(Handout.id).where(Handout.id.in_(handouts), _newer())))


def _why_not(handout: Handout, replaced: Collection[int]) -> str:
    which = f"Edition {handout.edition} for {handout.programme.patient.called}"
    if handout.withdrawal:
        return f"{which} was withdrawn, so it was left out."
    return f"{which} was replaced by a newer one, so it was left out." if handout.id in replaced else ""


def _ask_about_printed(chosen: Sequence[Choice], handouts: dict[int, Handout]) -> None:
    later = [
        delivery
        for each in chosen
        for delivery in _printings(handouts[each.handout_id])
        if delivery.id > each.seen and delivery.jam is None
    ]
    if later:
        raise PrintedAlready(later)
