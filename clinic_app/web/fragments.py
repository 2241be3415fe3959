"""Answers to a page that is open already: htmx asks for a part of it, and gets no whole page."""

from __future__ import annotations

from flask import request


def is_fragment() -> bool:
    """Whether the answer goes into a page that stays open. Going back in the browser asks for the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
