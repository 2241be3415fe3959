"""How a page names a file: by the SHA-256 of its bytes, in an address that no network has."""

from __future__ import annotations

PREFIX = "asset:"


def address(name: str) -> str:
    return PREFIX + name
