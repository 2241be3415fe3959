"""The safety box of one clinic: its phone and its specialist put into the approved wording."""

from __future__ import annotations

from clinic_app.rendering.content import SafetyAction, SafetyAdvice
from clinic_app.starter.schema import Action, SafetyText


def safety_box(text: SafetyText, phone: str, specialist: str = "") -> SafetyAdvice:
    """Fill in `phone` and `specialist`; a clinic that names no specialist gets the wording without a name.

    Raises:
        ValueError: without a phone number, because the box would then tell the patient to call nobody.
    """
    if not phone.strip():
        raise ValueError("the safety box needs the clinic's phone number")

    def filled(row: Action) -> SafetyAction:
        return SafetyAction(*(part.replace("{phone}", phone) for part in _named(row, specialist)))

    return SafetyAdvice(
        slug=text.slug,
        version=text.version,
        title=text.title,
        lead=text.lead,
        emergency=text.emergency,
        urgent=filled(text.urgent),
        stop=filled(text.stop),
        specialist=filled(text.specialist if specialist.strip() else text.specialist_unnamed),
    )


def _named(row: Action, specialist: str) -> tuple[str, str]:
    return row.action.replace("{specialist}", specialist), row.when.replace("{specialist}", specialist)
