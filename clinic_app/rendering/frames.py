"""The frames that a pool and its render processes speak: a short head, then parts of bytes. Nothing is unpickled."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

FRAME_BYTES = 256 << 20  # no honest job or answer comes near; a longer length is garbage
ISOLATED, CONNECTED = b"isolated", b"connected"
LOG_MARK = "render-worker: "  # the pool reads standard error, and passes on only lines with this mark
LOG_CHARACTERS = 200

_MAGIC = b"CHR1"
_HEADER = struct.Struct(
    ">4sBIII"
)  # magic, kind, number of the request, memory of the worker in KiB, length of the body
_LENGTH = struct.Struct(">I")
HEADER_BYTES = _HEADER.size


class Kind(IntEnum):
    """What a frame is, and its parts: READY isolated or connected. RENDER the encoded job. PICTURES pdf, dpi, first
    page, last page. DONE pdf and number of pages, or one PNG each. REFUSED one reason each. FAILED what went wrong."""

    READY = 1
    RENDER = 2
    PICTURES = 3
    DONE = 4
    REFUSED = 5
    FAILED = 6


class Garbage(Exception):
    """The bytes on the channel are not a frame of ours."""


@dataclass(frozen=True, slots=True)
class Header:
    kind: Kind
    number: int
    memory_kib: int  # that the worker occupies
    length: int


def pack(kind: Kind, number: int, parts: Sequence[bytes], memory_kib: int = 0) -> bytes:
    body = b"".join(piece for part in parts for piece in (_LENGTH.pack(len(part)), part))
    return _HEADER.pack(_MAGIC, kind, number, memory_kib, len(body)) + body


def unpack_header(data: bytes) -> Header:
    """Raises Garbage when `data` (HEADER_BYTES long) is not the head of a frame."""
    magic, kind, number, memory, length = _HEADER.unpack(data)
    if magic != _MAGIC or kind not in set(Kind) or length > FRAME_BYTES:
        raise Garbage
    return Header(Kind(kind), number, memory, length)


def unpack_parts(body: bytes) -> tuple[bytes, ...]:
    """Raises Garbage when the lengths inside `body` do not add up."""
    parts, at = [], 0
    while at < len(body):
        start = at + _LENGTH.size
        if start > len(body):
            raise Garbage
        (length,) = _LENGTH.unpack_from(body, at)
        at = start + length
        if at > len(body):
            raise Garbage
        parts.append(body[start:at])
    return tuple(parts)
