from __future__ import annotations

from flask import render_template

from clinic_app.staff.blueprint import blueprint


@blueprint.get("/print-desk", endpoint="print_desk")
def show_print_desk() -> str:
    return render_template("staff/print_desk/show.html")
