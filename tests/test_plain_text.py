"""Text that is stored and printed: what is hidden is refused by name, what is visible is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.plain_text import LONGEST_RUN, fault, tidy, visible


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ada Example",
        "Łucja Żółć-O’Neill",
        "José (Pepe)",
        "山田 太郎",
        "محمد",
        "½ × 3 kg",
        "😀",
        "<b>&amp;</b>",
        "a" * LONGEST_RUN,
    ],
)
def test_visible_text_has_no_fault(text: str) -> None:
    assert fault(text) == ""
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x00", "has a control character, U+0000"),
        ("a\tb", "has a control character, U+0009"),
        ("a\nb", "has a control character, U+000A"),
        ("a\u202eb", "has a hidden or direction-changing character, U+202E"),
        ("a\u200bb", "has a hidden or direction-changing character, U+200B"),
        ("a\ud800", "has half of a broken character, U+D800"),
        ("a\ue000", "has a private character that no font has, U+E000"),
        ("a\u2028b", "has a line separator, U+2028"),
        ("a\u2029b", "has a paragraph separator, U+2029"),
        ("a\uffff", "has an unassigned character, U+FFFF"),
        ("a" * (LONGEST_RUN + 1), f"has {LONGEST_RUN + 1} characters without a space, at most {LONGEST_RUN}"),
    ],
)
def test_a_fault_is_named(text: str, words: str) -> None:
    assert fault(text) == words


def test_lines_are_allowed_only_where_they_are_asked_for() -> None:
    assert fault("a\nb", lines=True) == ""
    assert fault("a\n" * 100, lines=True) == ""
    assert "U+000D" in fault("a\r\nb", lines=True)


@given(st.text())
def test_what_has_no_fault_holds_nothing_hidden(text: str) -> None:
    if fault(text):
        return
    assert not {unicodedata.category(each) for each in text} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert all(len(run) <= LONGEST_RUN for run in text.split())


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\r" not in once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_what_is_shown_again_has_no_hidden_character(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert "hidden" not in fault(shown, lines=True)
    assert "control" not in fault(shown, lines=True)
