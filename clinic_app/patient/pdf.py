"""The printed pages, byte for byte as they were issued; or the same words in another layout, such as large print."""

from __future__ import annotations

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.errors import NotPrintable, RenderFailed
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.rendering.pool import Priority
from clinic_app.services import patient_page, print_layouts
from clinic_app.services.printing import store


@blueprint.get("/<public_id>/handout.pdf")
def pdf(public_id: str) -> ResponseReturnValue:
    """In `layout`, or as issued. Another layout is made once and then found; staff who print go first."""
    address = session.address(public_id)
    shown = patient_page.shown(address, utc_now())
    if not shown.is_current or shown.handout is None:
        abort(404)
    layout = print_layouts.known(request.args.get("layout", shown.handout.layout))
    other = layout.name != shown.handout.layout
    try:
        pages = print_layouts.pages(shown.handout, layout, Priority.BATCH)
    except (NotPrintable, RenderFailed):
        # What the reasons say is for staff, who see them on the edition's page.
        page = render_template("patient/no_pages.html", shown=shown, clinic=shown.clinic, public_id=public_id)
        return page, 503, {"Retry-After": "60"}
    response = make_response(store().get(pages.pdf))
    response.mimetype = "application/pdf"
    # The name stays on the phone for others to see: no patient, no clinic, no complaint.
    name = f"exercises-edition-{shown.edition}{'-' + layout.name.replace('_', '-') if other else ''}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
