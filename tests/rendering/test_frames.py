"""Frames come back as they were sent, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.rendering import frames
from clinic_app.rendering.frames import HEADER_BYTES, Garbage, Header, Kind, pack, unpack_header, unpack_parts


@given(st.sampled_from(Kind), st.integers(0, 2**32 - 1), st.lists(st.binary(max_size=40), max_size=5))
def test_what_is_packed_comes_back(kind: Kind, number: int, parts: list[bytes]) -> None:
    data = pack(kind, number, parts, memory_kib=7)
    head, body = data[:HEADER_BYTES], data[HEADER_BYTES:]
    assert unpack_header(head) == Header(kind, number, 7, len(body))
    assert unpack_parts(body) == tuple(parts)


@given(st.binary(min_size=HEADER_BYTES, max_size=HEADER_BYTES))
def test_other_bytes_are_garbage(data: bytes) -> None:
    with pytest.raises(Garbage):
        unpack_header(data)


@pytest.mark.parametrize(("place", "value"), [(0, 0), (3, 50), (4, 0), (4, 99)])
def test_a_wrong_mark_or_kind_is_garbage(place: int, value: int) -> None:
    head = bytearray(pack(Kind.DONE, 1, (b"abc",))[:HEADER_BYTES])
    head[place] = value
    with pytest.raises(Garbage):
        unpack_header(bytes(head))


def test_an_absurd_length_is_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "FRAME_BYTES", 6)
    with pytest.raises(Garbage):
        unpack_header(pack(Kind.DONE, 1, (b"abc",))[:HEADER_BYTES])


@pytest.mark.parametrize("cut", [1, 4, 6])
def test_a_body_that_was_cut_is_garbage(cut: int) -> None:
    body = pack(Kind.DONE, 1, (b"abc",))[HEADER_BYTES:]
    with pytest.raises(Garbage):
        unpack_parts(body[:-cut])
