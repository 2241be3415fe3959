from __future__ import annotations

import secrets

import click
from flask.cli import AppGroup
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Clinic
from clinic_app.models.account import Role
from clinic_app.services import accounts

group = AppGroup("account", help="People on the staff who sign in.")


@group.command()
@click.argument("email")
@click.option("--name", required=True, help="As it is printed on handouts.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default=str(Role.CLINICIAN))
@click.option("--job-title", default="physiotherapist", help="As it is printed behind the name.")
@click.option("--clinic", "slug", help="The clinic's short name; needed when there is more than one.")
@click.option("--password", envvar="CLINIC_ACCOUNT_PASSWORD", help="Without it, one is made and shown once.")
def create(email: str, name: str, role: str, job_title: str, slug: str | None, password: str | None) -> None:
    """Create an account for EMAIL."""
    clinics = db.session.scalars(select(Clinic)).unique().all()
    chosen = [clinic for clinic in clinics if slug in (None, clinic.slug)]
    if len(chosen) != 1:
        known = ", ".join(clinic.slug for clinic in clinics) or "none yet"
        raise click.ClickException(f"Please name one clinic with --clinic. There are: {known}.")
    shown = password or secrets.token_urlsafe(15)
    try:
        accounts.create(chosen[0], email=email, name=name, password=shown, role=Role(role), job_title=job_title)
    except NotAllowed as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"{email} can sign in as {role}.")
    if password is None:
        click.echo(f"Password, shown only now: {shown}")
