"""The patient's diary: ticks of the day, pain and a note. By a form, or by a script that may have waited for hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from clinic_app.database import db, utc_now
from clinic_app.models import PatientAddress
from clinic_app.models.diary import Done
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import diary as the_diary
from clinic_app.services import patient_page
from clinic_app.services.diary import Recorded, Written
from clinic_app.services.diary_items import TAKEN_BACK
from clinic_app.services.patient_page import Shown

MOST_ITEMS = 200  # of one request; a phone sends 50 at a time
WEEK = timedelta(days=6)
RIGHT_CLOCK = timedelta(minutes=2)
ANSWERS = ((TAKEN_BACK, "No answer"), (Done.DONE, "Done"), (Done.PARTLY, "Partly"), (Done.NOT_TODAY, "Not today"))
PAINS = ("pain_before", "pain_after")


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise at one time of the chosen day. `was` is what the form began with: only changes are written."""

    slug: str
    name: str
    turn: int
    turns: int
    done: str
    reps: str
    was: str


@blueprint.get("/<public_id>/diary", endpoint="diary")
def show(public_id: str) -> ResponseReturnValue:
    address, now = session.address(public_id), utc_now()
    shown = patient_page.shown(address, now)
    if not shown.is_current:
        return redirect(url_for("patient.today", public_id=public_id), 303)
    return _page(address, shown, _chosen(address, shown))


@blueprint.post("/<public_id>/diary")
def write_diary(public_id: str) -> ResponseReturnValue:
    address, now = session.address(public_id), utc_now()
    return _of_script(address, now) if request.is_json else _of_form(address, now)


def _of_script(address: PatientAddress, now: datetime) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    late = _late(sent.get("sent_at"), now)
    entries, days = ([_set_right(item, late) for item in _items(sent, name)] for name in ("entries", "days"))
    recorded = the_diary.record(address, entries, days, now)
    db.session.commit()
    return {
        "entries": [{"kept": each.kept, "reason": each.reason} for each in recorded.entries],
        "days": [{"kept": each.kept, "reason": each.reason} for each in recorded.days],
        "advice": _why(recorded),
    }


def _items(sent: dict[str, object], name: str) -> list[object]:
    found = sent.get(name, [])
    if not isinstance(found, list):
        abort(400)
    if len(found) > MOST_ITEMS:
        abort(413)
    return found


def _late(sent_at: object, now: datetime) -> timedelta:
    """How far the clock of the phone is behind ours. Small differences are the way of the message, not the clock."""
    try:
        late = now - datetime.fromisoformat(str(sent_at))
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return late if abs(late) > RIGHT_CLOCK else timedelta()


def _set_right(item: object, late: timedelta) -> object:
    """`item` with the time it was written by our clock; what cannot be read is told by `record`."""
    if not late or not isinstance(item, dict):
        return item
    try:
        return item | {"written_at": datetime.fromisoformat(str(item.get("written_at"))) + late}
    except (ValueError, OverflowError):
        return item


def _of_form(address: PatientAddress, now: datetime) -> ResponseReturnValue:
    entries, days = _typed(request.form)
    recorded = the_diary.record(address, entries, days, now)
    db.session.commit()
    shown = patient_page.shown(address, now)
    chosen = _chosen(address, shown)
    if recorded.reasons and shown.is_current:
        return _page(address, shown, chosen, wrong=recorded.reasons, typed=request.form), 422
    why = _why(recorded)
    if why:
        return redirect(url_for("patient.help_page", public_id=address.public_id, why=why), 303)
    if request.form.get("back") == "today" or not shown.is_current:
        return redirect(url_for("patient.today", public_id=address.public_id, _anchor="progress"), 303)
    return redirect(url_for("patient.diary", public_id=address.public_id, day=chosen, kept=1), 303)


def _typed(form: MultiDict[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The ticks of a form that changed, and how the day was where the form asked for it."""
    day = form.get("day", "")
    columns = [form.getlist(name) for name in ("exercise", "turn", "done")]
    entries: list[dict[str, Any]] = []
    reps, was = form.getlist("reps"), form.getlist("was")
    for at, (exercise, turn, done) in enumerate(zip(*columns, strict=False)):
        times = reps[at] if at < len(reps) else ""
        if at < len(was) and was[at] == f"{done}:{times.strip()}":
            continue
        entry: dict[str, Any] = {"day": day, "exercise": exercise, "turn": turn, "done": done}
        if times.strip() or was:
            entry["reps"] = times
        entries.append(entry)
    if "feeling" not in form:
        return entries, []
    feeling: dict[str, Any] = {name: form.get(name, "") for name in PAINS}
    feeling |= {"worse": form.get("worse") == "yes", "note": form.get("note", "").strip()}
    if form["feeling"] == "new" and not any(feeling.values()):
        return entries, []
    return entries, [{"day": day} | feeling]


def _why(recorded: Recorded) -> str:
    """Which of the two asks for the safety advice: "pain", "worse" or ""."""
    return "pain" if recorded.high_pain else "worse" if recorded.worse else ""


def _chosen(address: PatientAddress, shown: Shown) -> date:
    """The day that the address or the form names; today where it names none that may be written."""
    try:
        day = date.fromisoformat(request.values.get("day", ""))
    except ValueError:
        return shown.day
    return day if the_diary.first_day(address.programme, shown.day) <= day <= shown.day else shown.day


def _page(
    address: PatientAddress,
    shown: Shown,
    day: date,
    *,
    wrong: tuple[str, ...] = (),
    typed: MultiDict[str, str] | None = None,
) -> str:
    since = max(shown.day - WEEK, the_diary.first_day(address.programme, shown.day))
    written = the_diary.day(address.programme, day)
    return render_template(
        "patient/diary.html",
        clinic=shown.clinic,
        shown=shown,
        public_id=address.public_id,
        day=day,
        written=written,
        lines=_lines(shown, written, typed),
        fields=_fields(written, typed),
        answers=ANSWERS,
        week=the_diary.days(address.programme, since, shown.day),
        wrong=wrong,
        kept="kept" in request.args,
    )


def _lines(shown: Shown, written: Written, typed: MultiDict[str, str] | None) -> list[Line]:
    given = dict[tuple[str, str], tuple[str, str]]()
    if typed and typed.getlist("was"):
        names = zip(typed.getlist("exercise"), typed.getlist("turn"), strict=False)
        given = dict(zip(names, zip(typed.getlist("done"), typed.getlist("reps"), strict=False), strict=False))
    found = []
    for row in shown.rows:
        each, turns = row.exercise, row.exercise.dosage.times_per_day.maximum
        for turn in range(1, turns + 1):
            entry = written.ticks.get((each.slug, turn))
            done = str(entry.done) if entry else TAKEN_BACK
            reps = "" if entry is None or entry.reps is None else str(entry.reps)
            now = given.get((each.slug, str(turn)), (done, reps))
            found.append(Line(each.slug, each.name, turn, turns, *now, was=f"{done}:{reps}"))
    return found


def _fields(written: Written, typed: MultiDict[str, str] | None) -> dict[str, str]:
    """What the fields about the day say: what was just typed, or what is stored."""
    if typed and "feeling" in typed:
        return {name: typed.get(name, "") for name in (*PAINS, "worse", "note")}
    row = written.feeling
    if row is None:
        return dict.fromkeys((*PAINS, "worse", "note"), "")
    pains = {name: "" if getattr(row, name) is None else str(getattr(row, name)) for name in PAINS}
    return pains | {"worse": "yes" if row.worse else "no", "note": row.note}
