"""One address, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.emails.recipient import LONGEST, BadAddress, one_address

CYRILLIC_A = "а"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@post.example", "ada@post.example"),
        (" Ada.B+x@Post.Example ", "Ada.B+x@post.example"),
        ("zoë@post.example", "zoë@post.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'neill@post.example", "o'neill@post.example"),
        # A whole domain in other letters is shown as what it is.
        ("ada@" + "почта.example", "ada@xn--80a1acny.example"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert one_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "a@b",
        "ada@localhost",
        "ada@post.example,eve@post.example",
        "ada@post.example, eve@post.example",
        "ada@post.example;eve@post.example",
        "ada@post.example eve@post.example",
        "Ada <ada@post.example>",
        "<ada@post.example>",
        '"ada,eve"@post.example',
        '"ada@eve.example"@post.example',
        "ada@post.example\r\nBcc: eve@post.example",
        "ada@post.example\nBcc: eve@post.example",
        "ada\r\n@post.example",
        "ada%0d%0aBcc:eve@post.example@post.example",
        "=?utf-8?q?ada=0d=0aBcc:_x?= <ada@post.example>",
        "ada@post.example\x00",
        "ada\u202e@post.example",
        "ada@[127.0.0.1]",
        "ada@post..example",
        "ada@-post.example",
        "a" * 65 + "@post.example",
        "ada@" + "post." * 60 + "example",
        "ada@p" + CYRILLIC_A + "ypal.example",
        "pa" + CYRILLIC_A + "l@post.example",
    ],
)
def test_no_address(text: str) -> None:
    with pytest.raises(BadAddress) as caught:
        one_address(text)
    assert "ada" not in str(caught.value)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_one_address_or_none(text: str) -> None:
    try:
        address = one_address(text)
    except BadAddress:
        return
    assert len(address) <= LONGEST
    assert address.count("@") == 1
    assert not any(each in address for each in ' ,;<>"\r\n\0()[]:\\')
    assert one_address(address) == address
