from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Branding, Clinic
from clinic_app.services import catalogue
from clinic_app.starter.pack import SHIPPED, load_pack

LONGEST_NAME = 80  # characters; a longer one does not fit beside a logo


def create(slug: str, *, name: str, phone: str, folder: Path = SHIPPED) -> Clinic:
    """A new clinic with the content pack of `folder`. The rest of its branding is set in the browser.

    Raises:
        NotAllowed: if the short name is taken or is none, or name or phone cannot be printed.
        BrokenContent: if the pack cannot be read.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > LONGEST_NAME:
        raise NotAllowed(f"{slug!r} is no short name: use small letters, digits and hyphens, such as harbour.")
    if db.session.scalar(select(Clinic.id).where(Clinic.slug == slug)):
        raise NotAllowed(f"There is already a clinic called {slug}.")
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise NotAllowed(f"A clinic's name has 1 to {LONGEST_NAME} characters.")
    if not re.search(r"\d", phone):
        raise NotAllowed("Please give a phone number: the safety box names it.")
    pack = load_pack(folder)
    clinic = Clinic(slug=slug, branding=Branding(name=name.strip(), phone=phone.strip()))
    db.session.add(clinic)
    db.session.flush()
    catalogue.load(clinic, pack, folder)
    return clinic
