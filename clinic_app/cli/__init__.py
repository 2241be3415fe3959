"""One module per noun: `flask account …`, `flask catalogue …`, `flask clinic …`, `flask demo …`, `flask handout …`,
`flask illustration …`, and `flask worker`.
"""

from __future__ import annotations

from flask import Flask

from clinic_app.cli import account, catalogue, clinic, demo, handout, illustration, worker


def init_app(app: Flask) -> None:
    for group in (account.group, catalogue.group, clinic.group, demo.group, handout.group, illustration.group):
        app.cli.add_command(group)
    app.cli.add_command(worker.command, "worker")
