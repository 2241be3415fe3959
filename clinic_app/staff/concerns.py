"""What needs a person: a quiet list of what happened, to whom, where to look, and "Dealt with"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Concern, Delivery
from clinic_app.models.concern import ConcernKind
from clinic_app.services import concerns, deliveries, ours
from clinic_app.staff.blueprint import account, blueprint

MOST_ON_TODAY = 5
# Icon and heading of each kind.
LOOKS: Mapping[str, tuple[str, str]] = {
    ConcernKind.FAILED: ("envelope-x", "E-mail not sent"),
    ConcernKind.UNKNOWN: ("envelope-exclamation", "E-mail may not have arrived"),
    ConcernKind.MAIL_PAUSED: ("pause-circle", "All e-mail stands still"),
    ConcernKind.HIGH_PAIN: ("exclamation-triangle", "High pain"),
    ConcernKind.WORSE: ("graph-down", "Feels worse"),
    ConcernKind.LOCKED: ("lock", "Patient’s page is locked"),
    ConcernKind.STILL_USED: ("person-check", "Ended, and still used"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One concern, ready to show. `url` is where it can be put right, or ""."""

    concern: Concern
    icon: str
    heading: str
    who: str
    url: str
    is_pause: bool


@blueprint.get("/concerns", endpoint="concerns")
def show_concerns() -> str:
    return render_template("staff/concerns/list.html", told=told(account()), pause=deliveries.open_pause())


@blueprint.post("/concerns/<int:concern_id>/handled")
def handle_concern(concern_id: int) -> ResponseReturnValue:
    """Somebody has dealt with it. A second press changes nothing."""
    concerns.handle(account(), ours.fetch(Concern, concern_id, account(), lock=True), utc_now())
    db.session.commit()
    flash("It is off the list.", "success")
    return _back()


@blueprint.post("/mail/resume")
def resume_mail() -> ResponseReturnValue:
    """Let the worker try again after the mail server refused our sign-in. If it refuses again, it is told again."""
    deliveries.lift_pause(account(), utc_now())
    db.session.commit()
    flash("E-mail is tried again.", "success")
    return _back()


def told(who: Account) -> Sequence[Told]:
    """What nobody has dealt with yet, newest first; a pause of all e-mail stands on top."""
    found = concerns.open_ones(who)
    mails = [each.delivery_id for each in found if each.delivery_id]
    rows = db.session.execute(select(Delivery.id, Delivery.handout_id).where(Delivery.id.in_(mails)))
    handouts: dict[int, int] = {row.id: row.handout_id for row in rows}
    shown = [_told(each, handouts) for each in found]
    return sorted(shown, key=lambda each: not each.is_pause)


def _told(concern: Concern, handouts: Mapping[int, int]) -> Told:
    icon, heading = LOOKS.get(concern.kind, ("info-circle", "Please look"))
    programme = concern.programme
    handout_id = handouts.get(concern.delivery_id or 0)
    if handout_id:
        url = url_for("staff.handout", handout_id=handout_id, _anchor="given-out")
    elif programme:
        anchor = "address" if concern.kind == ConcernKind.LOCKED else None
        url = url_for("staff.editions", programme_id=programme.id, _anchor=anchor)
    else:
        url = ""
    return Told(
        concern=concern,
        icon=icon,
        heading=heading,
        who=programme.patient.called if programme else "",
        url=url,
        is_pause=concern.kind == ConcernKind.MAIL_PAUSED,
    )


def _back() -> ResponseReturnValue:
    where = "staff.today" if request.form.get("from") == "today" else "staff.concerns"
    return redirect(url_for(where), 303)
