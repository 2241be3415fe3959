from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.models import Handout
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import addresses, handouts, ours, print_desk, print_layouts, printing
from clinic_app.staff import sending_words, summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.handout import WithdrawForm
from clinic_app.web.fragments import is_fragment

# An e-mail that changes within the minute; one that is tried again for hours is looked at when the page is opened.
MOVING = (DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.SENDING)


@blueprint.get("/handouts/<int:handout_id>", endpoint="handout")
def show_handout(handout_id: int) -> str:
    """The edition. While an e-mail is under way the page asks for the part that says so again."""
    handout = ours.fetch(Handout, handout_id, account())
    given_out = {
        "handout": handout,
        "badges": sending_words.badges(handout, addresses.own(handout.programme)),
        "under_way": any(each.state in MOVING for each in handout.deliveries),
    }
    if is_fragment():
        return render_template("staff/handouts/given_out.html", **given_out)
    return render_template(
        "staff/handouts/show.html",
        **given_out,
        patient=handout.programme.patient,
        words=summaries.handout_words(handout),
        last_printing=print_desk.last_printing(handout),
        layout=print_layouts.known(handout.layout),
        other_layouts=print_layouts.others(handout),
        asked_for=print_layouts.asked_for(handout.programme.patient),
        pages=[
            url_for("staff.handout_page", handout_id=handout.id, number=number)
            for number in range(1, handout.pages + 1)
        ],
    )


@blueprint.get("/handouts/<int:handout_id>.pdf")
def handout_pdf(handout_id: int) -> Response:
    """The bytes that were frozen at issue: a reprint is identical. Or the same snapshot in another `layout`."""
    handout = ours.fetch(Handout, handout_id, account())
    layout = print_layouts.known(request.args.get("layout", handout.layout))
    name = f"exercises-{handout.id}-edition-{handout.edition}"
    name += "" if layout.name == handout.layout else f"-{layout.name}"
    pages = print_layouts.pages(handout, layout)
    return pdf_response(printing.store().get(pages.pdf), f"{name}.pdf", pages.pdf)


@blueprint.get("/handouts/<int:handout_id>/pages/<int:number>.png")
def handout_page(handout_id: int, number: int) -> Response:
    handout = ours.fetch(Handout, handout_id, account())
    if not 1 <= number <= handout.pages:
        abort(404)
    return Response(printing.page_picture(handout.pdf, number), mimetype="image/png")


@blueprint.post("/handouts/<int:handout_id>/printings")
def print_handout(handout_id: int) -> ResponseReturnValue:
    """Note who prints, then show the pages, if asked in another `layout`. A second press is the same printing."""
    handout = ours.fetch(Handout, handout_id, account(), lock=True)
    layout = print_layouts.known(request.form.get("layout", handout.layout)).name
    asked = layout if layout != handout.layout else None
    seen = request.form.get("seen", print_desk.last_printing(handout), type=int)
    if not print_desk.is_same_press(account(), handout, seen, utc_now()):
        handouts.record_printing(account(), handout)
        db.session.commit()
    return redirect(url_for("staff.handout_pdf", handout_id=handout.id, layout=asked), 303)


@blueprint.get("/handouts/<int:handout_id>/withdrawal")
def confirm_withdrawal(handout_id: int) -> str:
    handout = ours.fetch(Handout, handout_id, account())
    return _withdrawal_page(handout, WithdrawForm())


@blueprint.post("/handouts/<int:handout_id>/withdrawal")
def withdraw_handout(handout_id: int) -> ResponseReturnValue:
    handout = ours.fetch(Handout, handout_id, account())
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _withdrawal_page(handout, form), 422
    handouts.withdraw(account(), handout, form.reason.data or "")
    db.session.commit()
    flash(f"Edition {handout.edition} was withdrawn. Ask the patient for the paper sheet back.", "success")
    return redirect(url_for("staff.handout", handout_id=handout.id), 303)


def pdf_response(data: bytes, filename: str, digest: str) -> Response:
    response = make_response(data)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    response.set_etag(digest)
    return response


def _withdrawal_page(handout: Handout, form: WithdrawForm) -> str:
    patient = handout.programme.patient
    return render_template("staff/handouts/withdraw.html", handout=handout, patient=patient, form=form)
