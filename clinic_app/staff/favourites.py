from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services import favourites, ours
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.web.fragments import is_fragment

# An address within the staff pages and nothing else: no host, no second slash, no backslash, no control character.
_LOCAL = re.compile(r"/staff(?:/[\w-]+)*(?:\?[\w.~%&=+-]*)?", re.ASCII)
_PLACE = re.compile(r"[a-z-]{0,20}", re.ASCII)


@blueprint.post("/exercises/<int:exercise_id>/favourite")
def set_favourite(exercise_id: int) -> ResponseReturnValue:
    """Mark (`on` is 1) or unmark one's own favourite; the star again, or back to the page `back`."""
    exercise = ours.fetch(Exercise, exercise_id, account())
    on = request.form.get("on") == "1"
    favourites.set_favourite(account(), exercise, on)
    db.session.commit()
    back, place = request.form.get("back", ""), request.form.get("place", "")
    if is_fragment():
        here = place if _PLACE.fullmatch(place) else ""
        return render_template("staff/search/star.html", exercise=exercise, on=on, place=here, back=_local(back))
    return redirect(_local(back) or url_for("staff.exercise", exercise_id=exercise.id), 303)


def _local(address: str) -> str:
    return address if _LOCAL.fullmatch(address) else ""
