"""The pages beside the builder: real ones, made once for each save, and the comparison with the last edition."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from clinic_app.database import utc_now
from clinic_app.errors import Gap, NotPrintable, NotReady
from clinic_app.models import Programme
from clinic_app.rendering.headings import pages_of
from clinic_app.rendering.layouts import LAYOUTS, Layout
from clinic_app.services import handouts, ours, print_layouts, printing, programmes
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.handouts import pdf_response

SIZE_WORDS = "A4"


@blueprint.get("/programmes/<int:programme_id>/draft.pdf")
def draft_pdf(programme_id: int) -> ResponseReturnValue:
    """The pages as saved, each marked as a draft; in the patient's own layout, or in `layout`."""
    programme = ours.fetch(Programme, programme_id, account())
    pages = handouts.draft_pages(account(), programme, utc_now(), _layout())
    return pdf_response(printing.store().get(pages.pdf), f"draft-{programme_id}.pdf", pages.pdf)


@blueprint.get("/programmes/<int:programme_id>/draft/<int:number>.png")
def draft_page(programme_id: int, number: int) -> Response:
    """A page of the draft as saved, or with `of` of the pages that were made then, whatever was saved since."""
    programme = ours.fetch(Programme, programme_id, account())
    made = request.args.get("of")
    pages = handouts.draft_pages(account(), programme, utc_now()) if made is None else _made(programme, made)
    if not 1 <= number <= pages.count:
        abort(404)
    return Response(printing.page_picture(pages.pdf, number), mimetype="image/png")


def pages_part(programme: Programme) -> str:
    """Makes the pages, if asked in `layout`, and says where their pictures are, or why there are none.

    The pictures are asked for one by one afterwards, and find the finished PDF in the store.
    """
    programme_id = programme.id
    names = {row.id: row.exercise.name for row in programme.exercises}
    try:
        made = handouts.draft_pages(account(), programme, utc_now(), _layout())
    except (NotReady, NotPrintable) as error:
        reasons = error.gaps if isinstance(error, NotReady) else tuple(Gap(each) for each in error.reasons)
        return render_template("staff/programmes/_page_pictures.html", gaps=reasons)
    sealed = _seal().dumps([programme_id, made.pdf, made.count])
    places = pages_of(printing.store().get(made.pdf))
    on_page: dict[int, list[int]] = {}
    for row_id, name in names.items():
        on_page.setdefault(places.get(name, 0), []).append(row_id)
    pages = [
        {
            "number": number,
            "url": url_for("staff.draft_page", programme_id=programme_id, number=number, of=sealed),
            "rows": on_page.get(number, []),
            "names": [names[row_id] for row_id in on_page.get(number, [])],
        }
        for number in range(1, made.count + 1)
    ]
    return render_template(
        "staff/programmes/_page_pictures.html", gaps=(), pages=pages, count=made.count, size_words=SIZE_WORDS
    )


@blueprint.get("/programmes/<int:programme_id>/compare")
def compare_programme(programme_id: int) -> ResponseReturnValue:
    """The programme as saved beside its newest edition."""
    programme = ours.fetch(Programme, programme_id, account())
    latest = programme.latest
    if latest is None:
        return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)
    return render_template(
        "staff/programmes/compare.html",
        programme=programme,
        patient=programme.patient,
        edition=latest.edition,
        lines=programmes.compare(programme, latest),
    )


def column(programme: Programme) -> dict[str, Any]:
    """What the pages column of the whole page shows before its pictures come."""
    own = print_layouts.asked_for(programme.patient)
    layouts = [
        {
            "words": each.words,
            "is_current": each == own,
            "pages_url": url_for("staff.edit_programme", programme_id=programme.id, part="pages", layout=each.name),
            "pdf_url": url_for("staff.draft_pdf", programme_id=programme.id, layout=each.name),
        }
        for each in LAYOUTS.values()
    ]
    return {
        "layouts": layouts,
        "unprintable": programmes.unprintable(programme),
    }


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="draft pages")


def _made(programme: Programme, sealed: str) -> printing.Pages:
    """The pages that `pages_part` made and sealed for this programme; 404 for anything else."""
    try:
        owner, pdf, count = _seal().loads(sealed)
    except BadSignature:
        abort(404)
    if owner != programme.id:
        abort(404)
    return printing.Pages(pdf, count)


def _layout() -> Layout | None:
    """The layout that is asked for in the address; 404 for one that does not exist."""
    name = request.args.get("layout")
    return print_layouts.known(name) if name else None
