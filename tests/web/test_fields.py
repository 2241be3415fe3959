"""Fields refuse at the edge what can be neither stored nor printed, and keep what was typed."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from clinic_app.web.fields import AtMost, Needed, NumberField, PlainTextArea, PlainTextField


class Sheet(Form):
    name = PlainTextField("Name", [Needed("Please write a name."), AtMost(10)])
    note = PlainTextArea("Note")
    number = NumberField("Number")


def sent(**typed: str) -> Sheet:
    form = Sheet(MultiDict({"name": "Ada", **typed}))
    form.validate()
    return form


def test_text_is_tidied() -> None:
    form = sent(name="  Zo\u0065\u0308 ", note="one\r\ntwo\rthree\n")
    assert form.name.data == "Zoë"
    assert form.note.data == "one\ntwo\nthree"
    assert not form.errors


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Please write a name."),
        ("   ", "Please write a name."),
        ("\u00a0", "Please write a name."),
        ("A\x00b", "Name has a control character, U+0000. Please take it out."),
        ("A\nb", "Name has a control character, U+000A. Please take it out."),
        ("A\u202eb", "Name has a hidden or direction-changing character, U+202E. Please take it out."),
        ("\ud800", "Name has half of a broken character, U+D800. Please take it out."),
        ("eleven char", "Name has 11 characters; at most 10 fit."),
    ],
)
def test_a_wrong_line_is_refused_with_one_sentence(typed: str, sentence: str) -> None:
    assert sent(name=typed).errors == {"name": [sentence]}


def test_what_is_hidden_is_shown_as_a_mark() -> None:
    form = sent(name="A\u202eb")
    assert form.name.data == "A\u202eb"
    assert 'value="A\ufffdb"' in form.name()


def test_markup_stays_text() -> None:
    assert "<b>" not in sent(name="<b>").name()
    assert "&lt;/textarea&gt;" in sent(note="</textarea>").note()


def test_an_area_takes_lines_but_nothing_hidden() -> None:
    assert not sent(note="one\ntwo").errors
    assert "U+0007" in str(sent(note="one\x07").note.errors)


@pytest.mark.parametrize(("typed", "number"), [("", None), ("  ", None), ("0", 0), (" 12 ", 12), ("9999", 9999)])
def test_a_whole_number_or_nothing(typed: str, number: int | None) -> None:
    form = sent(number=typed)
    assert not form.errors
    assert form.number.data == number


@pytest.mark.parametrize(
    "typed", ["soon", "1.5", "-1", "+1", "1e3", "1_0", "٣", "²", "10000", "0x1", "1 2", "1,5", "½"]
)
def test_anything_else_is_refused_and_shown_again(typed: str) -> None:
    form = sent(number=typed)
    assert form.errors == {"number": [f"“{typed}” is not a whole number."]}
    assert form.number.data is None
    assert f'value="{typed}"' in form.number()


def test_a_long_slip_is_named_in_short() -> None:
    assert sent(number="x" * 500).errors["number"] == [f"“{'x' * 20}” is not a whole number."]


def test_the_limits_are_told_to_the_browser() -> None:
    name = Sheet().name()
    assert 'maxlength="10"' in name
    assert "required" in name
