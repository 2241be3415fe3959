"""What the page looks like beside its words: the pictures of the present edition, and the clinic's colour.

A picture is asked for by its digest. The digest of another handout's picture opens nothing here.
"""

from __future__ import annotations

import re

from flask import Response, abort

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import patient_page
from clinic_app.services.printing import store
from clinic_app.web import picture_files

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


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


@blueprint.get("/<public_id>/colour.css")
def colour(public_id: str) -> Response:
    """The colour of the clinic's sheets as a style sheet of one line: a page may carry no style of its own."""
    shown = patient_page.shown(session.address(public_id), utc_now())
    found = shown.said.clinic.colour if shown.said else ""
    if not COLOUR.fullmatch(found):
        abort(404)
    return Response(f":root {{ --brand: {found}; }}\n", mimetype="text/css")
