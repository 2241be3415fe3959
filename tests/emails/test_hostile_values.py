"""Names and words that try to become headers, recipients or markup: literal or refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.emails.handout_mail import BadMail, compose
from clinic_app.emails.recipient import BadAddress
from clinic_app.emails.settings import Sender
from tests.a_mail import HEADERS, URL, Seen, handout_mail, page_of, received, text_of


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "{% raw %}", "&amp;", "javascript:alert(1)"],
)
def test_values_are_literal(payload: str) -> None:
    message = received(clinic=payload, greeting=payload, hours=payload, phone=payload, edition=2, changes=(payload,))
    seen = Seen(page_of(message))
    assert payload in " ".join(seen.words)
    assert payload in text_of(message)
    assert {tag for tag, _ in seen.elements}.isdisjoint({"img", "script"})
    assert [each for each in seen.links if not each.startswith("tel:")] == [URL]


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?a=0d=0aBcc:_eve@post.example?=",
        "=?utf-8?b?YQ0KQmNjOiBl?=",
        "Harbour, Physio <eve@post.example>",
        'Harbour "Physio"; eve@post.example',
        "Härbour, " * 8,
        "ø " * 50,
        "Wörter, viele, " * 7,
        "\\",
        "(comment)",
        "eve@post.example",
        "港口诊所",
        "🩹 Physio",
    ],
)
def test_a_name_adds_neither_a_header_nor_a_recipient(name: str) -> None:
    for changed in ({"clinic": name}, {"sender": Sender(name, "handouts@clinic.example")}, {"greeting": name}):
        message = received(**changed)
        assert sorted(message.keys()) == sorted(HEADERS)
        assert [each.addr_spec for each in message["From"].addresses] == ["handouts@clinic.example"]
        assert [each.addr_spec for each in message["To"].addresses] == ["ada@post.example"]


def test_a_message_that_says_more_than_was_meant_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if a name came through that hides a header: Python writes it, or refuses to, by its release."""
    monkeypatch.setattr("clinic_app.emails.handout_mail._name", str)
    with pytest.raises(BadMail):
        compose(handout_mail(clinic="=?utf-8?q?a=0d=0aBcc:_eve@post.example?="))


@pytest.mark.parametrize(
    "name", ["a\r\nBcc: eve@post.example", "a\nb", "a\0", "a\x0bb", "a\u2028b", "a\u202eb", "x" * 200]
)
def test_a_name_with_hidden_characters_is_refused(name: str) -> None:
    for changed in ({"clinic": name}, {"sender": Sender(name, "handouts@clinic.example")}, {"greeting": name}):
        with pytest.raises(BadMail):
            compose(handout_mail(**changed))


@given(st.text(max_size=90))
def test_no_name_at_all_changes_the_headers(name: str) -> None:
    try:
        message = received(clinic=name)
    except BadMail:
        return
    assert sorted(message.keys()) == sorted(HEADERS)
    assert len(message["From"].addresses) == len(message["To"].addresses) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "javascript:alert(1)"},
        {"url": "https://handouts.example/p/1#x\r\nBcc: y"},
        {"url": "https://handouts.example/p/1 2"},
        {"message_id": "<a@b.example>\r\nBcc: eve@post.example"},
        {"message_id": "no brackets"},
        {"colour": "red;background:url(x)"},
        {"phone": "1\r\n2"},
        {"code": "\u202e"},
        {"date": datetime(2026, 11, 23)},  # noqa: DTZ001 - without a time zone on purpose
    ],
)
def test_what_cannot_stand_in_a_message_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadMail):
        compose(handout_mail(**changed))


@pytest.mark.parametrize(
    "recipient", ["", "ada@post.example,eve@post.example", "ada@post.example\r\nBcc: eve@x.example"]
)
def test_a_recipient_that_is_not_one_address_is_refused(recipient: str) -> None:
    with pytest.raises(BadAddress):
        compose(handout_mail(recipient=recipient))
