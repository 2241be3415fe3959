"""The pictures of the present edition, by their digest. The same digest in another handout opens nothing here."""

from __future__ import annotations

from flask import Response, abort

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import patient_page
from clinic_app.services.printing import store
from clinic_app.web import picture_files


@blueprint.get("/<public_id>/pictures/<digest>")
def picture(public_id: str, digest: str) -> Response:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if digest not in shown.files():
        abort(404)
    response = picture_files.answer(store().get(digest))
    # Its bytes can never change, so the phone keeps it; "Close on this phone" empties that too.
    response.cache_control.private, response.cache_control.max_age = True, picture_files.KEPT
    response.cache_control.immutable = True
    return response
