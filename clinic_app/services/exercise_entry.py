"""An exercise's row as the content pack writes it, with its pictures, and back.

The content is plain data, because a draft may lack what the pack needs; `read` turns it into the strict value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clinic_app.dosage.codec import from_data, to_data
from clinic_app.models import Exercise, Illustration
from clinic_app.starter import schema

# What has a column (or a table) of its own; the rest is kept in `Exercise.details`.
COLUMNS = frozenset({"slug", "name", "state", "kind", "starting_position", "body_part", "dosage", "pictures"})
PICTURE = ("letter", "caption", "alt", "scene", "photo", "photo_type", "photo_side")

Content = dict[str, Any]


def content_of(exercise: Exercise) -> Content:
    """The row's columns as content; each picture also has `scene`, `photo`, `photo_type` and `photo_side`."""
    content: Content = {
        **exercise.details,
        "slug": exercise.slug,
        "name": exercise.name,
        "state": str(exercise.state),
        "kind": str(exercise.kind),
        "starting_position": str(exercise.starting_position),
        "dosage": to_data(exercise.usual),
        "pictures": [{name: getattr(each, name) for name in PICTURE} for each in exercise.illustrations],
    }
    if exercise.part:
        content["body_part"] = str(exercise.part)
    return content


def content_from(entry: schema.Exercise, pictures: Sequence[Mapping[str, Any]]) -> Content:
    """A pack's entry as content. `pictures` hold a scene or a photo for each letter; the words come from the entry."""
    content: Content = json.loads(entry.model_dump_json(exclude_none=True, exclude={"dosage", "pictures"}))
    shown = {each["letter"]: each for each in pictures}
    return content | {
        "dosage": to_data(entry.dosage),
        "pictures": [
            _picture({**shown.get(each.letter, {}), "letter": each.letter, "caption": each.caption, "alt": each.alt})
            for each in entry.pictures
        ],
    }


def read(content: Mapping[str, Any]) -> schema.Exercise:
    """The content as the pack's strict value.

    Raises:
        pydantic.ValidationError: if something is missing or wrong, as it may be in a draft.
    """
    pictures = [
        {
            "letter": each["letter"],
            "pose": f"{content['slug']}-{each['letter'].lower()}",
            "caption": each["caption"],
            "alt": each["alt"],
        }
        for each in content["pictures"]
    ]
    return schema.Exercise.model_validate_json(json.dumps({**content, "pictures": pictures}))


def write(exercise: Exercise, content: Mapping[str, Any]) -> None:
    """Put the content into the row's columns and its pictures. A picture keeps its row, so that its letter is free."""
    exercise.slug = content["slug"]
    exercise.name = content["name"]
    exercise.state = content["state"]
    exercise.kind = content["kind"]
    exercise.starting_position = content["starting_position"]
    exercise.part = content.get("body_part") or ""
    exercise.usual = from_data(content["dosage"])
    exercise.details = {key: value for key, value in content.items() if key not in COLUMNS}
    exercise.review_due = date.fromisoformat(content["review"]["due"])
    rows = {each.letter: each for each in exercise.illustrations}
    kept = []
    for picture in content["pictures"]:
        row = rows.get(picture["letter"]) or Illustration(clinic_id=exercise.clinic_id)
        for name, value in _picture(picture).items():
            setattr(row, name, value)
        kept.append(row)
    exercise.illustrations = kept


def is_shown(picture: Mapping[str, Any]) -> bool:
    """Whether there is anything to see: a drawing or a photo."""
    return bool(picture.get("photo") or picture.get("scene"))


def _picture(picture: Mapping[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {"caption": "", "alt": "", "scene": None, "photo": None, "photo_type": "", "photo_side": ""}
    return {name: picture.get(name, blank.get(name)) for name in PICTURE}
