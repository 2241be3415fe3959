"""The editions of a programme: where each stands, who printed it, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.models import Handout, Programme
from clinic_app.rendering import content, snapshot
from clinic_app.rendering.content import ChangeKind
from clinic_app.services import ours, print_desk, programmes
from clinic_app.services.changes import changes
from clinic_app.staff import addresses, summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.handout import EndForm
from clinic_app.staff.sending_words import Badge, badges
from clinic_app.web.filters import long_date

TAGS = {ChangeKind.NEW: "New", ChangeKind.CHANGED: "Changed", ChangeKind.STOPPED: "Stopped"}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference from the edition before: a tag and a sentence."""

    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition with its place in the programme. `lines` is None for the first one."""

    handout: Handout
    state: str
    words: str
    last_printing: int
    badges: Sequence[Badge]
    lines: tuple[Line, ...] | None


@blueprint.get("/programmes/<int:programme_id>/editions", endpoint="editions")
def show_editions(programme_id: int) -> str:
    return _page(ours.fetch(Programme, programme_id, account()), EndForm())


@blueprint.post("/programmes/<int:programme_id>/end")
def end_programme(programme_id: int) -> ResponseReturnValue:
    """Stop issuing from it, with a reason. A second press changes nothing."""
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    form = EndForm()
    if not form.validate_on_submit():
        return _page(programme, form), 422
    programmes.end(account(), programme, form.reason.data or "")
    db.session.commit()
    flash("The programme has ended. Its editions stay as they are.", "success")
    return redirect(url_for("staff.editions", programme_id=programme_id), 303)


@blueprint.post("/programmes/<int:programme_id>/reopen")
def reopen_programme(programme_id: int) -> ResponseReturnValue:
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    programmes.reopen(account(), programme)
    db.session.commit()
    flash("The programme is open again.", "success")
    return redirect(url_for("staff.editions", programme_id=programme_id), 303)


def differences(before: content.Handout, now: content.Handout) -> tuple[Line, ...]:
    """What one edition says otherwise than the one before, in words: doses first, then notes, order and the rest."""
    lines = [Line(TAGS[each.kind], _told(each)) for each in changes(before.exercises, now.exercises)]
    old = {each.slug: each for each in before.exercises}
    for each in now.exercises:
        was = old.get(each.slug)
        if was and was.note != each.note:
            lines.append(Line("Note", f"{each.name}: {_now_was(each.note, was.note)}"))
        if was and (was.steps, was.feel, was.take_care) != (each.steps, each.feel, each.take_care):
            lines.append(Line("Words", f"{each.name}: the catalogue's text has changed."))
    kept = [[each.slug for each in said.exercises if each.slug in old] for said in (before, now)]
    if kept[1] != [slug for slug in kept[0] if slug in kept[1]]:
        lines.append(Line("Order", ", ".join(each.name for each in now.exercises)))
    if before.title != now.title:
        lines.append(Line("Title", _now_was(now.title, before.title)))
    if before.review_on != now.review_on:
        lines.append(Line("Review", _now_was(long_date(now.review_on), long_date(before.review_on))))
    if (before.safety.slug, before.safety.version) != (now.safety.slug, now.safety.version):
        lines.append(Line("Safety", f"{now.safety.slug}, version {now.safety.version}"))
    if before.patient != now.patient:
        lines.append(Line("Patient", "The name, date of birth or reference was put right."))
    return tuple(lines)


def _page(programme: Programme, form: EndForm) -> str:
    handouts = programme.handouts
    said = [snapshot.from_json(each.snapshot) for each in handouts]
    shown = addresses.panel(programme)
    earlier: list[content.Handout | None] = [*said[1:], None][: len(said)]
    return render_template(
        "staff/handouts/editions.html",
        programme=programme,
        patient=programme.patient,
        form=form,
        address=shown,
        draft_words=summaries.draft_words(programme) if programme.has_draft else "",
        editions=[
            Edition(
                handout,
                *_standing(programme, handout),
                print_desk.last_printing(handout),
                badges(handout, shown.own),
                differences(before, now) if before else None,
            )
            for handout, now, before in zip(handouts, said, earlier, strict=True)
        ],
    )


def _standing(programme: Programme, handout: Handout) -> tuple[str, str]:
    """The state of an edition and its word. The newest edition of a programme that has ended is stopped."""
    state = str(handout.state)
    if state == "withdrawn":
        return "withdrawn", "Stopped: withdrawn"
    if state == "current" and programme.ended:
        return "stopped", "Stopped: the programme has ended"
    return state, state.capitalize()


def _told(change: content.Change) -> str:
    if change.kind is not ChangeKind.CHANGED:
        return change.name
    return f"{change.name}: {change.now}" + (f" (was {change.was})" if change.was else "")


def _now_was(now: str, was: str) -> str:
    return f"“{now}”" + (f" (was “{was}”)" if was else " (there was none)") if now else f"taken away (was “{was}”)"
