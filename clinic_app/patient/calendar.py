"""Reminders for the patient's own calendar: a file, or an address that the calendar looks at again by itself."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.errors import NotAllowed
from clinic_app.models import CalendarFeed
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.patient.today import state_page
from clinic_app.services import calendar_feeds, patient_calendar, patient_page


@blueprint.get("/<public_id>/calendar.ics")
def calendar(public_id: str) -> ResponseReturnValue:
    address = session.address(public_id)
    shown = patient_page.shown(address, utc_now())
    if not shown.is_current:
        abort(404)
    response = _answer(patient_calendar.reminders(shown, address))
    response.headers["Content-Disposition"] = 'attachment; filename="exercises.ics"'
    return response


@blueprint.get("/<public_id>/calendar")
def calendar_page(public_id: str) -> str:
    return _page(public_id)


@blueprint.post("/<public_id>/calendar")
def switch_on_feed(public_id: str) -> ResponseReturnValue:
    address = session.address(public_id)
    try:
        calendar_feeds.switch_on(address, utc_now())
    except NotAllowed as error:
        db.session.rollback()
        return _page(public_id, str(error)), 429
    db.session.commit()
    return redirect(url_for("patient.calendar_page", public_id=public_id, _anchor="feed"), 303)


@blueprint.post("/<public_id>/calendar/off")
def switch_off_feed(public_id: str) -> ResponseReturnValue:
    calendar_feeds.switch_off(session.address(public_id), utc_now())
    db.session.commit()
    return redirect(url_for("patient.calendar_page", public_id=public_id, _anchor="feed"), 303)


@blueprint.get("/calendar/<feed_id>/<secret>.ics")
def calendar_feed(feed_id: str, secret: str) -> ResponseReturnValue:
    """What a calendar program fetches. No cookie comes with it; it counts as no opening and writes nothing.

    A wrong address finds nothing. A dead one gives a calendar without events, which takes the reminders away:
    a program that is answered 404 or 410 goes on showing the old ones.
    """
    feed = calendar_feeds.find(feed_id, secret)
    if feed is None:
        abort(404)
    response = _answer(_fetched(feed))
    # Kept by that program alone, and asked for again each time: a new edition shows at the next look.
    response.cache_control.private, response.cache_control.no_cache = True, True
    response.add_etag()
    return response.make_conditional(request)


def _fetched(feed: CalendarFeed) -> bytes:
    now = utc_now()
    shown = patient_page.shown(feed.address, now) if calendar_feeds.usable(feed, now) else None
    return patient_calendar.feed(shown, feed.address)


def _answer(data: bytes) -> Response:
    response = session.answer(data)
    response.content_type = "text/calendar; charset=utf-8"
    return response


def _page(public_id: str, error: str = "") -> str:
    address = session.address(public_id)
    shown = patient_page.shown(address, utc_now())
    if not shown.is_current:
        return state_page(public_id, shown)
    feed = calendar_feeds.present(address)
    url = calendar_feeds.url(feed) if feed else ""
    return render_template(
        "patient/calendar.html",
        clinic=shown.clinic,
        shown=shown,
        public_id=public_id,
        url=url,
        webcal=calendar_feeds.webcal(url),
        error=error,
    )
