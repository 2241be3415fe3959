"""The words of a handout that belong to no exercise: the safety box, filled in for the clinic, and the short texts."""

from __future__ import annotations

from clinic_app.rendering import content
from clinic_app.starter import schema

# The slugs of the texts that every handout asks for.
FLOOR, PROGRESS, SORENESS = "floor", "getting-easier", "soreness"


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


def text_content(text: schema.Text) -> content.Text:
    return content.Text(text.title, text.paragraphs)


def soreness_content(guide: schema.SorenessGuide) -> content.SorenessGuide:
    levels = tuple(
        content.SorenessLevel(level.lowest, level.highest, level.heading, level.advice) for level in guide.levels
    )
    return content.SorenessGuide(guide.title, levels)


def _fill(text: str, phone: str, specialist: str) -> str:
    # Not str.format: a clinic's own words may hold braces.
    return text.replace("{phone}", phone).replace("{specialist}", specialist)
