"""The print desk: what waits to be given out, several sheets at once, and what was printed and sent today."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db, reading, utc_now
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Delivery, PrintBatch
from clinic_app.services import ours, print_desk
from clinic_app.services.print_desk import Choice, PrintedAlready
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.handouts import pdf_response
from clinic_app.staff.sending_words import mail_badge

TRIES = 3  # somebody may withdraw a handout just while its sheets are put together
ONE_SIDE = "prints_one_side"  # remembered in the browser, because it belongs to the printer beside it


@blueprint.get("/print-desk", endpoint="print_desk")
def show_print_desk() -> str:
    return _desk()


@blueprint.post("/print-desk/printings")
def print_together() -> ResponseReturnValue:
    """Put the ticked handouts into one PDF and note who prints it."""
    session[ONE_SIDE] = "one_side" in request.form
    chosen, key = _chosen(), _key()
    try:
        batch, left_out = _print(chosen, key)
    except NotAllowed as error:
        db.session.rollback()
        return _desk(str(error)), 422
    except (PrintedAlready, IntegrityError) as error:
        db.session.rollback()
        earlier = _same_press(key)  # the other press of a double click was quicker
        if earlier:
            return _sheets(earlier)
        if isinstance(error, PrintedAlready):
            return _ask(chosen, error)
        raise
    if not left_out:
        return _sheets(batch)
    for sentence in left_out:
        flash(sentence, "warning")
    return redirect(url_for("staff.print_desk", ready=batch.id), 303)


@blueprint.get("/print-desk/<int:batch_id>.pdf")
def batch_pdf(batch_id: int) -> Response:
    batch = ours.fetch(PrintBatch, batch_id, account())
    return pdf_response(print_desk.sheets(batch), f"handouts-{batch.id}.pdf", batch.pdf)


@blueprint.post("/print-desk/printings/<int:delivery_id>/jam")
def put_back(delivery_id: int) -> ResponseReturnValue:
    """The printer jammed: the handout goes back on the list."""
    delivery = ours.fetch(Delivery, delivery_id, account(), lock=True)
    print_desk.put_back(account(), delivery)
    try:
        db.session.commit()
    except IntegrityError:  # the other press of a double click was quicker
        db.session.rollback()
    flash("It is back on the list.", "success")
    return redirect(url_for("staff.print_desk"), 303)


def _print(chosen: list[Choice], key: str) -> tuple[PrintBatch, tuple[str, ...]]:
    for left in reversed(range(TRIES)):
        with reading():
            prepared = print_desk.prepare(account(), chosen, both_sides=not session[ONE_SIDE])
        try:
            batch = print_desk.record(account(), prepared, key)
        except PrintedAlready:
            raise
        except Conflict:
            db.session.rollback()
            if not left:
                raise
        else:
            db.session.commit()
            return batch, prepared.left_out
    raise AssertionError("the last try either returns or raises")


def _sheets(batch: PrintBatch) -> ResponseReturnValue:
    return redirect(url_for("staff.batch_pdf", batch_id=batch.id), 303)


def _same_press(key: str) -> PrintBatch | None:
    earlier = print_desk.with_key(account(), key)
    return earlier if earlier and utc_now() - earlier.at < print_desk.SAME_PRESS else None


def _ask(chosen: list[Choice], error: PrintedAlready) -> ResponseReturnValue:
    return render_template(
        "staff/print_desk/again.html",
        handouts=print_desk.by_number(account(), [each.handout_id for each in chosen]),
        printed=set(error.handouts),
        last_printing=print_desk.last_printing,
        key=secrets.token_hex(16),
        one_side=session[ONE_SIDE],
    ), 409


def _desk(problem: str = "") -> str:
    now = utc_now()
    clinic = account().clinic
    waiting = print_desk.waiting(account())
    today = clinic.today(now)
    midnight = datetime.combine(today, time.min, ZoneInfo(clinic.time_zone))
    ready = request.args.get("ready", 0, type=int)
    return render_template(
        "staff/print_desk/show.html",
        problem=problem,
        ready=ours.fetch(PrintBatch, ready, account()) if ready else None,
        lists=(
            ("today", "Issued today", [each for each in waiting if clinic.today(each.issued_at) == today]),
            ("older", "Issued before today", [each for each in waiting if clinic.today(each.issued_at) != today]),
        ),
        is_full=len(waiting) == print_desk.MOST_WAITING,
        printed=print_desk.printed_since(account(), midnight),
        sent=[(each, handout, mail_badge(each)) for each, handout in print_desk.sent_since(account(), midnight)],
        ticked={each.handout_id for each in _chosen()},
        last_printing=print_desk.last_printing,
        most=print_desk.MOST,
        key=secrets.token_hex(16),
        one_side=session.get(ONE_SIDE, False),
    )


def _chosen() -> list[Choice]:
    """The ticked handouts in the order of the page, each with the last printing that the page knew of."""
    seen = dict(_pair(each) for each in request.form.getlist("seen"))
    ticked = [int(each) for each in request.form.getlist("handout") if _is_number(each)]
    return [Choice(number, seen.get(number, 0)) for number in ticked]


def _pair(text: str) -> tuple[int, int]:
    number, _, delivery = text.partition(":")
    return (int(number), int(delivery)) if _is_number(number) and _is_number(delivery) else (0, 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 9


def _key() -> str:
    """The key of this press: the form's own, and what was chosen with it."""
    said = [request.form.get("key", "") or secrets.token_hex(16), *request.form.getlist("handout")]
    return hashlib.sha256(" ".join([*said, str(session[ONE_SIDE])]).encode()).hexdigest()
