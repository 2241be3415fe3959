"""A page is light enough for a bad connection: below 100 kB before its pictures."""

from __future__ import annotations

import re

from clinic_app import ROOT
from tests.patient_phone import Phone

STATIC = ROOT / "clinic_app" / "static"
MOST = 100_000  # bytes
FONTS = re.compile(r'@font-face \{[^}]*font-weight: (\d+)[^}]*url\("([^"]+)"\)')


def loaded(html: str) -> set[str]:
    """The static files of a page, with what its style sheets import and the font files that it can use.

    Two weights are used; letters beyond Latin-1 would load more, and stand in no word of ours.
    """
    found = set(re.findall(r'(?:href|src)="/static/([^"?]+)', html))
    for name in [name for name in found if name.endswith(".css")]:
        found |= set(re.findall(r'@import url\("([^"]+)"\)', (STATIC / name).read_text("utf-8")))
    for weight, name in FONTS.findall((STATIC / "theme.css").read_text("utf-8")):
        if int(weight) in {400, 700} and "latin-ext" not in name:
            found.add(name)
    return found


def test_each_page_is_below_100_kb_before_its_pictures(phone: Phone) -> None:
    for page in ("today", "exercises/knee-to-chest", "help"):
        html = phone.get(page).text
        files = {name: (STATIC / name).stat().st_size for name in loaded(html)}
        assert len(files) >= 7, files
        assert sum(files.values()) + len(html.encode()) < MOST, (page, len(html.encode()), files)


def test_no_third_weight_is_loaded(phone: Phone) -> None:
    """Every weight is two more font files of 13 kB."""
    sheets = {name for page in ("today", "exercises/knee-to-chest") for name in loaded(phone.get(page).text)}
    for name in sheets - {"theme.css"}:  # its other weight is that of Bootstrap's parts, which are not on these pages
        if name.endswith(".css"):
            weights = set(re.findall(r"font(?:-weight)?: (\d+)\b(?!%|\.|px|rem)", (STATIC / name).read_text("utf-8")))
            assert weights <= {"400", "700"}, name
