"""`flask catalogue …`, `flask handout …`, `flask clinic …`, `flask account …`, `flask demo …`: one module per noun."""

from __future__ import annotations

from flask import Flask

from clinic_app.cli import account, catalogue, clinic, demo, handout


def init_app(app: Flask) -> None:
    for group in (account.group, catalogue.group, clinic.group, demo.group, handout.group):
        app.cli.add_command(group)
