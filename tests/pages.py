"""What holds for every page: the test client checks it on each answer, so no test has to ask."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from tinyhtml5.parser import HTMLParser
from werkzeug.test import TestResponse

# A part of an open page is checked inside the smallest whole one.
WHOLE = "<!DOCTYPE html><html><head><title>Part</title></head><body><main><h1>Part</h1>{}</main></body></html>"
HTML = "{http://www.w3.org/1999/xhtml}"


def faults(html: str) -> list[str]:
    """What is wrong with a page: no or two h1, a title that does not begin with it, broken HTML, an id twice."""
    parser = HTMLParser()
    tree = parser.parse(html)
    found = [f"{code} {detail} at {place}" for place, code, detail in parser.errors]
    headings = [" ".join("".join(each.itertext()).split()) for each in tree.iter(f"{HTML}h1")]
    title = " ".join((tree.findtext(f".//{HTML}title") or "").split())
    if len(headings) != 1:
        found.append(f"{len(headings)} h1: {headings}")
    elif not headings[0] or not title.startswith(headings[0]):
        found.append(f"the title “{title}” does not begin with the h1 “{headings[0]}”")
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    found += [f"the id {name} stands {count} times" for name, count in ids.items() if count > 1]
    found += _unlabelled(tree)
    found += [
        f"an inline {name}" for each in tree.iter() for name in each.attrib if name == "style" or name[:2] == "on"
    ]
    return found


def _unlabelled(tree: Element) -> list[str]:
    labels = {each.get("for") for each in tree.iter(f"{HTML}label")}
    inside = {inner for each in tree.iter(f"{HTML}label") for inner in each.iter()}
    wrong = []
    for kind in ("input", "select", "textarea"):
        for each in tree.iter(f"{HTML}{kind}"):
            named = each.get("id") in labels or each in inside or each.get("aria-label") or each.get("aria-labelledby")
            if not named and each.get("type") not in {"hidden", "submit"}:
                wrong.append(f"{kind} {each.get('name')} has no label")
    return wrong


class CheckedClient(FlaskClient):
    """A browser without a screen that refuses faulty pages and missing headers."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.status_code != 500, "an error that nobody expected; the log tells more"
        has_page = response.request.method != "HEAD" and response.status_code not in {301, 302, 303, 308}
        if response.mimetype == "text/html" and has_page:
            asked_for_part = response.request.headers.get("HX-Request") == "true"
            wrong = faults(WHOLE.format(response.text) if asked_for_part else response.text)
            assert not wrong, f"{response.request.path}: {wrong}"
        return response
