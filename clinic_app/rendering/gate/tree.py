"""The second look, at the parsed page text: language, title, headings, alternative texts, links and letters."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from clinic_app.rendering import fonts
from clinic_app.rendering.gate.content import BLANKS
from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.job import Job

LINKS = frozenset({"https", "mailto", "tel"})
# What our templates never use; typed markup is escaped, so one of these means that a template lets text through.
FORBIDDEN = frozenset(
    {"script", "iframe", "object", "embed", "link", "base", "form", "input", "svg", "style", "meta-refresh"}
)


def check_tree(root: Element, job: Job) -> None:
    """Raises NotPrintable with every defect of the page text (`root` is the html element)."""
    refuse(
        (
            *_document(root),
            *_headings(root),
            *_images(root),
            *_links(root),
            *_elements(root),
            *_signs(root),
            *_cards(root, job),
        )
    )


def _document(root: Element) -> Iterator[str]:
    if not (root.get("lang") or "").strip():
        yield "The pages do not say their language."
    title = root.find("head/title")
    if title is None or not (title.text or "").strip():
        yield "The pages have no title."


def _headings(root: Element) -> Iterator[str]:
    level = 0
    tops = 0
    for element in _elements_of(root):
        if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
            now = int(element.tag[1])
            text = " ".join("".join(element.itertext()).split())
            tops += now == 1
            if not text:
                yield "A heading is empty."
            if now > level + 1:
                yield f"The heading “{text}” skips a level."
            level = now
    if tops != 1:
        yield f"The pages have {tops} main headings instead of 1."


def _images(root: Element) -> Iterator[str]:
    for element in root.iter("img"):
        if not (element.get("alt") or "").strip():
            yield "A picture on the pages has no description in words."


def _links(root: Element) -> Iterator[str]:
    for element in root.iter("a"):
        if (target := element.get("href")) is not None and urlsplit(target).scheme.lower() not in LINKS:
            yield "A link on the pages is not a web address, an e-mail address or a phone number."


def _elements(root: Element) -> Iterator[str]:
    for element in _elements_of(root):
        if element.tag in FORBIDDEN or element.tag.startswith("{"):
            yield f"The pages contain an element that is not printed here ({element.tag.rpartition('}')[2]})."


def _signs(root: Element) -> Iterator[str]:
    missing = sorted(set("".join(root.itertext())) - fonts.letters() - BLANKS)
    if missing:
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in missing)
        yield f"The pages contain characters that cannot be printed: {codes}."


def _cards(root: Element, job: Job) -> Iterator[str]:
    cards = [element for element in _elements_of(root) if (element.get("id") or "").startswith("exercise-")]
    if len(cards) != len(job.handout.exercises):
        yield "The pages do not have one card for each exercise."
    items = [element for element in _elements_of(root) if element.get("id") == "safety"]
    if len(items) != 1:
        yield "The safety box is missing."


def _elements_of(root: Element) -> Iterator[Element]:
    """Elements only: the name of a comment is no text, whatever the types say."""
    return (element for element in root.iter() if type(element.tag) is str)
