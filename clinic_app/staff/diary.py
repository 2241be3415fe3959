"""What the clinic sees of a patient's diary, and the ticks of a paper sheet copied into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.errors import Conflict, NotFound
from clinic_app.models import Handout, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import diary_chart, diary_review, ours, paper_ticks
from clinic_app.staff.blueprint import account, blueprint

MOST_PAIN = 10
WRONG = "Please write a number from 0 to 10, or leave it empty."


@blueprint.get("/programmes/<int:programme_id>/diary", endpoint="diary")
def show_diary(programme_id: int) -> str:
    programme = ours.fetch(Programme, programme_id, account())
    clinic = account().clinic
    today = clinic.today(utc_now())
    review = diary_review.review(programme, clinic, _until(today))
    days, pain = review.days, {each.day: each for each in review.pain}
    earlier = review.days[0] - timedelta(days=1)
    return render_template(
        "staff/programmes/diary.html",
        programme=programme,
        patient=programme.patient,
        review=review,
        today=today,
        earlier=earlier if review.began and earlier >= review.began else None,
        later=min(review.until + timedelta(days=diary_review.DAYS), today) if review.until < today else None,
        chart=diary_chart.days_chart(
            days,
            [(row.name, [(cell.state, cell.words) for cell in row.cells]) for row in review.rows],
            {each.first: each.edition for each in review.editions},
        ),
        pain_chart=diary_chart.pain_chart(
            days,
            [pain[day].before if day in pain else None for day in days],
            [pain[day].after if day in pain else None for day in days],
            clinic.pain_threshold,
        ),
    )


@blueprint.get("/programmes/<int:programme_id>/diary/paper")
def paper_diary(programme_id: int) -> str:
    programme = ours.fetch(Programme, programme_id, account())
    return _paper_page(programme, _edition(programme, request.args.get("edition", "")))


@blueprint.post("/programmes/<int:programme_id>/diary/paper")
def copy_paper_diary(programme_id: int) -> ResponseReturnValue:
    """Save the grid. A button "all of this row" ticks its boxes and saves too, for who has no scripts."""
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    handout = _edition(programme, request.form.get("edition", ""))
    if handout is None:
        raise NotFound("This programme has no sheet yet.")
    shown = _sheet(handout)
    typed = {each.name: request.form.get(each.name, "").strip() for each in shown.soreness}
    wrong = {name for name, text in typed.items() if not _is_pain(text)}
    ticks, fill = set(request.form.getlist("tick")), request.form.get("fill", "")
    if fill:
        ticks = _filled(shown, ticks, fill)
    over = set(request.form.getlist("over"))
    if wrong:
        return _paper_page(programme, handout, ticks=ticks | over, typed=typed, wrong=wrong), 422
    before = set(request.form.get("before", "").split())
    try:
        copied = paper_ticks.save(
            account(),
            programme,
            handout,
            shown,
            ticks=_places(shown, ticks),
            over=_places(shown, over),
            before=_places(shown, before),
            soreness={
                each.day: int(typed[each.name]) if typed[each.name] else None
                for each in shown.soreness
                if each.name in request.form and typed[each.name] != request.form.get(f"was.{each.name}", "")
            },
            now=utc_now(),
        )
        db.session.commit()
    except Conflict as conflict:
        db.session.rollback()
        flash(str(conflict), "warning")
        return redirect(_paper_url(programme_id, shown.edition), 303)
    flash(_copied_words(copied), "success")
    if fill:
        return redirect(_paper_url(programme_id, shown.edition), 303)
    return redirect(url_for("staff.diary", programme_id=programme_id), 303)


def _paper_url(programme_id: int, edition: int) -> str:
    return url_for("staff.paper_diary", programme_id=programme_id, edition=edition)


def _paper_page(
    programme: Programme,
    handout: Handout | None,
    *,
    ticks: set[str] | None = None,
    typed: Mapping[str, str] | None = None,
    wrong: set[str] | None = None,
) -> str:
    """`ticks`, `typed` and `wrong`: what was sent and is shown again, because something in it has to be put right."""
    sheet = _sheet(handout) if handout else None
    return render_template(
        "staff/programmes/paper_diary.html",
        programme=programme,
        patient=programme.patient,
        handout=handout,
        editions=[each.edition for each in programme.handouts],
        sheet=sheet,
        ticks={box.name for box in sheet.ticked} if sheet and ticks is None else ticks,
        before=" ".join(box.name for box in sheet.ticked) if sheet else "",
        typed=typed or {},
        wrong=wrong or set(),
        wrong_words=WRONG,
    )


def _edition(programme: Programme, typed: str) -> Handout | None:
    """The edition that was asked for, or the newest one; None before the first.

    Raises:
        NotFound: the programme has no such edition.
    """
    if not typed:
        return programme.latest
    found = [each for each in programme.handouts if str(each.edition) == typed]
    if not found:
        raise NotFound("This programme has no such edition.")
    return found[0]


def _sheet(handout: Handout) -> paper_ticks.Sheet:
    today = account().clinic.today(utc_now())
    return paper_ticks.sheet(handout, snapshot.from_json(handout.snapshot), today)


def _filled(sheet: paper_ticks.Sheet, ticks: set[str], fill: str) -> set[str]:
    """All of a row ("row bridge"), of a day ("day 2026-11-23") or of the sheet ("all"); none, if all were ticked."""
    kind, _, which = fill.partition(" ")
    meant = {
        box.name
        for box in sheet.boxes
        if box.is_free and (kind == "all" or which == (box.exercise if kind == "row" else box.day.isoformat()))
    }
    return ticks - meant if meant <= ticks else ticks | meant


def _places(sheet: paper_ticks.Sheet, names: set[str]) -> set[paper_ticks.Place]:
    return {box.place for box in sheet.boxes if box.name in names}


def _is_pain(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= MOST_PAIN)


def _copied_words(copied: paper_ticks.Copied) -> str:
    words = [f"{_ticks(copied.added)} copied from paper."]
    if copied.taken_back:
        words.append(f"{_ticks(copied.taken_back)} taken back.")
    if copied.kept:
        words.append(f"{_ticks(copied.kept)} left out: the patient wrote there on the phone meanwhile.")
    return " ".join(words)


def _ticks(count: int) -> str:
    return "1 tick" if count == 1 else f"{count} ticks"


def _until(today: date) -> date:
    """The last day shown, out of the address; today, if there is none or none that can be."""
    try:
        asked = date.fromisoformat(request.args.get("until", "")[:10])
    except ValueError:
        return today
    return asked if date(2000, 1, 1) < asked < today else today
