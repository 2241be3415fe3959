from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from clinic_app.database import db
from clinic_app.errors import NotPrintable, RenderFailed
from clinic_app.models import Handout
from clinic_app.rendering.layouts import LAYOUTS, STANDARD
from clinic_app.services import handouts, printing
from clinic_app.services.sample import sample_job
from clinic_app.starter.pack import load_pack

group = AppGroup("handout", help="Printed handouts.")
OUT = click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")


@group.command()
@click.option("--protocol", required=True, help="A protocol of the content pack, such as low-back-six.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of issue; without it, today.")
@click.option("--layout", type=click.Choice(list(LAYOUTS)), default=STANDARD.name, show_default=True)
@OUT
def sample(protocol: str, on: date | None, layout: str, out: Path) -> None:
    """Print a protocol for an invented patient, from the content pack alone."""
    pack = load_pack()
    today = date.fromordinal(on.toordinal()) if on else date.today()  # noqa: DTZ011 - the day where the command runs
    try:
        job = replace(sample_job(pack, protocol, today), layout=layout)
    except KeyError as error:
        known = ", ".join(each.slug for each in pack.protocols)
        raise click.ClickException(f"There is no protocol {protocol}. There are: {known}.") from error
    try:
        printed = printing.pool().render(job)
    except (NotPrintable, RenderFailed) as error:
        raise click.ClickException(f"This cannot be printed: {error}.") from error
    out.write_bytes(printed.pdf)
    click.echo(f"{out}: {printed.pages} pages")


@group.command()
@click.argument("number", type=int)
@OUT
def pdf(number: int, out: Path) -> None:
    """Write the pages of handout NUMBER (the one in its address) exactly as they were issued."""
    handout = db.session.get(Handout, number)
    if handout is None:
        raise click.ClickException(f"There is no handout {number}.")
    out.write_bytes(handouts.pdf(handout))
    click.echo(f"{out}: edition {handout.edition}, {handout.pages} pages")
