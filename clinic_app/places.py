"""Where the folders at the top of the checkout stand; an installed wheel carries them inside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def place(name: str) -> Path:
    """The folder `name` inside the package if it is there, else beside it.

    Raises:
        FileNotFoundError: if it is in neither place.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name} is missing beside {_PACKAGE.name}")


TEMPLATES = place("templates")
MIGRATIONS = place("migrations")
