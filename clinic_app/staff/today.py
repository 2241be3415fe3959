"""The start of the day: start a programme in two presses, see one's patients, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Patient
from clinic_app.services import appointments, patients, programmes, today
from clinic_app.staff import concerns, programme_buttons, summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.web.filters import clock
from clinic_app.web.fragments import is_fragment

MOST_FOUND = 6
LONGEST_TEXT = 80
TILES, MORE_PROTOCOLS = 3, 9


@blueprint.get("/today", endpoint="today")
def show_today() -> ResponseReturnValue:
    """The day. With `patient` (what was typed into the start box): the one record that is meant, or a choice."""
    text = _typed(request.args.get("patient", ""))
    found = _found(text)
    if len(found) == 1:
        return redirect(url_for("staff.patient", patient_id=found[0].id), 303)
    return _page(text, found)


@blueprint.get("/today/patients")
def match_patients() -> ResponseReturnValue:
    """The patients that what was typed so far may mean, to choose from: a part of the page."""
    text = _typed(request.args.get("patient", ""))
    if not is_fragment():
        return redirect(url_for("staff.today", patient=text), 303)
    return render_template("staff/today/matches.html", **_matches(text, _found(text)))


@blueprint.post("/today/programmes")
def start_today() -> ResponseReturnValue:
    """Start a programme from `protocol` for the chosen patient, or for the only one that the typed words mean.

    With `open`, their record is shown instead. By POST too: a name and a form's token stand in no address.
    """
    text = _typed(request.form.get("patient", ""))
    found = _found(text, most=None)
    chosen = request.form.get("patient_id", 0, type=int)
    # A choice counts only for the words it was made from: they may have been typed over since.
    meant = [patient for patient in found if patient.id == chosen] or (found if len(found) == 1 else [])
    if len(meant) != 1:
        return _page(text, found[: MOST_FOUND + 1], wrong=_who(text, found)), 422
    if request.form.get("open"):
        return redirect(url_for("staff.patient", patient_id=meant[0].id), 303)
    slug = request.form.get("protocol", "")
    protocol = programme_buttons.protocol(account(), slug) if slug else None
    programme = programmes.start(account(), meant[0], protocol, utc_now())
    db.session.commit()
    return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)


def _who(text: str, found: Sequence[Patient]) -> str:
    if found:
        return "Please choose the patient."
    return "Please choose a patient who is listed, or add this one." if text else "Please type the name of a patient."


def _typed(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT]


def _found(text: str, most: int | None = MOST_FOUND + 1) -> Sequence[Patient]:
    return patients.find(account(), text, most or patients.MOST_SHOWN) if text else ()


def _matches(text: str, found: Sequence[Patient]) -> dict[str, object]:
    return {"text": text, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}


def _page(text: str, found: Sequence[Patient], wrong: str = "") -> str:
    who: Account = account()
    now = utc_now()
    day = who.clinic.today(now)
    seen = appointments.of_day(who, day)
    times: dict[int, str] = {}
    for each in seen:
        times.setdefault(each.patient_id, clock(each.starts_at))
    expected = [each.patient for number, each in enumerate(seen) if each.patient_id not in _ids(seen[:number])]
    protocols = today.protocols_by_use(who, now)
    told = concerns.told(who)
    return render_template(
        "staff/today/show.html",
        today=day,
        wrong=wrong,
        tiles=summaries.protocol_tiles(who, [key for key, _slug, _name in protocols[:TILES]]),
        more_protocols=[(slug, name) for _key, slug, name in protocols[TILES : TILES + MORE_PROTOCOLS]],
        expected=summaries.patient_rows(expected, times),
        recent=summaries.patient_rows(today.recent_patients(who, list(times))),
        needs=today.needs(who, now),
        told=told[: concerns.MOST_ON_TODAY],
        more_told=max(0, len(told) - concerns.MOST_ON_TODAY),
        drafts=today.drafts(who),
        when=partial(_when, who, day),
        **_matches(text, found),
    )


def _when(who: Account, day: date, moment: datetime) -> str:
    """13:44 for today, else 14 November"""
    local = who.clinic.local(moment)
    return clock(moment) if local.date() == day else f"{local.day} {local:%B}"


def _ids(seen: Sequence[object]) -> set[int]:
    return {each.patient_id for each in seen}  # type: ignore[attr-defined] # appointments
