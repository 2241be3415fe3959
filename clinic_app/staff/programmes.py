"""The programme editor and Issue. Every button sends the whole form, so nothing typed is lost."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db, reading, utc_now
from clinic_app.errors import Conflict, NotAllowed, NotFound, NotPrintable, NotReady, RenderFailed, ServiceError
from clinic_app.models import Handout, Patient, Programme, Protocol
from clinic_app.services import handouts, ours, printing, programme_edits, programmes
from clinic_app.staff import editor
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.programme import ProgrammeForm
from clinic_app.staff.handouts import pdf_response


@blueprint.post("/programmes")
def start_programme() -> ResponseReturnValue:
    """Start a draft for `patient_id` from `protocol` (a slug)."""
    patient = ours.fetch(Patient, request.form.get("patient_id", 0, type=int), account())
    programme = programmes.start(account(), patient, _protocol(request.form.get("protocol", "")), utc_now())
    db.session.commit()
    return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)


@blueprint.get("/programmes/<int:programme_id>")
def edit_programme(programme_id: int) -> str:
    programme = ours.fetch(Programme, programme_id, account())
    return _editor(programme, editor.first_form(programme))


@blueprint.post("/programmes/<int:programme_id>")
def save_programme(programme_id: int) -> ResponseReturnValue:
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    form = editor.read_form(programme)
    edits = editor.read_edits(form, programme)
    if edits is None:
        return _editor(programme, form), 422
    try:
        _save(programme, form, edits)
    except Conflict:
        return _conflict(programme.id, form)
    editor.press(account(), programme, request.form)
    db.session.commit()
    flash("Saved.", "success")
    return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)


@blueprint.post("/programmes/<int:programme_id>/handouts")
def issue_programme(programme_id: int) -> ResponseReturnValue:
    """Save what was typed, make the pages, write the edition. A second click finds the first edition."""
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    key = request.form.get("idempotency_key", "")[:64] or secrets.token_hex(16)
    earlier = handouts.with_key(programme, key)
    if earlier:
        return _issued(earlier)
    form = editor.read_form(programme)
    edits = editor.read_edits(form, programme)
    if edits is None:
        return _editor(programme, form), 422
    try:
        _save(programme, form, edits)
        db.session.commit()
        handout = _issue(programme_id, key)
    except Conflict:
        db.session.rollback()
        return _after_conflict(programme_id, key, form)
    except (NotAllowed, NotReady, NotPrintable, RenderFailed) as error:
        return _second_click(programme_id, key) or _not_issued(programme_id, error)
    return _issued(handout)


@blueprint.get("/programmes/<int:programme_id>/draft.pdf")
def draft_pdf(programme_id: int) -> ResponseReturnValue:
    """The pages as saved, each marked as a draft."""
    pages = _draft(programme_id)
    return pdf_response(printing.store().get(pages.pdf), f"draft-{programme_id}.pdf", pages.pdf)


@blueprint.get("/programmes/<int:programme_id>/draft/<int:number>.png")
def draft_page(programme_id: int, number: int) -> Response:
    pages = _draft(programme_id)
    if not 1 <= number <= pages.count:
        abort(404)
    return Response(printing.page_picture(pages.pdf, number), mimetype="image/png")


def _draft(programme_id: int) -> printing.Pages:
    programme = ours.fetch(Programme, programme_id, account())
    return handouts.draft_pages(account(), programme, utc_now())


def _save(programme: Programme, form: ProgrammeForm, edits: list[programme_edits.RowEdit]) -> None:
    programme_edits.save(
        account(),
        programme,
        version=form.version.data or 0,
        title=form.title.data or "",
        review_on=form.review_on.data,
        edits=edits,
    )


def _issue(programme_id: int, key: str) -> Handout:
    # The pages are made in a transaction that only reads, so that nobody waits for them.
    with reading():
        programme = ours.fetch(Programme, programme_id, account())
        prepared = handouts.prepare(account(), programme, utc_now())
    handout = handouts.issue(account(), prepared, key, utc_now())
    if request.form.get("then") == "print" and not handout.deliveries:  # a second click prints nothing more
        handouts.record_printing(account(), handout)
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Conflict("Somebody else issued this edition a moment ago.") from error
    return handout


def _issued(handout: Handout) -> ResponseReturnValue:
    if request.form.get("then") == "print":
        return redirect(url_for("staff.handout_pdf", handout_id=handout.id), 303)
    flash(f"Edition {handout.edition} was issued.", "success")
    return redirect(url_for("staff.handout", handout_id=handout.id), 303)


def _second_click(programme_id: int, key: str) -> ResponseReturnValue | None:
    db.session.rollback()
    earlier = handouts.with_key(ours.fetch(Programme, programme_id, account()), key)
    return _issued(earlier) if earlier else None


def _after_conflict(programme_id: int, key: str, form: ProgrammeForm) -> ResponseReturnValue:
    return _second_click(programme_id, key) or _conflict(programme_id, form)


def _not_issued(programme_id: int, error: ServiceError) -> ResponseReturnValue:
    db.session.rollback()
    before = "The pages could not be printed. " if isinstance(error, NotPrintable) else ""
    flash(f"{before}{error} Nothing was issued. The draft is saved.", "error")
    return redirect(url_for("staff.edit_programme", programme_id=programme_id), 303)


def _conflict(programme_id: int, form: ProgrammeForm) -> ResponseReturnValue:
    db.session.rollback()
    programme = ours.fetch(Programme, programme_id, account())
    lines = editor.both_versions(programme, form)
    return render_template(
        "staff/programmes/conflict.html", programme=programme, patient=programme.patient, lines=lines
    ), 409


def _editor(programme: Programme, form: ProgrammeForm) -> str:
    return render_template("staff/programmes/edit.html", **editor.context(programme, form))


def _protocol(slug: str) -> Protocol:
    query = select(Protocol).where(
        Protocol.clinic_id == account().clinic_id, Protocol.slug == slug, Protocol.state == "published"
    )
    protocol = db.session.scalars(query).one_or_none()
    if protocol is None:
        raise NotFound("There is no such protocol.")
    return protocol
