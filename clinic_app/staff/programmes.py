"""The builder: a programme is started, saved and issued. Every button sends the whole form, so nothing typed is lost.

A page without scripts gets a page back. builder.js saves by itself and gets parts of one; then a wrong number does not
keep the others from being saved.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db, reading, utc_now
from clinic_app.errors import Conflict, NotAllowed, NotFound, NotPrintable, NotReady, RenderFailed, ServiceError
from clinic_app.failpoints import failpoint
from clinic_app.models import Handout, Patient, Programme
from clinic_app.services import handouts, open_pages, ours, programme_clashes, programme_edits, programmes
from clinic_app.services.programme_edits import RowConflict, Saved
from clinic_app.staff import builder, editor, programme_buttons, programme_catalogue, programme_pages, summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.editor import Typed
from clinic_app.staff.forms.programme import ProgrammeForm, first_form
from clinic_app.web.fragments import is_fragment

PARTS: Mapping[str, Callable[[Programme], str]] = {
    "found": programme_catalogue.found_part,
    "swaps": programme_catalogue.swaps_part,
    "pages": programme_pages.pages_part,
}


@blueprint.post("/programmes")
def start_programme() -> ResponseReturnValue:
    """Start a draft for `patient_id`: from `protocol` (a slug), from the programme `earlier`, or empty."""
    patient = ours.fetch(Patient, request.form.get("patient_id", 0, type=int), account())
    earlier, slug = request.form.get("earlier", 0, type=int), request.form.get("protocol", "")
    if earlier:
        old = ours.fetch(Programme, earlier, account())
        programme = programmes.start_again(account(), patient, old, utc_now())
    else:
        protocol = programme_buttons.protocol(account(), slug) if slug else None
        programme = programmes.start(account(), patient, protocol, utc_now())
    db.session.commit()
    return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)


@blueprint.get("/programmes/<int:programme_id>")
def edit_programme(programme_id: int) -> str:
    """The builder. `find`: what to look for; `swap`: the row for which other exercises are shown.

    An open page asks for a `part` of it: "found", "swaps" or "pages".
    """
    programme = ours.fetch(Programme, programme_id, account())
    part = PARTS.get(request.args.get("part", "")) if is_fragment() else None
    if part:
        return part(programme)
    return _page(programme, first_form(programme, secrets.token_hex(16)))


@blueprint.post("/programmes/<int:programme_id>")
def save_programme(programme_id: int) -> ResponseReturnValue:
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    form = editor.read_form(programme)
    typed = editor.read(form, programme)
    if is_fragment():
        if request.form.get("typed_by", account().id, type=int) != account().id:
            return "Somebody else is signed in here now. Nothing was saved in their name.", 401
        if not _takes(programme):
            return "", 204  # the page has said more since, and was answered
        return _saved_part(programme, form, typed)
    if typed.wrong or typed.unanswered:
        return _page(programme, form, typed), 422
    try:
        saved = _save(programme, form, typed)
    except RowConflict as conflict:
        return _both(programme_id, form, conflict), 409
    said, problem = _press(programme, saved)
    db.session.commit()
    flash(problem or " ".join([*saved.merged, said or "Saved."]), "error" if problem else "success")
    find = request.form.get("line", "").strip() if request.form.get("action") == "find" else None
    only = request.form.getlist("only") if find is not None else None
    return redirect(url_for("staff.edit_programme", programme_id=programme.id, find=find or None, only=only), 303)


@blueprint.post("/programmes/<int:programme_id>/handouts")
def issue_programme(programme_id: int) -> ResponseReturnValue:
    """Save what was typed, make the pages, write the edition. A second click finds the first edition."""
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    key = request.form.get("idempotency_key", "")[:64] or secrets.token_hex(16)
    earlier = handouts.with_key(programme, key)
    if earlier:
        return _issued(earlier)
    form = editor.read_form(programme)
    typed = editor.read(form, programme)
    if typed.wrong or typed.unanswered:
        return _page(programme, form, typed), 422
    try:
        if not _takes(programme):
            raise Conflict("This page saved something else after it was asked to issue.")
        saved = _save(programme, form, typed)
        version = programme.version
        failpoint("before_save_commit")
        db.session.commit()
        failpoint("after_save_commit")
        if saved.merged:  # nobody issues what they have not seen
            raise Conflict(" ".join([*saved.merged, "Look at it, then issue it."]))
        handout = _issue(programme_id, key, version)
    except RowConflict as conflict:
        db.session.rollback()
        return _second_click(programme_id, key) or (_both(programme_id, form, conflict), 409)
    except (Conflict, NotAllowed, NotReady, NotPrintable, RenderFailed) as error:
        return _second_click(programme_id, key) or _not_issued(programme_id, error)
    return _issued(handout)


def _saved_part(programme: Programme, form: ProgrammeForm, typed: Typed) -> ResponseReturnValue:
    """Save what can be saved, and answer with the parts of the page that this changes."""
    sent = [edit.row_id for edit in typed.edits]
    try:
        saved = _save(programme, form, typed)
    except RowConflict as conflict:
        return _both(programme.id, form, conflict), 409
    said, problem = _press(programme, saved)
    db.session.flush()
    whole = bool(said is not None or saved.merged or sent != [row.id for row in programme.exercises])
    if whole:
        editor.as_saved(form, programme)
    values = builder.page(account(), programme, form, None if whole else typed)
    part = render_template(
        "staff/programmes/_answer.html",
        **values | {"wrong": typed.wrong},
        whole_list=whole,
        said=problem or " ".join([*saved.merged, said or ""]).strip(),
        said_wrong=bool(problem),
        conflict=None,
        swap=None,
        reasons=_reasons() if problem else {},
        protocols=summaries.protocol_tiles(account()) if whole and not programme.exercises else [],
    )
    db.session.commit()
    return part


def _press(programme: Programme, saved: Saved) -> tuple[str | None, str]:
    """What came of the button besides Save (None: there was none), and why it could not be carried out."""
    sent = request.form.copy()
    if saved.changed:  # what was typed with the button was saved a moment ago: that is what Undo takes back
        sent["version"] = str(programme.version)
    try:
        # A button that cannot be carried out takes nothing of what was typed with it.
        with db.session.begin_nested():
            return programme_buttons.press(account(), programme, sent), ""
    except (Conflict, NotAllowed, NotFound) as error:
        return None, str(error)


def _save(programme: Programme, form: ProgrammeForm, typed: Typed) -> Saved:
    return programme_edits.save(
        account(),
        programme,
        version=form.version.data or 0,
        title=typed.title,
        review_on=programme.review_on if form.review_on.errors else form.review_on.data,
        edits=typed.edits,
        answers=_answers(programme),
    )


def _answers(programme: Programme) -> dict[str, str]:
    """Of two people's edits, whose each is: `answer-<key>` is "mine" or "theirs", for all of them with one button."""
    if request.form.get("answered") != str(programme.version):
        return {}  # saved again since the two versions were shown: what was not seen is not answered
    answers = {name.removeprefix("answer-"): value for name, value in request.form.items() if name[:7] == "answer-"}
    if request.form.get("action") == "take_theirs":
        return dict.fromkeys(answers, "theirs")
    return answers if request.form.get("action") == "answer" else {}


def _takes(programme: Programme) -> bool:
    return open_pages.take(programme, request.form.get("page", ""), request.form.get("save", 0, type=int))


def _issue(programme_id: int, key: str, version: int) -> Handout:
    # The pages are made in a transaction that only reads, so that nobody waits for them.
    with reading():
        programme = ours.fetch(Programme, programme_id, account())
        if programme.version != version:
            raise Conflict("Somebody else saved this programme a moment ago. Look at it again.")
        prepared = handouts.prepare(account(), programme, utc_now())
    handout = handouts.issue(account(), prepared, key, utc_now())
    if request.form.get("then") == "print" and not handout.deliveries:  # a second click prints nothing more
        handouts.record_printing(account(), handout)
    failpoint("before_issue_commit")
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Conflict("Somebody else issued this edition a moment ago.") from error
    failpoint("after_issue_commit")
    return handout


def _issued(handout: Handout) -> ResponseReturnValue:
    if request.form.get("then") == "print":
        return redirect(url_for("staff.handout_pdf", handout_id=handout.id), 303)
    flash(f"Edition {handout.edition} was issued.", "success")
    if request.form.get("then") == "email":
        return redirect(url_for("staff.confirm_sending", handout_id=handout.id), 303)
    return redirect(url_for("staff.handout", handout_id=handout.id), 303)


def _second_click(programme_id: int, key: str) -> ResponseReturnValue | None:
    db.session.rollback()
    earlier = handouts.with_key(ours.fetch(Programme, programme_id, account()), key)
    return _issued(earlier) if earlier else None


def _not_issued(programme_id: int, error: ServiceError) -> ResponseReturnValue:
    db.session.rollback()
    before = "The pages could not be printed. " if isinstance(error, NotPrintable) else ""
    flash(f"{before}{error} Nothing was issued. The draft is saved.", "error")
    where = "gaps" if isinstance(error, NotReady) else None
    return redirect(url_for("staff.edit_programme", programme_id=programme_id, _anchor=where), 303)


def _both(programme_id: int, form: ProgrammeForm, conflict: RowConflict) -> str:
    """Both people's edits side by side, in the form that still holds everything as it was typed."""
    db.session.rollback()
    if is_fragment():
        return render_template("staff/programmes/_conflict.html", oob=True, conflict=conflict)
    programme = ours.fetch(Programme, programme_id, account())
    return _page(programme, form, editor.read(form, programme), conflict)


def _page(
    programme: Programme, form: ProgrammeForm, typed: Typed | None = None, conflict: RowConflict | None = None
) -> str:
    who = account()
    values: Mapping[str, Any] = builder.page(who, programme, form, typed)
    swap = request.args.get("swap", 0, type=int)
    row = next((each for each in programme.exercises if each.id == swap), None)
    others = programme_clashes.alternatives(programme, row) if row else []
    return render_template(
        "staff/programmes/edit.html",
        **values,
        **programme_catalogue.column(who, programme),
        **programme_pages.column(programme),
        protocols=summaries.protocol_tiles(who),
        conflict=conflict,
        swap={"row_id": row.id, "exercises": others} if row else None,
        reasons=_reasons(),
        said="",
        said_wrong=False,
        unanswered=typed.unanswered if typed else 0,
        idempotency_key=form.idempotency_key.data or secrets.token_hex(16),
    )


def _reasons() -> dict[str, str]:
    """Why exercises are kept, as far as it was typed."""
    return {f"clash-{name[7:]}": value for name, value in request.form.items() if name.startswith("reason-")}
