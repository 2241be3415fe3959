"""The third look, at the laid-out pages: nothing is cut off, split, missing or on the wrong page.

Boxes are WeasyPrint's own (version 70); lengths in CSS pixels, 96 to the inch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from clinic_app.rendering import fonts
from clinic_app.rendering.assets import address
from clinic_app.rendering.gate.content import BLANKS, called
from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.job import Job
from clinic_app.rendering.layouts import LAYOUTS, Layout

TOLERANCE = 1.0  # a quarter of a millimetre
CARD = "exercise-"  # how the id of a card begins
EDGE = 3 / 25.4 * 96  # what a usual printer cannot reach


def page_one_reasons(document: Any, layout: Layout) -> tuple[str, ...]:
    """Why page 1 is too long: its parts go on after it, among them the safety box where that stands there."""
    where = [number for number, page in enumerate(document.pages, start=1) if _find(page._page_box, "page-one")]
    if where == [1]:
        return ()
    pushed = ": the safety box does not fit on it" if layout.safety_page == 1 else ""
    return (f"Page 1 is too full{pushed}. Shorten the names, the address or the title.",)


def pages_with(document: Any, identity: str) -> int:
    """On how many pages the element with this id stands."""
    return sum(bool(_find(page._page_box, identity)) for page in document.pages)


def split_cards(document: Any) -> frozenset[int]:
    """The numbers of the cards that go on after their page."""
    pages = (_elements(page._page_box, CARD) for page in document.pages)
    on = Counter(int(identity.removeprefix(CARD)) for found in pages for identity in set(found))
    return frozenset(number for number, count in on.items() if count > 1)


def last_page_begins_with(document: Any, identity: str) -> bool:
    """Whether the element with this id, and what follows it, did not find room on the page before the last."""
    page = document.pages[-1]._page_box
    found = _find(page, identity)
    body = "".join(_text(child) for child in page.children if not isinstance(child, boxes.MarginBox))
    return bool(found) and body.startswith(_text(found[0]))


def pages_of_cards(document: Any) -> int:
    """On how many pages cards stand."""
    return sum(any(_elements(page._page_box, CARD)) for page in document.pages)


def check_images(images: Mapping[str, Any], job: Job) -> None:
    """Raises NotPrintable when WeasyPrint could not read a picture: it would leave a gap and go on."""
    refuse(
        f"{called(number, exercise)}: picture {picture.letter} could not be drawn."
        for number, exercise in enumerate(job.handout.exercises, start=1)
        for picture in exercise.pictures
        if images.get(address(picture.file)) is None
    )
    if job.handout.clinic.logo and images.get(address(job.handout.clinic.logo)) is None:
        refuse(("The clinic's logo could not be drawn.",))


def check_pages(document: Any, job: Job) -> None:
    """Raises NotPrintable with every defect of the pages."""
    pages = [page._page_box for page in document.pages]
    reasons = [*_safety(pages, job), *_split(pages, job)]
    for number, page in enumerate(pages, start=1):
        reasons += (f"Page {number}: {what}" for what in (*_signs(page), *_overflow(page)))
    refuse(reasons)


def _safety(pages: list[Any], job: Job) -> Iterator[str]:
    found = [(number, box) for number, page in enumerate(pages, start=1) for box in _find(page, "safety")]
    layout = LAYOUTS[job.layout]
    if len(found) != 1 or found[0][0] != layout.safety_page:
        yield f"The safety box does not stand whole on page {layout.safety_page}."
        return
    text = _text(found[0][1])
    if layout.safety_alone and _size(pages[layout.safety_page - 1]) != _size(found[0][1]):
        yield "The safety box does not stand alone on its page."
    safety = job.handout.safety
    for row in (safety.urgent, safety.stop, safety.specialist):
        if _plain(row.action) not in text or _plain(row.when) not in text:
            yield f"The safety box lacks the row “{row.action}”."
    for line in (safety.title, safety.lead, *safety.emergency):
        if _plain(line) not in text:
            yield f"The safety box lacks the line “{line}”."


def _split(pages: list[Any], job: Job) -> Iterator[str]:
    for number, exercise in enumerate(job.handout.exercises, start=1):
        card, text = (_pages_of(pages, identity) for identity in (f"{CARD}{number}", f"more-{number}"))
        if len(card) > 1 or len(text) > 1:
            room = "its pages" if text else "one page"
            yield f"{called(number, exercise)} is too long for {room}: shorten its steps or the note."
        elif not card:
            yield f"{called(number, exercise)} is missing on the pages."


def _pages_of(pages: list[Any], identity: str) -> list[int]:
    return [number for number, page in enumerate(pages, start=1) if _find(page, identity)]


def _signs(page: Any) -> Iterator[str]:
    """Signs that no print font has, also in what the style sheet generates: a bullet, a counter."""
    signs = set("".join(box.text for box in page.descendants() if isinstance(box, boxes.TextBox)))
    for sign in sorted(signs - fonts.letters() - BLANKS):
        yield f"the character U+{ord(sign):04X} cannot be printed."


def _overflow(page: Any) -> Iterator[str]:
    left, top = page.content_box_x(), page.content_box_y()
    area = (left, top, left + page.width, top + page.height)
    for child in page.children:
        if isinstance(child, boxes.MarginBox):
            x = child.content_box_x()
            # The head grows upwards and the foot downwards, to the printer's edge.
            yield from _too_large(child, (x, EDGE, x + child.width, page.margin_height() - EDGE))
        else:
            yield from _too_large(child, area)


def _too_large(box: Any, area: tuple[float, float, float, float]) -> Iterator[str]:
    """Lines and pictures of `box` that leave `area` (left, top, right, bottom) or the cell or block that holds them."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        left, top = box.position_x, box.position_y
        right, bottom = left + box.margin_width(), top + box.margin_height()
        if isinstance(box, boxes.TextBox) and not box.text.strip():
            return
        if (
            left < area[0] - TOLERANCE
            or right > area[2] + TOLERANCE
            or top < area[1] - TOLERANCE
            or bottom > area[3] + TOLERANCE
        ):
            yield f"“{_name(box)}” does not fit in its place."
        return
    if not isinstance(box, boxes.ParentBox):
        return
    inner = _inside(box, area)
    for child in box.children:
        yield from _too_large(child, area if getattr(child, "is_outside_marker", False) else inner)


def _inside(box: Any, area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The area for the children of a box: a cell, or a block of a set height, keeps them inside its edges."""
    if isinstance(box, boxes.LineBox | boxes.InlineBox) or not hasattr(box, "width") or isinstance(box.width, str):
        return area
    left, top, right, bottom = area
    if isinstance(box, boxes.BlockContainerBox | boxes.TableCellBox):
        x = box.padding_box_x()
        left, right = max(left, x), min(right, x + box.padding_width())
    if isinstance(box, boxes.TableCellBox) or box.style["height"] != "auto":
        y = box.padding_box_y()
        top, bottom = max(top, y), min(bottom, y + box.padding_height())
    return left, top, right, bottom


def _find(box: Any, identity: str) -> list[Any]:
    """The boxes of the element with this id, the outermost of each part."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = getattr(box, "element", None)
    if element is not None and element.get("id") == identity:
        return [box]
    found = []
    for child in getattr(box, "children", ()):
        found += _find(child, identity)
    return found


def _elements(box: Any, start: str) -> Iterator[str]:
    """The ids under a box that begin with `start`."""
    for child in getattr(box, "children", ()):
        inner = child._box if isinstance(child, AbsolutePlaceholder) else child
        identity = inner.element.get("id") if getattr(inner, "element", None) is not None else None
        if identity and identity.startswith(start):
            yield identity
        else:
            yield from _elements(inner, start)


def _size(box: Any) -> int:
    """How many texts and pictures stand in a box, or on a page between its head and its foot."""
    inside = [box]
    if isinstance(box, boxes.PageBox):
        inside = [child for child in box.children if not isinstance(child, boxes.MarginBox)]
    found = (part for each in inside for part in each.descendants())
    return sum(isinstance(part, boxes.TextBox | boxes.ReplacedBox) for part in found)


def _text(box: Any) -> str:
    return _plain("".join(part.text for part in box.descendants() if isinstance(part, boxes.TextBox)))


def _plain(text: str) -> str:
    """Without blanks: a line break takes the place of one."""
    return "".join(text.split())


def _name(box: Any) -> str:
    text = box.text if isinstance(box, boxes.TextBox) else box.element.get("alt") or "a picture"
    return text if len(text) <= 40 else f"{text[:40]}…"
