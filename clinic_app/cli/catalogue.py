from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import BrokenContent
from clinic_app.models import Clinic
from clinic_app.services import search
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
    for exercise in _load(pack).exercises:
        click.echo(f"{exercise.slug}\t{exercise.state}\t{exercise.name}")


@group.command()
@PACK
def check(pack: Path | None) -> None:
    """Read every file strictly and give advice on the words; fails when anything is found."""
    loaded = _load(pack)
    advice = check_pack(loaded)
    for line in advice:
        click.echo(f"{line.file}: {line.field}: {line.message}")
    if advice:
        raise click.ClickException(f"{len(advice)} places need a look.")
    drafts = sum(exercise.state == "draft" for exercise in loaded.exercises)
    click.echo(f"{len(loaded.exercises)} exercises, {drafts} of them drafts: nothing to put right.")


@group.command()
@click.option("--all", "everything", is_flag=True, help="Also what has words already.")
def index(everything: bool) -> None:
    """Write the words by which exercises are found, where they are missing: after an upgrade or a restore."""
    for clinic in db.session.scalars(select(Clinic).order_by(Clinic.id)).unique().all():
        count = search.index_all(clinic.id, missing_only=not everything)
        db.session.commit()
        if count:
            click.echo(f"{clinic.slug}: {count} exercises can be searched now.")


def _load(folder: Path | None) -> Pack:
    try:
        return load_pack(folder)
    except BrokenContent as error:
        raise click.ClickException(str(error)) from error
