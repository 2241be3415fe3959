"""Text that may stand in a content file: one line of plain text, short enough for its place on the page."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from clinic_app.plain_text import fault, tidy

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def plain(text: str) -> str:
    """Return `text` unchanged: a file says exactly what is printed, so nothing is put right in silence.

    Raises:
        ValueError: for a hidden character, an unbroken run that cannot wrap, space at either end, or letters in pieces.
    """
    if wrong := fault(text):
        raise ValueError(wrong)
    if text != text.strip():
        raise ValueError("starts or ends with a space")
    if text != tidy(text):
        raise ValueError("has an accent apart from its letter; write both as one character")
    return text


Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(plain)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(plain)]
