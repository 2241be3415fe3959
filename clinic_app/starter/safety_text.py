"""What the file of a safety box may say."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from clinic_app.starter.authored import Authored, Strict
from clinic_app.starter.plain_text import Line, Name, Sentence, Slug
from clinic_app.starter.problems import FieldProblem

_PLACEHOLDERS = ("{phone}", "{specialist}")


def _known_placeholders(text: str) -> str:
    bare = text
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(placeholder, "")
    if "{" in bare or "}" in bare:
        raise ValueError("may use only {phone} and {specialist} in curly brackets")
    return text


Advised = Annotated[Sentence, AfterValidator(_known_placeholders)]


class Action(Strict):
    """`action` is printed bold; `when` follows it on the same line."""

    action: Advised
    when: Advised


class SafetyText(Authored):
    """The safety box before phone and specialist are filled in. Editable only by a clinical-safety role."""

    slug: Slug
    version: Annotated[int, Field(ge=1)]
    title: Name
    lead: Line
    emergency: Annotated[tuple[Line, ...], Field(min_length=4, max_length=14)]
    urgent: Action
    stop: Action
    specialist: Action
    specialist_unnamed: Action
    sources: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    local_note: Sentence

    @model_validator(mode="after")
    def _says_whom_to_call(self) -> Self:
        if "{phone}" not in self.stop.action:
            raise FieldProblem("stop.action", "must contain {phone}")
        if "{specialist}" not in self.specialist.action:
            raise FieldProblem("specialist.action", "must contain {specialist}")
        unnamed = self.specialist_unnamed
        if "{specialist}" in unnamed.action + unnamed.when:
            raise FieldProblem(
                "specialist_unnamed", "is for clinics that name none, so {specialist} may not stand there"
            )
        if "{phone}" not in unnamed.action + unnamed.when:
            raise FieldProblem("specialist_unnamed", "must contain {phone}")
        return self
