from __future__ import annotations

from datetime import date

from clinic_app.models import Account, Branding
from clinic_app.rendering import content
from clinic_app.rendering.job import File
from clinic_app.services import audit, figures, logos, versions
from clinic_app.services.colour import dark_enough
from clinic_app.services.printing import Pages, make, store
from clinic_app.services.sample import sample_job
from clinic_app.starter.pack import load_pack


def save(account: Account, branding: Branding, *, version: int, values: dict[str, str | bool], colour: str) -> None:
    """Save the words and the colour; a colour that is too pale is printed darker.

    Raises:
        Conflict: if somebody saved since `version` was shown.
        ValueError: if `colour` is not written as "#rrggbb".
    """
    conflict = "Somebody else changed the branding while you were editing it."
    printed_colour = dark_enough(colour)
    saved = versions.save(branding, version, conflict, colour_chosen=colour, colour=printed_colour, **values)
    audit.record(account, "branding.save", branding.id, f"version {saved}")


def set_logo(branding: Branding, upload: bytes | None) -> None:
    """Store a new logo, or take it away with None. Raises NotAllowed if the upload is no picture we can use."""
    if upload is None:
        branding.logo = branding.logo_type = None
        return
    branding.logo = store().put(logos.clean(upload))
    branding.logo_type = logos.MEDIA_TYPE


def printed(branding: Branding) -> tuple[content.Clinic, dict[str, File]]:
    """The branding as a handout says it, and the logo by its SHA-256 if there is one."""
    files = {}
    if branding.logo and branding.logo_type:
        files[branding.logo] = File(store().get(branding.logo), branding.logo_type)
    clinic = content.Clinic(
        name=branding.name,
        address=branding.address_lines,
        phone=branding.phone,
        hours=branding.hours,
        footer=branding.footer,
        specialist=branding.specialist,
        colour=branding.colour,
        logo=branding.logo,
    )
    return clinic, files


def sample_pages(branding: Branding, today: date) -> Pages:
    """A sample handout in this branding. Raises NotPrintable if, say, the clinic's name does not fit."""
    clinic, files = printed(branding)
    return make(sample_job(load_pack(), "low-back-six", today, clinic, files, figures.chosen_by(branding)))
