from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from clinic_app.database import db
from clinic_app.errors import BrokenContent, NotAllowed
from clinic_app.services import clinics
from clinic_app.starter.pack import SHIPPED

group = AppGroup("clinic", help="The clinics of this service.")


@group.command()
@click.argument("slug")
@click.option("--name", required=True, help="As it is printed on handouts.")
@click.option("--phone", required=True, help="The safety box on page 1 names it.")
@click.option(
    "--pack",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=SHIPPED,
    help="A content pack's folder; without it, the one that ships.",
)
def create(slug: str, name: str, phone: str, pack: Path) -> None:
    """Create a clinic with the short name SLUG and load a content pack into its catalogue."""
    try:
        clinics.create(slug, name=name, phone=phone, folder=pack)
    except (BrokenContent, NotAllowed) as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{name} is ready. Next: flask account create EMAIL --name NAME --role manager --clinic {slug}")
