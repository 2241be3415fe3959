from __future__ import annotations

from base64 import b64encode

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.errors import NotAllowed, NotPrintable, RenderFailed
from clinic_app.models import Branding
from clinic_app.services import branding, printing
from clinic_app.services.colour import contrast_on_white, dark_enough, deeper
from clinic_app.staff.blueprint import account, blueprint, for_managers
from clinic_app.staff.forms.branding import BrandingForm

WORDS = ("name", "address", "phone", "hours", "footer", "specialist")


@blueprint.get("/branding", endpoint="branding")
@for_managers
def edit_branding() -> str:
    ours = account().clinic.branding
    form = BrandingForm(obj=ours, colour=ours.colour_chosen, logo=None)
    return _page(form, ours)


@blueprint.post("/branding")
@for_managers
def save_branding() -> ResponseReturnValue:
    """Save, or with `action=try` show the sample page with what was typed and save nothing."""
    ours = account().clinic.branding
    form = BrandingForm()
    trying = request.form.get("action") == "try"
    upload = form.logo.data.read() if form.logo.data else None
    if not form.validate_on_submit():
        return _page(form, ours, sample=False), 422
    try:
        if upload or form.remove_logo.data:
            branding.set_logo(ours, None if form.remove_logo.data else upload)
        branding.save(
            account(),
            ours,
            version=form.version.data or 0,
            values={word: form[word].data or "" for word in WORDS}
            | {"soreness_guide": bool(form.soreness_guide.data)}
            | form.figure,
            colour=form.colour.data or "",
        )
        db.session.refresh(ours)
        branding.sample_pages(ours, account().clinic.today(utc_now()))
    except NotAllowed as error:
        db.session.rollback()
        form.logo.errors = (str(error),)
        return _page(form, ours, sample=False), 422
    except NotPrintable as error:
        db.session.rollback()
        form.form_errors.append(f"The sample page could not be printed like this: {error}")
        return _page(form, ours, sample=False), 422
    if trying:
        page = _page(form, ours)
        db.session.rollback()
        return page
    db.session.commit()
    flash("The branding was saved. Handouts that were issued keep the old one.", "success")
    return redirect(url_for("staff.branding"), 303)


@blueprint.get("/branding.css")
def brand_stylesheet() -> Response:
    """The clinic's colour for the staff pages."""
    colour = account().clinic.branding.colour
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    rules = (
        f":root {{ --brand: {colour}; --brand-deep: {deeper(colour)};"
        f" --bs-primary: {colour}; --bs-primary-rgb: {red}, {green}, {blue}; }}"
    )
    return Response(rules, mimetype="text/css")


@blueprint.get("/branding/logo.png")
def brand_logo() -> Response:
    ours = account().clinic.branding
    if not ours.logo:
        abort(404)
    return Response(printing.store().get(ours.logo), mimetype=ours.logo_type)


def _page(form: BrandingForm, ours: Branding, *, sample: bool = True) -> str:
    chosen = form.colour.data or ours.colour_chosen
    shown = chosen if not form.colour.errors else ours.colour_chosen
    return render_template(
        "staff/branding/edit.html",
        form=form,
        version=form.version.data or ours.version,
        colour_chosen=shown,
        colour_chosen_ratio=contrast_on_white(shown),
        colour_printed=dark_enough(shown),
        colour_printed_ratio=contrast_on_white(dark_enough(shown)),
        has_logo=bool(ours.logo),
        sample_url=_sample(ours) if sample else "",
    )


def _sample(ours: Branding) -> str:
    """The first page as a data address: the sample may show colours that are not saved anywhere."""
    try:
        pages = branding.sample_pages(ours, account().clinic.today(utc_now()))
        picture = printing.page_picture(pages.pdf, 1)
    except (NotPrintable, RenderFailed):
        return ""
    return f"data:image/png;base64,{b64encode(picture).decode('ascii')}"
