"""The first-run walk through the main job, and the page where a sign-in beside an open page ends."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.services import accounts
from clinic_app.staff.blueprint import account, blueprint


@blueprint.post("/walk")
def end_walk() -> ResponseReturnValue:
    """Finish or skip the walk; with `again` in the form, show it once more."""
    if request.form.get("again"):
        accounts.begin_walk(account())
        db.session.commit()
    else:
        accounts.end_walk(account(), utc_now())
        db.session.commit()
        flash("The first steps are put away. You find them again in the account menu.", "info")
    return redirect(url_for("staff.today"), 303)


@blueprint.get("/signed-in")
def signed_in() -> str:
    return render_template("staff/signed_in.html")
