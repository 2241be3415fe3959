"""The settings of the services that tests start."""

from __future__ import annotations

from pathlib import Path

from clinic_app.config import Config

KINDS = ("sqlite", "postgresql")


def config(folder: Path, database_url: str) -> Config:
    return Config(
        data=folder,
        database_url=database_url,
        public_url="https://handouts.example",
        secret_key="a key that only tests use",
        address_key=b"another key that only tests use",
        password_salt="salt",
        testing=True,
    )
