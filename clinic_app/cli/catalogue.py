from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import BrokenContent, ServiceError
from clinic_app.models import Account, Clinic, ExerciseImport
from clinic_app.services import exercise_exports, exercise_import_reading, exercise_imports, search
from clinic_app.starter.check import check_pack
from clinic_app.starter.pack import Pack, load_pack

group = AppGroup("catalogue", help="The exercises of a content pack.")
PACK = click.option(
    "--pack", type=click.Path(path_type=Path, file_okay=False), help="A pack's folder; without it, the one that ships."
)


@group.command("list")
@PACK
def list_exercises(pack: Path | None) -> None:
    """One exercise a line: slug, state, name."""
    for exercise in loaded(pack).exercises:
        click.echo(f"{exercise.slug}\t{exercise.state}\t{exercise.name}")


@group.command()
@PACK
def check(pack: Path | None) -> None:
    """Read every file strictly and give advice on the words; fails when anything is found."""
    read = loaded(pack)
    advice = check_pack(read)
    for line in advice:
        click.echo(f"{line.file}: {line.field}: {line.message}")
    if advice:
        raise click.ClickException(f"{len(advice)} places need a look.")
    drafts = sum(exercise.state == "draft" for exercise in read.exercises)
    click.echo(f"{len(read.exercises)} exercises, {drafts} of them drafts: nothing to put right.")


@group.command()
@click.option("--all", "everything", is_flag=True, help="Also what has words already.")
def index(everything: bool) -> None:
    """Write the words by which exercises are found, where they are missing: after an upgrade or a restore."""
    for clinic in db.session.scalars(select(Clinic).order_by(Clinic.id)).unique().all():
        count = search.index_all(clinic.id, missing_only=not everything)
        db.session.commit()
        if count:
            click.echo(f"{clinic.slug}: {count} exercises can be searched now.")


@group.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--as", "email", required=True, help="The e-mail of the editor or manager who brings it in.")
@click.option("--apply", "wanted", is_flag=True, help="Write it. Without this, only say what would change.")
@click.option("--only-good", is_flag=True, help="Write the good rows although others are refused.")
def import_exercises(path: Path, email: str, wanted: bool, only_good: bool) -> None:
    """Bring in a CSV, an XLSX, or a content pack (zip or folder) at PATH."""
    account = db.session.scalars(select(Account).where(func.lower(Account.email) == email.lower())).one_or_none()
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    try:
        here = exercise_imports.photos_here(account.clinic_id)
        if path.is_dir():
            prepared = exercise_import_reading.prepare_folder(path, here)
        else:
            prepared = exercise_import_reading.prepare(path.name, path.read_bytes(), here)
        if prepared.refusal:
            raise click.ClickException(prepared.refusal)
        found = exercise_imports.start(account, prepared)
        while portion := exercise_imports.next_portion(found):
            exercise_imports.note(found, portion)
        _tell(found)
        if wanted:
            if not exercise_imports.apply(account, found, only_good=only_good):
                raise click.ClickException("The catalogue changed meanwhile. Nothing was written; please start again.")
            while found.report["unfound"]:
                exercise_imports.make_findable(found)
            db.session.commit()
            click.echo("Written. New exercises are drafts; changes of published ones wait for a review.")
    except ServiceError as error:
        raise click.ClickException(str(error)) from error


@group.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--clinic", "slug", help="The clinic's short name; needed when there is more than one.")
@click.option("--state", default="", help="Only exercises of this state, such as published.")
def export_exercises(path: Path, slug: str | None, state: str) -> None:
    """Write the catalogue to PATH: .csv, .xlsx, or .zip for a content pack."""
    kind = {".csv": "csv", ".xlsx": "xlsx", ".zip": "pack"}.get(path.suffix.lower())
    if kind is None:
        raise click.ClickException("The name of the file ends with .csv, .xlsx or .zip.")
    clinics = db.session.scalars(select(Clinic).order_by(Clinic.slug)).unique().all()
    chosen = [clinic for clinic in clinics if slug in (None, clinic.slug)]
    if len(chosen) != 1:
        raise click.ClickException(f"Please name one clinic with --clinic: {', '.join(each.slug for each in clinics)}.")
    exercises = exercise_exports.contents(chosen[0].id, state)
    path.write_bytes(exercise_exports.written(kind, chosen[0], exercises))
    click.echo(f"{len(exercises)} exercises are in {path}.")


def _tell(found: ExerciseImport) -> None:
    for note in found.report["notes"]:
        click.echo(note)
    for outcome in exercise_imports.outcomes(found):
        for column, reason in outcome.faults:
            click.echo(f"{outcome.place}, {column}: {reason}." if column else f"{outcome.place}: {reason}.")
        for column, old, new in () if outcome.faults else outcome.changes:
            click.echo(f"{outcome.place}, {column}: {old or '(empty)'} -> {new or '(empty)'}")
    click.echo(", ".join(f"{number} {kind}" for kind, number in exercise_imports.counts(found).items()))


def loaded(folder: Path | None) -> Pack:
    """The pack in `folder`, or the one that ships; what is wrong with it ends the command in one sentence."""
    try:
        return load_pack(folder)
    except BrokenContent as error:
        raise click.ClickException(str(error)) from error
