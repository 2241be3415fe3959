"""The patient's address and those of carers: shown on demand, renewed, unlocked, revoked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.errors import NotAllowed
from clinic_app.models import PatientAddress, Programme
from clinic_app.models.patient_address import Holder
from clinic_app.services import addresses, audit, ours
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.sending import CarerForm
from clinic_app.web.filters import long_date


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of editions says about who can open the patient's page. `own` is None when it was closed."""

    own: PatientAddress | None
    runs_out: str
    is_usable: bool
    carers: tuple[PatientAddress, ...]
    form: CarerForm


@blueprint.post("/programmes/<int:programme_id>/address", endpoint="show_address")
def show_patients_address(programme_id: int) -> ResponseReturnValue:
    """The patient's own link and code, to be handed over. Who looked is noted, so it is asked for by POST."""
    programme = ours.fetch(Programme, programme_id, account())
    return _shown(addresses.present(programme))


@blueprint.post("/programmes/<int:programme_id>/address/renew")
def renew_address(programme_id: int) -> ResponseReturnValue:
    """A new link and code; the old ones are closed at once, those on paper too."""
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    addresses.renew(account(), programme, utc_now())
    db.session.commit()
    # The pages of past editions are frozen: they go on showing the closed one.
    words = "There is a new link. The old one is closed. Send the e-mail again, or show the link."
    flash(f"{words} Paper has it from the next edition on.", "success")
    return _back(programme_id)


@blueprint.post("/programmes/<int:programme_id>/addresses")
def add_carer(programme_id: int) -> ResponseReturnValue:
    programme = ours.fetch(Programme, programme_id, account())
    form = CarerForm()
    if not form.validate_on_submit():
        flash(" ".join(str(error) for error in form.name.errors), "error")
        return _back(programme_id)
    made = addresses.for_carer(account(), programme, form.name.data or "")
    db.session.commit()
    return _shown(made)


@blueprint.post("/addresses/<int:address_id>/show")
def show_carers_address(address_id: int) -> ResponseReturnValue:
    address = ours.fetch(PatientAddress, address_id, account())
    if address.revoked_at:
        raise NotAllowed("This link is closed.")
    return _shown(address)


@blueprint.post("/addresses/<int:address_id>/unlock")
def unlock_address(address_id: int) -> ResponseReturnValue:
    address = ours.fetch(PatientAddress, address_id, account(), lock=True)
    addresses.unlock(account(), address)
    db.session.commit()
    flash("The page is unlocked. There are five new tries.", "success")
    return _back(address.programme_id)


@blueprint.post("/addresses/<int:address_id>/revoke")
def revoke_address(address_id: int) -> ResponseReturnValue:
    """Close a carer's link. The patient's own is closed by making a new one."""
    address = ours.fetch(PatientAddress, address_id, account(), lock=True)
    if address.holder != Holder.CARER:
        raise NotAllowed("The patient’s own link is closed by making a new one.")
    addresses.revoke(account(), address, utc_now())
    db.session.commit()
    flash(f"The link of {address.holder_name} is closed.", "success")
    return _back(address.programme_id)


def panel(programme: Programme) -> Panel:
    own = addresses.own(programme)
    return Panel(
        own=own,
        runs_out=long_date(account().clinic.local(addresses.expires_at(own)).date()) if own else "",
        is_usable=own is not None and addresses.usable(own, utc_now()),
        carers=tuple(addresses.carers(programme)),
        form=CarerForm(),
    )


def _shown(address: PatientAddress) -> str:
    audit.record(account(), "address.show", address.id, f"programme {address.programme_id}")
    page = render_template(
        "staff/addresses/show.html",
        address=address,
        programme=address.programme,
        patient=address.programme.patient,
        url=addresses.url(address),
        code=addresses.code(address),
    )
    db.session.commit()
    return page


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.editions", programme_id=programme_id, _anchor="address"), 303)
