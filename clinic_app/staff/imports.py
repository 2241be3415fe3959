"""Exercises into the catalogue and out of it, as files. An import is checked, shown and only then applied."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, reading, utc_now
from clinic_app.models import ExerciseImport
from clinic_app.models.exercise import ExerciseState
from clinic_app.models.exercise_import import ImportState
from clinic_app.services import exercise_exports, exercise_import_reading, exercise_imports, ours
from clinic_app.services.exercise_columns import COLUMNS, guarded
from clinic_app.services.exercise_import_checks import Kind, Outcome
from clinic_app.staff.blueprint import account, blueprint, for_catalogue_keepers
from clinic_app.staff.forms.exercise_import import ImportForm
from clinic_app.web.fragments import is_fragment

LARGEST_UPLOAD = 48 * 1024 * 1024  # bytes; 10 000 full exercises are a CSV file of 13 MB
MOST_SHOWN = 200  # of each kind; the report file holds all
KINDS = (Kind.REFUSED, Kind.CHANGED, Kind.NEW)
STATES = [str(state) for state in ExerciseState]


@dataclass(frozen=True, slots=True)
class Group:
    """The first outcomes of one kind, and how many there are in all."""

    kind: str
    count: int
    shown: Sequence[Outcome]


@blueprint.url_value_preprocessor
def _allow_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: an export of a large catalogue must fit when it comes back."""
    if endpoint == "staff.start_import":
        request.max_content_length = LARGEST_UPLOAD


@blueprint.get("/exercises/import", endpoint="imports")
@for_catalogue_keepers
def list_imports() -> str:
    return _list(ImportForm())


@blueprint.post("/exercises/import")
@for_catalogue_keepers
def start_import() -> ResponseReturnValue:
    form = ImportForm()
    if not form.validate_on_submit():
        return _list(form), 422
    filename, data = form.file.data.filename, form.file.data.read()
    form.file.data.close()  # a large one lies in a temporary file
    with reading():  # a large workbook takes seconds, and nobody's save waits for it
        known = exercise_imports.photos_here(account().clinic_id)
        prepared = exercise_import_reading.prepare(filename, data, known)
    found = exercise_imports.start(account(), prepared)
    db.session.commit()
    return redirect(url_for("staff.exercise_import", import_id=found.id), 303)


@blueprint.get("/exercises/import/<int:import_id>", endpoint="exercise_import")
@for_catalogue_keepers
def show_import(import_id: int) -> str:
    return _page(ours.fetch(ExerciseImport, import_id, account()))


@blueprint.post("/exercises/import/<int:import_id>/continue")
@for_catalogue_keepers
def continue_import(import_id: int) -> ResponseReturnValue:
    """Do the next portion. The open page asks for it again and again; without our script a person does."""
    with reading():
        portion = exercise_imports.next_portion(ours.fetch(ExerciseImport, import_id, account()))
    found = ours.fetch(ExerciseImport, import_id, account(), lock=True)
    if portion is not None:
        exercise_imports.note(found, portion)
    elif found.state == ImportState.APPLIED:
        exercise_imports.make_findable(found)
    db.session.commit()
    page = url_for("staff.exercise_import", import_id=import_id)
    if not is_fragment():
        return redirect(page, 303)
    if found.state != ImportState.CHECKING and not found.report.get("unfound"):
        return Response(status=204, headers={"HX-Redirect": page})
    return render_template("staff/imports/progress.html", found=found)


@blueprint.post("/exercises/import/<int:import_id>/apply")
@for_catalogue_keepers
def apply_import(import_id: int) -> ResponseReturnValue:
    found = ours.fetch(ExerciseImport, import_id, account(), lock=True)
    done = exercise_imports.apply(account(), found, only_good=request.form.get("only_good") == "yes")
    db.session.commit()
    if done:
        flash("The exercises are in the catalogue. New ones are drafts until they are reviewed.", "success")
    else:
        flash("The catalogue changed since the check. Nothing was imported yet; the file is checked again.", "warning")
    return redirect(url_for("staff.exercise_import", import_id=import_id), 303)


@blueprint.post("/exercises/import/<int:import_id>/cancel")
@for_catalogue_keepers
def cancel_import(import_id: int) -> ResponseReturnValue:
    exercise_imports.cancel(account(), ours.fetch(ExerciseImport, import_id, account(), lock=True))
    db.session.commit()
    flash("The import was cancelled. Nothing in the catalogue changed.", "success")
    return redirect(url_for("staff.imports"), 303)


@blueprint.get("/exercises/import/<int:import_id>/report.csv")
@for_catalogue_keepers
def import_report(import_id: int) -> Response:
    """Every row of the file: what it would do, or did, and why not."""
    found = ours.fetch(ExerciseImport, import_id, account())
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["place", "result", "slug", "name", "column", "reason", "old", "new"])
    for each in exercise_imports.outcomes(found):
        start = [each.place, str(each.kind), each.slug, each.name]
        for column, reason in each.faults:
            writer.writerow(map(guarded, [*start, column, reason, "", ""]))
        for column, old, new in () if each.faults else each.changes:
            writer.writerow(map(guarded, [*start, column, "", old, new]))
        if not each.faults and not each.changes:
            writer.writerow(map(guarded, [*start, "", "", "", ""]))
    return _download(text.getvalue().encode("utf-8-sig"), f"import-{found.id}-report.csv", "text/csv")


@blueprint.get("/exercises/export")
@for_catalogue_keepers
def export_exercises() -> Response:
    """The whole catalogue as `?kind=csv`, xlsx or pack, or with `&state=draft` those of one state."""
    kind, state = request.args.get("kind", "csv"), request.args.get("state", "")
    if kind not in exercise_exports.KINDS or state not in ["", *STATES]:
        abort(404)
    clinic = account().clinic
    data = exercise_exports.written(kind, clinic, exercise_exports.contents(clinic.id, state))
    today = clinic.today(utc_now()).isoformat()
    suffix, mimetype = exercise_exports.KINDS[kind]
    return _download(data, f"exercises-{f'{state}-' if state else ''}{today}.{suffix}", mimetype)


@blueprint.get("/exercises/import/example.<kind>")
@for_catalogue_keepers
def import_example(kind: str) -> Response:
    """Two exercises as a table, to start one's own from."""
    if kind not in {"csv", "xlsx"}:
        abort(404)
    suffix, mimetype = exercise_exports.KINDS[kind]
    data = exercise_exports.written(kind, account().clinic, exercise_exports.example())
    return _download(data, f"exercises-example.{suffix}", mimetype)


def _list(form: ImportForm) -> str:
    return render_template(
        "staff/imports/list.html",
        form=form,
        imports=[(found, exercise_imports.counts(found)) for found in exercise_imports.latest(account())],
        states=STATES,
        columns=COLUMNS,
    )


def _page(found: ExerciseImport) -> str:
    numbers = exercise_imports.counts(found)
    good = numbers[Kind.NEW] + numbers[Kind.CHANGED]
    return render_template(
        "staff/imports/show.html",
        found=found,
        numbers=numbers,
        good=good,
        most_changed=exercise_imports.MOST_CHANGED,
        groups=[group for group in _groups(found, numbers) if group.count],
    )


def _groups(found: ExerciseImport, numbers: dict[str, int]) -> list[Group]:
    if not found.report.get("counts"):
        return []
    shown: dict[str, list[Outcome]] = {kind: [] for kind in KINDS}
    wanted = sum(min(numbers[kind], MOST_SHOWN) for kind in KINDS)
    fitting = (
        each for each in exercise_imports.outcomes(found) if each.kind in shown and len(shown[each.kind]) < MOST_SHOWN
    )
    for outcome in islice(fitting, wanted):
        shown[outcome.kind].append(outcome)
    return [Group(kind, numbers[kind], shown[kind]) for kind in KINDS]


def _download(data: bytes, name: str, mimetype: str) -> Response:
    return Response(data, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
