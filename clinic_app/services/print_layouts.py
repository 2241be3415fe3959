"""Which layout a patient's pages have, and an edition's pages in another layout than the one it was issued in."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_app.errors import NotFound
from clinic_app.models import Handout, Patient
from clinic_app.models.patient import PrintSize
from clinic_app.rendering import content, pictures, snapshot
from clinic_app.rendering.job import File, Job
from clinic_app.rendering.layouts import LARGE_PRINT, LAYOUTS, STANDARD, Layout
from clinic_app.rendering.pool import Priority
from clinic_app.services import addresses
from clinic_app.services.printing import Pages, make, store


def asked_for(patient: Patient) -> Layout:
    """The layout that the patient's record asks for. Who needs the largest print gets the largest there is."""
    return STANDARD if patient.print_size == PrintSize.STANDARD else LARGE_PRINT


def known(name: str) -> Layout:
    """Raises NotFound if there is no layout of this name."""
    if name not in LAYOUTS:
        raise NotFound("There is no such layout.")
    return LAYOUTS[name]


def others(handout: Handout) -> tuple[Layout, ...]:
    """The layouts that an edition can have besides its own."""
    return tuple(each for each in LAYOUTS.values() if each.name != handout.layout)


def pages(handout: Handout, layout: Layout, priority: Priority = Priority.INTERACTIVE) -> Pages:
    """The pages as they were frozen; in another layout they are made of the same snapshot when somebody asks first.

    Raises:
        NotPrintable, RenderFailed: if the pages cannot be made.
    """
    if layout.name == handout.layout:
        return Pages(handout.pdf, handout.pages)
    said = snapshot.from_json(handout.snapshot)
    files = {name: _file(name) for name in _names(said)}
    address = addresses.printed(handout.programme) if addresses.own(handout.programme) else None
    return make(Job(said, files, address, layout.name), priority)


def _names(said: content.Handout) -> Iterator[str]:
    if said.clinic.logo:
        yield said.clinic.logo
    for exercise in said.exercises:
        yield from (picture.file for picture in exercise.pictures)


def _file(name: str) -> File:
    data = store().get(name)
    return File(data, pictures.media_type(data))
