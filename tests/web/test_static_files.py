"""A static file's address names its bytes, so it can be kept for a year and is never stale."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.cast import Cast, sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_address_carries_the_digest_of_the_bytes(app: Flask) -> None:
    with app.test_request_context():
        url = app.url_for("static", filename="staff.css")
    stated = parse_qs(urlsplit(url).query)["v"]
    assert stated == [hashlib.sha256(app.test_client().get(url, buffered=True).data).hexdigest()[:12]]


def test_a_file_that_is_not_there_has_no_digest(app: Flask) -> None:
    with app.test_request_context():
        assert app.url_for("static", filename="absent.css") == "/static/absent.css"


def test_every_file_that_a_page_names_is_there(app: Flask, cast: Cast) -> None:
    maya = sign_in(app.test_client(), "Maya")
    pages = [maya.get(url).text for url in ("/staff/today", "/staff/branding", "/p", "/nothing")]
    named = {url for page in pages for url in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert len(named) >= 5
    for url in named:
        assert maya.get(url.replace("&amp;", "&"), buffered=True).status_code == 200, url
        assert "v=" in url, url


def test_style_sheets_name_only_files_that_are_there(app: Flask) -> None:
    folder = Path(str(app.static_folder))
    sheets = list(folder.rglob("*.css"))
    assert len(sheets) >= 3
    for sheet in sheets:
        for named in re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8")):
            address = named.strip("'\"")
            if address.startswith(("data:", "#")):
                continue
            assert "//" not in address, f"{sheet.name} asks another host: {address}"
            if address.partition("?")[0].endswith(".woff"):
                continue  # the second choice, for browsers that are long gone; the first is checked
            assert (sheet.parent / urlsplit(address).path).is_file(), f"{sheet.name}: {address}"


@pytest.mark.parametrize(
    "path",
    ["../config.py", "..%2fconfig.py", "%2e%2e/config.py", "....//config.py", "/etc/passwd", "vendor/../../config.py"],
)
def test_nothing_outside_the_folder_is_served(app: Flask, path: str) -> None:
    answer = app.test_client().get(f"/static/{path}")
    assert answer.status_code in {404, 308}
    assert b"secret_key" not in answer.data
    assert b"root:" not in answer.data


@pytest.mark.parametrize("name", ["theme.css", "moving_picture.js", "img/favicon.svg"])
def test_text_is_packed_for_whoever_can_unpack_it(app: Flask, name: str) -> None:
    client = app.test_client()
    plain = client.get(f"/static/{name}", buffered=True)
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_font_is_packed_already(app: Flask) -> None:
    name = "vendor/fonts/noto-sans-latin-400-normal.woff2"
    answer = app.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_file_that_did_not_change_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    known = client.get("/static/theme.css", buffered=True).headers["ETag"]
    assert client.get("/static/theme.css", headers={"If-None-Match": known}, buffered=True).status_code == 304
