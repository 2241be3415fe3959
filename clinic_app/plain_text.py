"""Plain text as it may be stored and printed: visible characters that can be wrapped, nothing else."""

from __future__ import annotations

import unicodedata

LONGEST_RUN = 60  # characters without a space; a longer run cannot wrap inside a column of the handout
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


def fault(text: str, *, lines: bool = False) -> str:
    """What is wrong with `text`, as the end of a sentence ("has a control character, U+0000"), or "".

    `lines` allows line breaks.
    """
    for character in text:
        reason = _HIDDEN.get(unicodedata.category(character))
        if reason and not (lines and character == "\n"):
            return f"has {reason}, U+{ord(character):04X}"
    for run in text.split():
        if len(run) > LONGEST_RUN:
            return f"has {len(run)} characters without a space, at most {LONGEST_RUN}"
    return ""


def visible(text: str) -> str:
    """`text` with a � where a hidden character stands, so that a person sees what to take out."""
    return "".join("�" if unicodedata.category(each) in _HIDDEN and each != "\n" else each for each in text)


def tidy(text: str) -> str:
    """`text` in Unicode's composed form, with one kind of line break and no space at its ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
