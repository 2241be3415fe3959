"""Objects are found by what they hold, damage is noticed and mended, and a name cannot lead out of the folder."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE
from threading import Barrier, Thread

import pytest

from clinic_app.storage import DamagedObject, Storage, sha256


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def storage(folder: Path) -> Storage:
    return Storage(folder)


def on_disk(folder: Path, name: str) -> Path:
    return folder / "objects" / name[:2] / name


def test_an_object_is_found_by_its_content(storage: Storage) -> None:
    name = storage.put(b"some bytes")
    assert name == sha256(b"some bytes")
    assert storage.get(name) == b"some bytes"
    assert storage.put(b"other bytes") != name
    assert storage.put(b"") == sha256(b"")
    assert storage.get(sha256(b"")) == b""


def test_the_same_bytes_are_kept_once(storage: Storage, folder: Path) -> None:
    for _ in range(3):
        storage.put(b"some bytes")
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_another_process_finds_it(storage: Storage, folder: Path) -> None:
    assert Storage(folder).get(storage.put(b"some bytes")) == b"some bytes"


def test_damage_is_told_and_not_handed_out(storage: Storage, folder: Path) -> None:
    name = storage.put(b"some bytes")
    on_disk(folder, name).write_bytes(b"some bYtes")
    with pytest.raises(DamagedObject, match=name[:12]):
        storage.get(name)


@pytest.mark.parametrize("damage", [b"", b"some byte", b"some bytes and more"])
def test_storing_again_mends_damage(storage: Storage, folder: Path, damage: bytes) -> None:
    name = storage.put(b"some bytes")
    on_disk(folder, name).write_bytes(damage)
    assert storage.put(b"some bytes") == name
    assert storage.get(name) == b"some bytes"


def test_a_missing_object_is_not_found(storage: Storage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.get(sha256(b"never stored"))


@pytest.mark.parametrize(
    "name",
    ["", "abc", "../../keys/session", "/etc/passwd", "A" * 64, "g" * 64, f"{'a' * 64}\n", f"{'a' * 63}/", "a" * 65],
)
def test_a_name_that_is_no_digest_is_refused(storage: Storage, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.get(name)
    for ask in (storage.cached, lambda key: storage.remember(key, "text")):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_what_was_made_is_remembered_under_its_key(storage: Storage) -> None:
    key = sha256(b"what it was made from")
    assert storage.cached(key) is None
    storage.remember(key, "first")
    storage.remember(key, "second")
    assert storage.cached(key) == "first"


def test_a_key_and_an_object_of_one_name_are_two_things(storage: Storage) -> None:
    name = storage.put(b"some bytes")
    assert storage.cached(name) is None
    storage.remember(name, "a note")
    assert storage.get(name) == b"some bytes"


def test_the_folder_is_its_owners_alone(storage: Storage, folder: Path) -> None:
    assert S_IMODE(folder.stat().st_mode) == 0o700


def test_many_writers_of_one_object_agree(folder: Path) -> None:
    data = bytes(range(256)) * 4000
    gate = Barrier(4)
    names: list[str] = []

    def write() -> None:
        storage = Storage(folder)
        gate.wait()
        names.append(storage.put(data))
        assert storage.get(names[-1]) == data

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == [sha256(data)] * 4
    assert Storage(folder).get(names[0]) == data
