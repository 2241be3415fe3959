"""Finished pages: made once for the same content, then found again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from clinic_app.database import rest
from clinic_app.failpoints import failpoint
from clinic_app.rendering.job import Job, key
from clinic_app.rendering.pool import Pool, Priority
from clinic_app.storage import DamagedObject, Storage, sha256


@dataclass(frozen=True, slots=True)
class Pages:
    """A printed PDF as the object `pdf` (SHA-256 of its bytes), and how many pages it has."""

    pdf: str
    count: int


def make(job: Job, priority: Priority = Priority.INTERACTIVE) -> Pages:
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
    rest()
    printed = pool().render(job, priority=priority)
    failpoint("after_render")
    pages = Pages(storage.put(printed.pdf), printed.pages)
    failpoint("after_store")
    storage.remember(name, f"{pages.pdf} {pages.count}")
    return pages


def page_picture(pdf: str, number: int, dpi: int = 80) -> bytes:
    """Page `number` (from 1) of object `pdf` as PNG.

    Raises:
        FileNotFoundError: if the PDF has no such page.
    """
    storage = store()
    name = sha256(f"{pdf} page {number} at {dpi} dpi".encode("ascii"))
    remembered = storage.cached(name)
    if remembered is not None and _is_whole(storage, remembered):
        return storage.get(remembered)
    rest()
    pictures = pool().pages_as_png(storage.get(pdf), dpi, number, number)
    if not pictures:
        raise FileNotFoundError(f"page {number}")
    storage.remember(name, storage.put(pictures[0]))
    return pictures[0]


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
