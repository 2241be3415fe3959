"""The safety box of a handout, with the clinic's phone and specialist filled in."""

from __future__ import annotations

from clinic_app.rendering import content
from clinic_app.starter import schema


def safety_content(text: schema.SafetyText, *, phone: str, specialist: str) -> content.SafetyAdvice:
    """`specialist` empty: the wording for a clinic that named none, which sends people to its own phone."""
    prompt = text.specialist if specialist else text.specialist_unnamed

    def filled(action: schema.Action) -> content.SafetyAction:
        return content.SafetyAction(_fill(action.action, phone, specialist), _fill(action.when, phone, specialist))

    return content.SafetyAdvice(
        slug=text.slug,
        version=text.version,
        title=text.title,
        lead=text.lead,
        emergency=text.emergency,
        urgent=filled(text.urgent),
        stop=filled(text.stop),
        specialist=filled(prompt),
    )


def _fill(text: str, phone: str, specialist: str) -> str:
    # Not str.format: a clinic's own words may hold braces.
    return text.replace("{phone}", phone).replace("{specialist}", specialist)
