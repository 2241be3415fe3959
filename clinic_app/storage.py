"""Files as content-addressed objects: the name of an object is the SHA-256 of its bytes, so writing twice is harmless.

A folder by default; any store that obstore knows works the same way.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore

SHA256 = re.compile(r"[0-9a-f]{64}")


class DamagedObject(Exception):
    """The stored bytes are not the ones that were stored."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Storage:
    """Objects by content (`put`, `get`) and finished PDFs by the key of what they were made from (`cache_*`)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = LocalStore(folder, mkdir=True)

    def put(self, data: bytes) -> str:
        """Store `data` and return its SHA-256."""
        name = sha256(data)
        path = _object_path(name)
        if not self._create(path, data) and bytes(self._store.get(path).bytes()) != data:
            self._store.put(path, data)  # damaged on the disk: mend it
        return name

    def get(self, name: str) -> bytes:
        """The bytes of object `name`.

        Raises:
            FileNotFoundError: if there is no such object.
            DamagedObject: if the bytes on the disk no longer match their name.
        """
        data = bytes(self._store.get(_object_path(name)).bytes())
        if sha256(data) != name:
            raise DamagedObject(f"object {name[:12]} is damaged")
        return data

    def cached(self, key: str) -> str | None:
        """What was remembered under `key`, if anything."""
        try:
            return bytes(self._store.get(_cache_path(key)).bytes()).decode("ascii")
        except FileNotFoundError:
            return None

    def remember(self, key: str, text: str) -> None:
        """Remember `text` under `key`; the first text stays."""
        self._create(_cache_path(key), text.encode("ascii"))

    def _create(self, path: str, data: bytes) -> bool:
        try:
            self._store.put(path, data, mode="create")
        except AlreadyExistsError:
            return False
        return True


def _object_path(name: str) -> str:
    if not SHA256.fullmatch(name):
        raise FileNotFoundError(name)
    return f"objects/{name[:2]}/{name}"


def _cache_path(key: str) -> str:
    if not SHA256.fullmatch(key):
        raise ValueError("a cache key is a SHA-256")
    return f"made/{key[:2]}/{key}"
