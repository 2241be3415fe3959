"""What an import would do: row by row against the catalogue, then the rows against each other.

Plain data in and out, so that the outcome of ten thousand rows can be kept in files and shown again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from clinic_app.illustration.alt_text import described
from clinic_app.services.exercise_columns import READ, Fault, cells, column_of
from clinic_app.services.exercise_entry import Content, content_from
from clinic_app.starter import schema
from clinic_app.starter.authored import latest_due
from clinic_app.starter.lists import ReviewStatus, State
from clinic_app.starter.problems import first_problem

UNFINISHED = "Imported. Not reviewed here yet."
OPTIONAL = ("aliases", "equipment", "easier", "harder", "pictures")  # empty where a table has no such column
MEDIA = ("scene", "photo", "photo_type", "photo_side")
LONGEST_REASON = 300  # characters


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Line:
    """One exercise as it stands in the file. `place` is "row 7" or "exercises/bridge.toml".

    `whole`: what `data` does not say is not there. Else it stays as the catalogue has it, and None empties it.
    """

    place: str
    data: dict[str, Any]
    whole: bool = False
    pictures: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What one line would do. `changes` are column, old and new; `revision` is that of the exercise it changes."""

    place: str
    kind: Kind
    slug: str = ""
    name: str = ""
    names: list[str] = field(default_factory=list)
    easier: list[str] = field(default_factory=list)
    harder: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    revision: int | None = None

    @property
    def is_good(self) -> bool:
        return self.kind != Kind.REFUSED


def slug_of(data: Mapping[str, Any]) -> str:
    """The line's own slug, or one made of its name."""
    given = data.get("slug")
    if isinstance(given, str) and given:
        return given
    name = unicodedata.normalize("NFKD", str(data.get("name", ""))).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", name.lower())).strip("-")[:60].strip("-")


def content_of_line(line: Line, existing: Content | None) -> Content:
    """The whole content of the exercise if the line is taken; what the line does not say stays as it is.

    Raises:
        ValidationError: if the line is no exercise as the content pack demands it.
    """
    slug = slug_of(line.data)
    base = {} if line.whole else pack_shape(existing) if existing else {name: [] for name in OPTIONAL}
    data = {**base, **_without_empty(line.data), "slug": slug}
    for emptied in (key for key, value in line.data.items() if value is None):
        data.pop(emptied, None)
    data["state"], data["state_reason"] = str(State.DRAFT), UNFINISHED
    data["review"] = _review(line.data, existing)
    if _is_list(data.get("pictures")):
        drawn = [*line.pictures, *(existing or {}).get("pictures", ())]
        data["pictures"] = [_with_words(_with_pose(each, slug), drawn) for each in data["pictures"]]
    entry = schema.Exercise.model_validate_json(json.dumps(data))
    shown = {each["letter"]: each for each in (existing or {}).get("pictures", ())}
    shown |= {each["letter"]: each for each in line.pictures}
    return content_from(entry, list(shown.values()))


def pack_shape(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as a file of a pack says it: a picture names its drawing or photo instead of holding it."""
    names = ("letter", "caption", "alt")
    pictures = [_with_pose({name: each[name] for name in names}, content["slug"]) for each in content["pictures"]]
    return {**content, "pictures": pictures}


def check_line(line: Line, existing: Content | None, revision: int | None) -> tuple[Outcome, Content | None]:
    """What the line would do to the exercise of the same slug, or without one; and what that would say then."""
    name = line.data.get("name") or (existing or {}).get("name", "")
    outcome = Outcome(line.place, Kind.REFUSED, slug_of(line.data), str(name)[:80], revision=revision)
    outcome.faults = [_short(fault) for fault in line.faults]
    if not line.data:
        return outcome, None
    try:
        content = content_of_line(line, existing)
    except ValidationError as error:
        told = {column for column, _reason in line.faults}
        outcome.faults += [_short(fault) for fault in _problems(error) if fault[0] not in told]
        return outcome, None
    if outcome.faults:
        return outcome, None
    outcome.names = [content["name"], *content["aliases"]]
    outcome.easier, outcome.harder = ([each["slug"] for each in content[name]] for name in ("easier", "harder"))
    outcome.kind = Kind.NEW
    if existing is not None:
        outcome.changes = list(_changes(existing, content))
        outcome.kind = Kind.CHANGED if outcome.changes else Kind.UNCHANGED
        if outcome.changes and existing["state"] == State.ARCHIVED:
            outcome.kind = Kind.REFUSED
            outcome.faults = [("", "this exercise is archived. Bring it back as a draft first")]
    return outcome, content


def to_data(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    return [asdict(outcome) for outcome in outcomes]


def from_data(data: Iterable[Mapping[str, Any]]) -> Iterator[Outcome]:
    for each in data:
        yield Outcome(**{**each, "kind": Kind(each["kind"])})


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without None, in its tables too: the content pack says nothing where there is nothing."""
    return {
        key: _without_empty(value) if isinstance(value, dict) and key != "dosage" else value
        for key, value in data.items()
        if value is not None
    }


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _with_pose(picture: Mapping[str, Any], slug: str) -> dict[str, Any]:
    return {"pose": f"{slug}-{str(picture.get('letter', '')).lower()}", **picture}


def _with_words(picture: Mapping[str, Any], drawn: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A drawn picture that says nothing gets the words for its pose. `drawn`: the new pictures first."""
    if picture.get("alt"):
        return dict(picture)
    scene = next((each.get("scene") for each in drawn if each["letter"] == picture.get("letter")), None)
    words = described(scene)
    return {**picture, "alt": words} if words else dict(picture)


def _review(data: Mapping[str, Any], existing: Content | None) -> dict[str, Any]:
    """Only the day of the next review is taken: that another clinic has reviewed something is no review here.

    A day that lay within three years of that other review comes sooner, within three years of the writing.
    """
    review = data.get("review")
    due = review.get("due") if isinstance(review, dict) else None
    if existing is not None:
        return dict(existing["review"])
    with suppress(TypeError, ValueError):
        due = min(date.fromisoformat(str(due)), latest_due(date.fromisoformat(str(data.get("written_on"))))).isoformat()
    return {"status": str(ReviewStatus.AWAITING_CLINIC), **({"due": due} if due else {})}


def _changes(existing: Content, content: Content) -> Iterator[tuple[str, str, str]]:
    before, after = cells(existing), cells(content)
    for column in READ:
        if column.name != "review_due" and before[column.name] != after[column.name]:
            yield column.name, before[column.name], after[column.name]
    shown = {each["letter"]: each for each in existing["pictures"]}
    for each in content["pictures"]:
        was = shown.get(each["letter"], {})
        if any(was.get(name) != each.get(name) for name in MEDIA):
            yield f"picture {each['letter']}", _medium(was), _medium(each)


def _medium(picture: Mapping[str, Any]) -> str:
    if picture.get("photo"):
        return f"photo {picture['photo'][:8]}"
    return "drawing" if picture.get("scene") else ""


def _problems(error: ValidationError) -> Iterator[Fault]:
    """Each problem in the words of the content pack, at its column."""
    for each in error.errors(include_url=False):
        single: Any = {"type": each["type"], "loc": each["loc"], "input": None, "ctx": each.get("ctx", {})}
        path, reason = first_problem(ValidationError.from_exception_data("exercise", [single]))
        yield column_of(path), reason


def _short(fault: Sequence[str]) -> Fault:
    column, reason = fault
    return column, reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
