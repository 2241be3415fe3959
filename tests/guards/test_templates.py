"""Templates show values; they do not fetch them, and nothing in them could run or be styled inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "pdf_templates").rglob("*.html"))
FORBIDDEN = {
    "a query": re.compile(r"\.query\b|\.session\b|\.scalars?\(|\.execute\("),
    "markup that is trusted": re.compile(r"\|\s*safe\b|Markup\("),
    "escaping switched off": re.compile(r"autoescape\s+false"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "an event handler": re.compile(r"\son[a-z]+\s*="),
    "another host": re.compile(r"""(?:src|href)\s*=\s*["']\s*(?:https?:)?//"""),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_only_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a query", "{% for p in Patient.query %}"),
        ("markup that is trusted", "{{ note | safe }}"),
        ("an inline script", "<script>alert(1)</script>"),
        ("an event handler", '<a onclick="x()">'),
        ("another host", '<img src="//elsewhere.example/x.png">'),
    ],
)
def test_the_guard_can_fail(name: str, line: str) -> None:
    assert FORBIDDEN[name].search(line)


def test_templates_compile_and_are_escaped(app: Flask) -> None:
    assert app.jinja_env.autoescape is not False
    for path in TEMPLATES:
        if path.is_relative_to(ROOT / "templates"):
            app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))
