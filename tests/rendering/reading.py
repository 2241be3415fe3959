"""How the tests read a finished PDF: its words in order, and its structure."""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2

from clinic_app.rendering.job import Printed


def page_texts(printed: Printed) -> list[str]:
    """The words of each page in the order of the content, with single blanks."""
    document = pypdfium2.PdfDocument(printed.pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def elements(opened: pikepdf.Pdf) -> list[Any]:
    """Every structure element, in reading order."""
    found = []
    waiting = [opened.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting = [*node, *waiting]
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            waiting = [node.get("/K", pikepdf.Array()), *waiting]
    return found


def in_order(parts: list[str], text: str) -> bool:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is missing or comes too early in {text!r}"
        place = found + len(part)
    return True
