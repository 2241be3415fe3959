"""A page is light enough for a bad connection: below 100 kB before its pictures, as it comes over the line."""

from __future__ import annotations

import re

from clinic_app import ROOT
from tests.patient_phone import Phone

STATIC = ROOT / "clinic_app" / "static"
MOST = 100_000  # bytes
FONTS = re.compile(r'@font-face \{[^}]*font-weight: (\d+)[^}]*url\("([^"]+)"\)')
PAGES = ("today", "exercises/knee-to-chest", "help")


def linked(html: str) -> set[str]:
    """The style sheets, scripts and drawings of a page, and what its scripts import."""
    found: set[str] = set()
    wanted = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    while wanted:
        found.add(address := wanted.pop())
        name = address.removeprefix("/static/").split("?")[0]
        text = (STATIC / name).read_text("utf-8") if name.endswith(".js") else ""
        imports = [f"/static/{each}" for each in re.findall(r'(?:from|import) "\./([^"]+)"', text)]
        wanted += [each for each in imports if each not in found]
    return found


def fonts() -> list[str]:
    """What our words load: two weights; letters beyond Latin-1 would load more, and stand in no word of ours."""
    found = FONTS.findall((STATIC / "theme.css").read_text("utf-8"))
    return [f"/static/{name}" for weight, name in found if int(weight) in {400, 700} and "latin-ext" not in name]


def weight(phone: Phone, address: str) -> int:
    """Bytes of a file as it comes over the line."""
    answer = phone.client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.status_code == 200, address
    return len(answer.data)


def test_each_page_is_below_100_kb_before_its_pictures(phone: Phone) -> None:
    for page in PAGES:
        html = phone.get(page).text
        files = {address: weight(phone, address) for address in (*linked(html), *fonts())}
        assert len(files) >= 7, files
        assert sum(files.values()) + len(html.encode()) < MOST, (page, len(html.encode()), files)


def test_the_guided_session_adds_little_to_the_page_that_leads_to_it(phone: Phone) -> None:
    today, session = (phone.get(page).text for page in ("today", "session"))
    files = {address: weight(phone, address) for address in linked(session) - linked(today)}
    assert any("guided_plan.js" in address for address in files)
    assert sum(files.values()) + len(session.encode()) < MOST / 2, (len(session.encode()), sum(files.values()))


def test_no_third_weight_is_loaded(phone: Phone) -> None:
    """Every weight is two more font files of 13 kB."""
    sheets = {address.split("?")[0] for page in PAGES for address in linked(phone.get(page).text)}
    # The other weight of the theme is that of Bootstrap's parts, which are not on these pages.
    for address in {each for each in sheets if each.endswith(".css")} - {"/static/theme.css"}:
        text = phone.client.get(address, buffered=True).text
        assert "@import" not in text  # it carries no digest, so a phone would keep an old one for a year
        assert set(re.findall(r"font(?:-weight)?: (\d+)\b(?!%|\.|px|rem)", text)) <= {"400", "700"}, address
