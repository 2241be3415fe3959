"""The page without a connection: what makes it installable, and the script that keeps it on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Response, current_app, jsonify, url_for

from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services.patient_page import PARTS_OF_DAY, TURNS_BEGIN, Shown

NAME = "Your exercises"  # it stays on the phone for others to see: no patient, no complaint
WORKER = "diary_worker.js"


@blueprint.get("/<public_id>/app.webmanifest")
def manifest(public_id: str) -> Response:
    address = session.address(public_id)
    scope = url_for("patient.landing", public_id=public_id) + "/"
    response = jsonify(
        {
            "name": NAME,
            "short_name": "Exercises",
            "lang": address.programme.account.clinic.language,
            "id": scope,
            "scope": scope,
            "start_url": url_for("patient.today", public_id=public_id),
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": address.programme.account.clinic.branding.colour,
            "icons": [
                {"src": url_for("static", filename="img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            ],
        }
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/<public_id>/worker.js")
def worker(public_id: str) -> Response:
    """Served below the address, because a worker sees only what lies beside it."""
    session.address(public_id)
    script = (Path(str(current_app.static_folder)) / WORKER).read_bytes()
    return Response(script, mimetype="text/javascript")


@blueprint.app_template_global()
def kept_on_phone(public_id: str, shown: Shown) -> dict[str, list[str]]:
    """What is kept for when there is no connection: pages that change with the day, and those that do not."""
    endpoints = ("patient.today", "patient.diary", "patient.help_page", "patient.guided")
    there = [each for each in endpoints if each in current_app.view_functions]
    exercises = [url_for("patient.exercise", public_id=public_id, slug=row.exercise.slug) for row in shown.rows]
    pictures = [url_for("patient.picture", public_id=public_id, digest=each) for each in sorted(shown.files())]
    return {
        "pages": [url_for(each, public_id=public_id) for each in there],
        "exercises": exercises,
        "pictures": pictures,
    }


@blueprint.app_template_global()
def turns_of_day(shown: Shown) -> dict[str, Sequence[object]]:
    """The hours at which the turns of a day begin, on the clinic's clock, and their names.

    With them a page kept since this morning knows when it is evening. Empty where turns follow no clock.
    """
    most = max((row.exercise.dosage.times_per_day.maximum for row in shown.rows), default=1)
    return {"begins": TURNS_BEGIN.get(most, ()), "parts": PARTS_OF_DAY.get(most, ())}
