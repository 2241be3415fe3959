"""Finished pages: made once for the same content, then found again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from clinic_app.rendering.job import Job, key
from clinic_app.rendering.pool import Pool
from clinic_app.storage import DamagedObject, Storage


@dataclass(frozen=True, slots=True)
class Pages:
    """A printed PDF as the object `pdf` (SHA-256 of its bytes), and how many pages it has."""

    pdf: str
    count: int


def make(job: Job) -> Pages:
    """The pages of `job`, from the store when the same were made before.

    Raises:
        NotPrintable: if the print gate refuses them.
        RenderFailed: if making them took too long or the process died.
    """
    storage = store()
    name = key(job)
    remembered = storage.cached(name)
    if remembered is not None:
        pdf, count = remembered.split()
        if _is_whole(storage, pdf):
            return Pages(pdf, int(count))
    printed = pool().render(job)
    pages = Pages(storage.put(printed.pdf), printed.pages)
    storage.remember(name, f"{pages.pdf} {pages.count}")
    return pages


def page_pictures(pdf: str, dpi: int, first: int = 1, last: int | None = None) -> tuple[bytes, ...]:
    """Pages `first` to `last` of object `pdf` as PNG."""
    return pool().pages_as_png(store().get(pdf), dpi, first, last)


def store() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage


def pool() -> Pool:
    running: Pool = current_app.extensions["render_pool"]
    return running


def _is_whole(storage: Storage, pdf: str) -> bool:
    try:
        storage.get(pdf)
    except (FileNotFoundError, DamagedObject):
        return False
    return True
