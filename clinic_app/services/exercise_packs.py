"""Reading the exercises of a content pack, from a folder or a zip: texts, drawings and photos, each file by itself.

    exercises/<slug>.toml      one exercise, as in the pack that ships
    poses/<slug>-<a>.json      the scene of its picture A, B, C or D
    photos/<slug>-<a>.jpg      or a photo (PNG, JPEG, WebP, HEIC); <slug>-<a>.left.jpg shows the left side

Whatever else a pack holds is not read. A zip is never unpacked onto the disk.
"""

from __future__ import annotations

import io
import json
import stat
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from clinic_app.errors import BrokenContent, NotAllowed
from clinic_app.illustration.scene import read_scene
from clinic_app.services.exercise_columns import Fault
from clinic_app.starter.pack import LARGEST_FILE

MOST_EXERCISES = 20_000
MOST_FILES = 5 * MOST_EXERCISES
LARGEST_PACK = 256 * 1024 * 1024  # bytes, unpacked
LARGEST_PHOTO = 20 * 1024 * 1024
MOST_TIMES_SMALLER = 200  # text packs to a tenth; what packs to a two-hundredth is made to fill a memory
PHOTOS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".heic", ".heif"})
SUFFIXES = {"exercises": frozenset({".toml"}), "poses": frozenset({".json"}), "photos": PHOTOS}
LARGEST = {"exercises": LARGEST_FILE, "poses": LARGEST_FILE, "photos": LARGEST_PHOTO}
SIDES = frozenset({"left", "right"})
PACKED = frozenset({".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz"})

Read = Callable[[], bytes]
# Checks a photo, stores it without its metadata, and answers with its name and its kind ("image/jpeg").
KeepPhoto = Callable[[bytes], tuple[str, str]]


@dataclass(slots=True)
class Files:
    """What stands in a pack: how to read each file, by its folder and its name. `other` is what is not read."""

    by_folder: dict[str, dict[str, Read]] = field(default_factory=lambda: {name: {} for name in SUFFIXES})
    other: list[str] = field(default_factory=list)
    _photos: dict[str, str] = field(default_factory=dict)

    def photo_of(self, pose: str) -> str:
        """The file of the photo with that name, whichever kind and side it is, or ""."""
        return self._photos.get(pose, "")

    def add(self, path: PurePosixPath, read: Read) -> None:
        folder, name = path.parent.name, path.name
        if name.startswith(".") or "__MACOSX" in path.parts:
            return
        if path.suffix.lower() in PACKED:
            raise BrokenContent(f"There is a packed file inside: {path.name}. Unpack it and send what it holds.")
        if folder in SUFFIXES and path.suffix.lower() in SUFFIXES[folder]:
            if name in self.by_folder[folder]:
                raise BrokenContent(f"There are two files {folder}/{name}. Keep one of them.")
            self.by_folder[folder][name] = read
            if folder == "photos" and (other := self._photos.setdefault(name.partition(".")[0], name)) != name:
                raise BrokenContent(f"There are two photos for one picture: {other} and {name}. Keep one of them.")
        else:
            self.other.append(f"{folder}/{name}".lstrip("/"))


@dataclass(slots=True)
class PackEntry:
    """One exercise's file: its `data` as written, and the drawing or photo of each picture by letter."""

    place: str
    data: dict[str, Any]
    pictures: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def zip_files(data: bytes) -> Files:
    """The files of a zip, none of them unpacked yet.

    Raises:
        BrokenContent: if it is no zip, or one that is made to do harm: too large, with ways out of its folder, links,
            packed files inside or a password.
    """
    files = Files()
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise BrokenContent("This zip file is damaged. Make it again.") from error
    members = [member for member in book.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise BrokenContent(f"This zip holds {len(members):,} files, at most {MOST_FILES:,} are read.")
    if sum(member.file_size for member in members) > LARGEST_PACK:
        raise BrokenContent(f"This zip is larger than {LARGEST_PACK // 2**20} MB when it is unpacked. Split it.")
    for member in members:
        _refuse_harm(member)
        files.add(PurePosixPath(member.filename), _zip_reader(book, member))
    return _with_exercises(files)


def folder_files(folder: Path) -> Files:
    """The files of a folder on this machine; links are not followed. Raises as `zip_files` does."""
    files = Files()
    for name in SUFFIXES:
        for path in sorted((folder / name).glob("*")):
            if path.is_file() and not path.is_symlink():
                files.add(PurePosixPath(name, path.name), path.read_bytes)
    return _with_exercises(files)


def entries(files: Files, keep_photo: KeepPhoto) -> Iterator[PackEntry]:
    """Each exercise in the order of the file names."""
    for name in sorted(files.by_folder["exercises"]):
        yield _entry(files, name, keep_photo)


def notes(files: Files) -> list[str]:
    """Sentences about files that no exercise uses."""
    said = []
    used = {PurePosixPath(name).stem for name in files.by_folder["exercises"]}
    loose = [
        f"{folder}/{name}"
        for folder in ("poses", "photos")
        for name in sorted(files.by_folder[folder])
        if name.partition(".")[0].rpartition("-")[0] not in used
    ]
    for paths, sentence in ((loose, "No exercise uses"), (sorted(files.other), "Only exercises are read. Left out:")):
        if paths:
            more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
            said.append(f"{sentence} {', '.join(path[:80] for path in paths[:5])}{more}.")
    return said


def _with_exercises(files: Files) -> Files:
    count = len(files.by_folder["exercises"])
    if not count:
        raise BrokenContent("There is no exercise in here. A content pack has a folder “exercises” with .toml files.")
    if count > MOST_EXERCISES:
        raise BrokenContent(f"This pack has more than {MOST_EXERCISES:,} exercises. Split it.")
    return files


def _refuse_harm(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise BrokenContent(f"The file “{_shown(name)}” leads out of the zip. Nothing of it was read.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BrokenContent(f"“{_shown(name)}” is a link to another place. Nothing of it was read.")
    if member.flag_bits & 1:
        raise BrokenContent("This zip has a password. Send it without one.")
    if member.file_size > 2**20 and member.file_size > MOST_TIMES_SMALLER * max(member.compress_size, 1):
        raise BrokenContent(f"“{_shown(name)}” is packed far too tightly to be a real file. Nothing was read.")


def _shown(name: str) -> str:
    return "".join(each if each.isprintable() else "�" for each in name)[:80]


def _zip_reader(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> Read:
    def read() -> bytes:
        if member.file_size > LARGEST[PurePosixPath(member.filename).parent.name]:
            return b"\0" * (LARGEST_PHOTO + 1)  # refused by its length, without being unpacked
        try:
            return book.read(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
            raise ValueError("is damaged inside the zip") from error

    return read


def _bytes(files: Files, folder: str, name: str) -> bytes:
    """Raises ValueError with the end of a sentence."""
    try:
        data = files.by_folder[folder][name]()
    except OSError as error:
        raise ValueError("cannot be read") from error
    if len(data) > LARGEST[folder]:
        raise ValueError(f"is larger than {LARGEST[folder]:,} bytes")
    return data


def _entry(files: Files, name: str, keep_photo: KeepPhoto) -> PackEntry:
    entry = PackEntry(f"exercises/{name}", {})
    stem = PurePosixPath(name).stem
    try:
        entry.data = _toml(_bytes(files, "exercises", name))
    except ValueError as error:
        entry.faults.append(("", str(error)))
        return entry
    if entry.data.get("slug") != stem:
        entry.faults.append(("slug", f"must be the same as the name of the file, “{stem}”"))
    for number, picture in enumerate(_tables(entry.data.get("pictures")), start=1):
        try:
            found = _picture(files, picture, keep_photo)
        except (ValueError, NotAllowed) as error:
            entry.faults.append((f"pictures.{number}", str(error)))
        else:
            if found:
                entry.pictures.append({"letter": picture.get("letter"), **found})
    return entry


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _toml(raw: bytes) -> dict[str, Any]:
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text") from None
    except RecursionError:
        raise ValueError("the file is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is not TOML: {error}") from None
    plain: dict[str, Any] = json.loads(json.dumps(data, default=_date_as_text))
    return plain


def _date_as_text(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(type(value))


def _picture(files: Files, picture: Mapping[str, Any], keep_photo: KeepPhoto) -> dict[str, Any] | None:
    """The drawing or the photo of a picture; None if the pack has neither, as in a draft."""
    pose = picture.get("pose")
    if f"{pose}.json" in files.by_folder["poses"]:
        try:
            scene = json.loads(_bytes(files, "poses", f"{pose}.json"))
        except (RecursionError, UnicodeDecodeError) as error:
            raise ValueError(f"poses/{pose}.json: this is not JSON") from error
        read_scene(scene, f"poses/{pose}.json")
        return {"scene": scene, "photo": None, "photo_type": "", "photo_side": ""}
    if name := files.photo_of(str(pose)):
        side = PurePosixPath(name).stem.partition(".")[2]
        if side and side not in SIDES:
            raise ValueError(f"photos/{name}: the side is “left” or “right”")
        stored, media_type = keep_photo(_bytes(files, "photos", name))
        return {"scene": None, "photo": stored, "photo_type": media_type, "photo_side": side}
    return None
