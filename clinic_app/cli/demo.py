from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from clinic_app.database import db
from clinic_app.services import demo

group = AppGroup("demo", help="The demo clinic of `make run`.")


@group.command()
def prepare() -> None:
    """Make the demo clinic on the first start; say how to sign in on every start."""
    config = current_app.config["CLINIC"]
    made = demo.prepare(config.data)
    db.session.commit()
    file = demo.sign_in_file(config.data)
    if made:
        click.echo("The demo clinic is ready. It holds invented people only: do not use it for real patients.")
    if file.is_file():
        email, password = file.read_text(encoding="utf-8").split()
        click.echo(
            f"Sign in at {config.public_url} with\n  e-mail    {email}\n  password  {password}\n(also in {file})"
        )
