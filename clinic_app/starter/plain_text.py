"""Text that may stand in a content file: one line of visible characters, short enough for its place on the page."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LONGEST_RUN = 60  # characters without a space; a longer run cannot wrap inside a column of the handout
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Categories that a reader cannot see or that change the direction of the text around them.
_HIDDEN = {
    "Cc": "a control character",
    "Cf": "a hidden or direction-changing character",
    "Cs": "half of a broken character",
    "Co": "a private character that no font has",
    "Cn": "an unassigned character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}


def plain(text: str) -> str:
    """Return `text` unchanged.

    Raises:
        ValueError: for a hidden character, an unbroken run over 60 characters, or space at either end.
    """
    for character in text:
        reason = _HIDDEN.get(unicodedata.category(character))
        if reason:
            raise ValueError(f"has {reason}, U+{ord(character):04X}")
    if text != text.strip():
        raise ValueError("starts or ends with a space")
    for run in text.split():
        if len(run) > LONGEST_RUN:
            raise ValueError(f"has {len(run)} characters without a space, at most {LONGEST_RUN}")
    return text


Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(plain)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(plain)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(plain)]
