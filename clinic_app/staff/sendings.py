"""Sending an edition by e-mail: looked at first, called back within a minute, and put right when it went wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app import jobs
from clinic_app.config import mail_state
from clinic_app.database import db, utc_now
from clinic_app.emails.handout_mail import SUBJECT
from clinic_app.emails.settings import MailState
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.failpoints import failpoint
from clinic_app.models import Delivery, Handout
from clinic_app.services import addresses, deliveries, ours, patient_email
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.sending import EmailForm, WrongPersonForm


@blueprint.get("/handouts/<int:handout_id>/send")
def confirm_sending(handout_id: int) -> str:
    return _page(ours.fetch(Handout, handout_id, account()), EmailForm())


@blueprint.post("/handouts/<int:handout_id>/send")
def send_handout(handout_id: int) -> ResponseReturnValue:
    """Ask for the e-mail. A second press of the same button finds the first one."""
    handout = ours.fetch(Handout, handout_id, account())
    patient = handout.programme.patient
    state = mail()
    if not state.can_send or not patient.email:
        return _page(handout, EmailForm()), 422
    if request.form.get("seen", "") != patient.email:
        flash("The e-mail address was changed since you looked. Please look again.", "warning")
        return redirect(url_for("staff.confirm_sending", handout_id=handout_id), 303)
    attach = "attach_pdf" in request.form
    key = request.form.get("key", "")[:64] or secrets.token_hex(16)
    try:
        patient_email.choose_attachment(account(), patient, attach)
        delivery = deliveries.schedule(
            account(), handout, recipient=patient.email, attach_pdf=attach, key=key, now=utc_now()
        )
    except (Conflict, NotAllowed) as error:
        db.session.rollback()
        flash(f"{error} Nothing was sent.", "error")
        return redirect(url_for("staff.confirm_sending", handout_id=handout_id), 303)
    return _scheduled(delivery)


@blueprint.post("/handouts/<int:handout_id>/email")
def add_email(handout_id: int) -> ResponseReturnValue:
    """Keep the patient's e-mail address, typed twice, and go on to sending."""
    handout = ours.fetch(Handout, handout_id, account())
    form = EmailForm()
    if not form.validate_on_submit():
        return _page(handout, form), 422
    try:
        patient_email.record(account(), handout.programme.patient, form.email.data or "")
    except (Conflict, NotAllowed) as error:
        db.session.rollback()
        form.email.errors = (str(error),)
        return _page(ours.fetch(Handout, handout_id, account()), form), 422
    db.session.commit()
    flash("The e-mail address was saved.", "success")
    return redirect(url_for("staff.confirm_sending", handout_id=handout_id), 303)


@blueprint.post("/deliveries/<int:delivery_id>/cancel")
def cancel_delivery(delivery_id: int) -> ResponseReturnValue:
    delivery = ours.fetch(Delivery, delivery_id, account())
    return _done(
        delivery, lambda: deliveries.cancel(account(), delivery), "The e-mail was cancelled. Nothing was sent."
    )


@blueprint.post("/deliveries/<int:delivery_id>/returned")
def note_returned(delivery_id: int) -> ResponseReturnValue:
    delivery = ours.fetch(Delivery, delivery_id, account())
    words = "Noted. Check the address with the patient, then send it again."
    return _done(delivery, lambda: deliveries.note_returned(account(), delivery, utc_now()), words)


@blueprint.post("/deliveries/<int:delivery_id>/again")
def send_again(delivery_id: int) -> ResponseReturnValue:
    delivery = ours.fetch(Delivery, delivery_id, account())
    handout_id = delivery.handout_id
    if not mail().can_send:
        return redirect(url_for("staff.confirm_sending", handout_id=handout_id), 303)
    try:
        again = deliveries.resend(account(), delivery, utc_now())
    except NotAllowed as error:
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for("staff.handout", handout_id=handout_id), 303)
    return _scheduled(again)


@blueprint.get("/deliveries/<int:delivery_id>/wrong-person")
def ask_wrong_person(delivery_id: int) -> str:
    return _wrong_page(ours.fetch(Delivery, delivery_id, account()), WrongPersonForm())


@blueprint.post("/deliveries/<int:delivery_id>/wrong-person")
def report_wrong_person(delivery_id: int) -> ResponseReturnValue:
    """Close the patient's address, keep what happened, and show what to do next."""
    delivery = ours.fetch(Delivery, delivery_id, account())
    form = WrongPersonForm()
    if not form.validate_on_submit():
        return _wrong_page(delivery, form), 422
    deliveries.wrong_person(account(), delivery, form.what.data or "", utc_now())
    failpoint("before_wrong_person_commit")
    db.session.commit()
    failpoint("after_wrong_person_commit")
    return redirect(url_for("staff.ask_wrong_person", delivery_id=delivery_id), 303)


def mail() -> MailState:
    """Whether e-mail can leave for this clinic, and the sentence that says so."""
    return mail_state(current_app.config["CLINIC"], is_demo=account().clinic.is_demo)


def _scheduled(delivery: Delivery) -> ResponseReturnValue:
    key, at, handout_id = delivery.id, delivery.next_at or utc_now(), delivery.handout_id
    failpoint("before_schedule_commit")
    db.session.commit()
    failpoint("after_schedule_commit")
    jobs.wake(key, at)
    failpoint("after_wake")
    return redirect(url_for("staff.handout", handout_id=handout_id, _anchor="given-out"), 303)


def _done(delivery: Delivery, act: Callable[[], None], words: str) -> ResponseReturnValue:
    handout_id = delivery.handout_id
    try:
        act()
    except NotAllowed as error:
        db.session.rollback()
        flash(str(error), "error")
    else:
        failpoint("before_note_commit")
        db.session.commit()
        failpoint("after_note_commit")
        flash(words, "success")
    return redirect(url_for("staff.handout", handout_id=handout_id, _anchor="given-out"), 303)


def _page(handout: Handout, form: EmailForm) -> str:
    patient = handout.programme.patient
    return render_template(
        "staff/handouts/send.html",
        handout=handout,
        patient=patient,
        form=form,
        masked=deliveries.masked(patient.email) if patient.email else "",
        mail=mail(),
        against=deliveries.still_wanted(handout, utc_now()),
        subject=SUBJECT.format(clinic=account().clinic.name),
        key=secrets.token_hex(16),
    )


def _wrong_page(delivery: Delivery, form: WrongPersonForm) -> str:
    handout = ours.fetch(Handout, delivery.handout_id, account())
    incident = delivery.incident
    carers = (
        addresses.carers_closed_at(handout.programme, incident.at)
        if incident
        else addresses.made_since(handout.programme, delivery.at)
    )
    return render_template(
        "staff/handouts/wrong_person.html",
        delivery=delivery,
        carers=carers,
        handout=handout,
        patient=handout.programme.patient,
        form=form,
    )
