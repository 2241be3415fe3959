"""Reading a content pack from its folder: every file strictly, then what the files say about each other.

A folder holds `pack.toml`, `exercises/`, `protocols/`, `safety/`, `texts/`, `poses/`; a file is named after its slug.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from clinic_app.starter import crosscheck
from clinic_app.starter.picture_words import with_words
from clinic_app.starter.problems import broken, first_problem
from clinic_app.starter.schema import Exercise, PackAbout, Protocol, SafetyText, SorenessGuide, Text

SHIPPED = Path(__file__).parent
LARGEST_FILE = 65_536  # bytes; a whole exercise needs about 4 000
_SORENESS = "soreness"
_Model = TypeVar("_Model", bound=BaseModel)
_Named = TypeVar("_Named", Exercise, Protocol, SafetyText, Text)


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack, each kind sorted by slug."""

    about: PackAbout
    exercises: tuple[Exercise, ...]
    protocols: tuple[Protocol, ...]
    safety: tuple[SafetyText, ...]
    texts: tuple[Text, ...]
    soreness: SorenessGuide

    def exercise(self, slug: str) -> Exercise:
        """Raises KeyError if the pack has no such exercise."""
        return _find(self.exercises, slug)

    def protocol(self, slug: str) -> Protocol:
        """Raises KeyError if the pack has no such protocol."""
        return _find(self.protocols, slug)

    def safety_text(self, slug: str) -> SafetyText:
        """Raises KeyError if the pack has no such safety advice."""
        return _find(self.safety, slug)

    def text(self, slug: str) -> Text:
        """Raises KeyError if the pack has no such text."""
        return _find(self.texts, slug)


def load_pack(folder: Path | None = None) -> Pack:
    """Read and check the pack in `folder`, by default the one that ships.

    Raises:
        BrokenContent: for the first thing that is wrong; the sentence names file, field and reason.
    """
    root = SHIPPED if folder is None else folder
    pack = Pack(
        about=_read(root, Path("pack.toml"), PackAbout),
        exercises=tuple(_read_all(root, "exercises", Exercise)),
        protocols=tuple(_read_all(root, "protocols", Protocol)),
        safety=tuple(_read_all(root, "safety", SafetyText)),
        texts=tuple(_read_all(root, "texts", Text, but=_SORENESS)),
        soreness=_read(root, Path("texts", f"{_SORENESS}.toml"), SorenessGuide),
    )
    crosscheck.refuse_broken_links(pack.exercises, pack.protocols, pack.safety, pack.texts)
    crosscheck.refuse_missing_pictures(pack.exercises, root / "poses")
    return pack


def _find(entries: Sequence[_Named], slug: str) -> _Named:
    for entry in entries:
        if entry.slug == slug:
            return entry
    raise KeyError(slug)


def _read_all(root: Path, kind: str, model: type[_Named], but: str = "") -> Iterator[_Named]:
    folder = root / kind
    if not folder.is_dir():
        raise broken(kind, "", "the folder is missing")
    seen: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        name = f"{kind}/{path.name}"
        if path.name.startswith(".") or path.stem == but:
            continue
        if path.suffix != ".toml":
            raise broken(name, "", "only .toml files belong here")
        entry = _read(root, Path(kind, path.name), model)
        if entry.slug in seen:
            raise broken(name, "slug", f'"{entry.slug}" is already used by {seen[entry.slug]}')
        seen[entry.slug] = name
        if entry.slug != path.stem:
            raise broken(name, "slug", f'"{entry.slug}" must be the same as the file name')
        yield entry


def _read(root: Path, relative: Path, model: type[_Model]) -> _Model:
    name = relative.as_posix()
    try:
        raw = (root / relative).read_bytes()
    except FileNotFoundError:
        raise broken(name, "", "the file is missing") from None
    except OSError as error:
        raise broken(name, "", f"the file cannot be read ({error.strerror})") from None
    if len(raw) > LARGEST_FILE:
        raise broken(name, "", f"the file is larger than {LARGEST_FILE} bytes")
    try:
        data = tomllib.loads(raw.decode("utf-8"))
        if model is Exercise:
            data = with_words(data, root / "poses")
    except UnicodeDecodeError:
        raise broken(name, "", "the file is not UTF-8 text") from None
    except RecursionError:
        raise broken(name, "", "this is nested too deeply") from None
    except ValueError as error:  # bad TOML, and a number too long for int()
        raise broken(name, "", f"this is not TOML: {error}") from None
    try:
        # JSON mode is strict about types and still takes lists for tuples and text for codes and dates.
        return model.model_validate_json(json.dumps(data, default=_date_as_text))
    except ValidationError as error:
        raise broken(name, *first_problem(error)) from None


def _date_as_text(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(type(value))
