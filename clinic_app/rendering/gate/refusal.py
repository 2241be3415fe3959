"""Saying no."""

from __future__ import annotations

from collections.abc import Iterable

from clinic_app.errors import NotPrintable


def refuse(reasons: Iterable[str]) -> None:
    """Raise NotPrintable with the reasons, each once and in order; do nothing when there are none."""
    found = tuple(dict.fromkeys(reasons))
    if found:
        raise NotPrintable(found)
