"""Opening the page: the address from the sheet or the mail, or a code typed by hand. GET shows and changes nothing."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.models import PatientAddress
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import addresses, openings
from clinic_app.services.openings import Outcome

UNKNOWN_CODE = "We do not know this code. Check it against your sheet, or call the clinic."
NO_DATE = "Please give the day, the month and the year you were born."
DIFFERENT = "These details do not match. Check the date, or call the clinic."


@blueprint.get("/<public_id>")
def landing(public_id: str) -> ResponseReturnValue:
    """Nothing about a patient, and the same for every address, known or not. The secret is not in what is sent."""
    if session.is_open(public_id) and addresses.find(public_id):
        return redirect(url_for("patient.today", public_id=public_id), 303)
    return _form(public_id, addresses.find(public_id))


@blueprint.post("/<public_id>")
def open_page(public_id: str) -> ResponseReturnValue:
    """The secret (or the code) and the date of birth, where the clinic asks for it."""
    found = addresses.find(public_id)
    given = request.form.get("given", "")
    if found is None or not addresses.fits(found, given):
        return _form(public_id, found, error=UNKNOWN_CODE if given else "Please type the code from your sheet."), 422
    return _opened(found, given)


@blueprint.get("")
def by_code() -> str:
    return render_template("patient/by_code.html", error="", code="")


@blueprint.post("")
def open_by_code() -> ResponseReturnValue:
    """A code typed by hand; the next page asks for the date of birth where the clinic wants it."""
    now, typed = utc_now(), request.form.get("code", "")
    place = request.remote_addr or ""
    if not openings.may_type_code(place, now):
        words = "Too many codes were tried from here. Wait an hour, or call the clinic."
        return render_template("patient/by_code.html", error=words, code=""), 429, {"Retry-After": "3600"}
    found = addresses.with_code(typed)
    if found is None:
        openings.count_wrong_code(place, now)
        db.session.commit()
        return render_template("patient/by_code.html", error=UNKNOWN_CODE, code=typed[:40]), 422
    return _opened(found, typed)


@blueprint.post("/<public_id>/close")
def close_page(public_id: str) -> ResponseReturnValue:
    """This phone forgets the programme; the address stays as it is.

    The page takes its own copies and entries away before it asks (diary.js). "storage" here would also take those of
    another programme that is open on the same phone, with entries that nobody has yet.
    """
    response = session.answer(redirect(url_for("patient.landing", public_id=public_id), 303))
    session.end(response, public_id)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _opened(found: PatientAddress, given: str) -> ResponseReturnValue:
    asks = openings.asks_born(found)
    born, wrong = _born() if asks else (None, "")
    usable = addresses.usable(found, utc_now())
    if asks and usable and born is None and found.locked_at is None:
        # Nothing was typed yet, or no date: neither is a try.
        return _form(found.public_id, found, given=given, asks=True, error=wrong), 422 if wrong else 200
    opening = openings.open_address(found, given, born, utc_now())
    db.session.commit()
    if opening.outcome == Outcome.OPEN:
        response = session.answer(redirect(url_for("patient.today", public_id=found.public_id), 303))
        session.begin(response, found)
        return response
    if opening.outcome == Outcome.LOCKED:
        clinic = found.programme.account.clinic
        return render_template("patient/closed.html", state="locked", clinic=clinic), 403
    if opening.outcome in (Outcome.REVOKED, Outcome.EXPIRED):
        return session.closed(found)
    left = f" You have {opening.tries_left} more {'try' if opening.tries_left == 1 else 'tries'}."
    return _form(found.public_id, found, given=given, asks=True, error=DIFFERENT + left), 422


def _form(public_id: str, found: PatientAddress | None, *, given: str = "", asks: bool = False, error: str = "") -> str:
    clinic = found.programme.account.clinic if found else None
    return render_template(
        "patient/landing.html",
        clinic=clinic,
        public_id=public_id,
        given=given,
        asks=asks,
        error=error,
        form=request.form,
    )


def _born() -> tuple[date | None, str]:
    """The date that was typed, or None and what is wrong with it ("" when nothing was typed)."""
    parts = [request.form.get(name, "").strip() for name in ("day", "month", "year")]
    if not any(parts):
        return None, NO_DATE if "day" in request.form else ""
    try:
        day, month, year = (int(part) if part.isascii() else 0 for part in parts)
        return date(year, month, day), ""
    except ValueError:
        return None, NO_DATE
