"""The clinic's catalogue: loading a content pack into it, and reading entries back in the pack's own shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Clinic, Exercise, PatientText, Protocol, ProtocolExercise, SafetyAdvice
from clinic_app.services import search_index
from clinic_app.services.exercise_entry import content_from, content_of, read, write
from clinic_app.starter import schema
from clinic_app.starter.pack import SHIPPED, Pack


def load(clinic: Clinic, pack: Pack, folder: Path = SHIPPED) -> int:
    """Put the pack's exercises, protocols and safety advice into an empty catalogue; returns how many exercises."""
    rows = {entry.slug: _exercise(clinic, pack, entry, folder) for entry in pack.exercises}
    db.session.add_all(rows.values())
    db.session.flush()
    db.session.add_all(_protocol(clinic, pack, protocol, rows) for protocol in pack.protocols)
    db.session.add_all(_safety(clinic, text) for text in pack.safety)
    db.session.add_all(_text(clinic, text) for text in pack.texts)
    db.session.add(_text(clinic, pack.soreness))
    search_index.index_all(clinic.id)
    return len(rows)


def poses(entry: schema.Exercise, folder: Path = SHIPPED) -> list[dict[str, Any] | None]:
    """The scenes of the entry's pictures, in their order, from the pack in `folder`; None where none is drawn yet."""
    paths = [folder / "poses" / f"{each.pose}.json" for each in entry.pictures]
    return [json.loads(path.read_text("utf-8")) if path.is_file() else None for path in paths]


def entry_of(exercise: Exercise) -> schema.Exercise:
    """The catalogue row as the content pack writes it.

    Raises:
        pydantic.ValidationError: if it is an unfinished draft.
    """
    return read(content_of(exercise))


def exercises(clinic_id: int) -> list[Exercise]:
    query = select(Exercise).where(Exercise.clinic_id == clinic_id).order_by(Exercise.name)
    return list(db.session.scalars(query))


def _exercise(clinic: Clinic, pack: Pack, entry: schema.Exercise, folder: Path) -> Exercise:
    exercise = Exercise(clinic_id=clinic.id, language=pack.about.language)
    scenes = zip(entry.pictures, poses(entry, folder), strict=True)
    write(exercise, content_from(entry, [{"letter": picture.letter, "scene": scene} for picture, scene in scenes]))
    return exercise


def _protocol(clinic: Clinic, pack: Pack, protocol: schema.Protocol, rows: dict[str, Exercise]) -> Protocol:
    members = [(group, slug) for group in protocol.groups for slug in group.exercises]
    return Protocol(
        clinic_id=clinic.id,
        slug=protocol.slug,
        name=protocol.name,
        patient_title=protocol.name,
        state=protocol.state,
        safety=protocol.safety,
        why=protocol.why,
        review_weeks=protocol.review_weeks,
        not_better_weeks=protocol.not_better_weeks,
        is_protected=True,
        exercises=[
            ProtocolExercise(exercise=rows[slug], position=number, group=group.patient_name, dosage=rows[slug].usual)
            for number, (group, slug) in enumerate(members, 1)
        ],
    )


def _safety(clinic: Clinic, text: schema.SafetyText) -> SafetyAdvice:
    return SafetyAdvice(
        clinic_id=clinic.id,
        slug=text.slug,
        version=text.version,
        name=text.slug,
        language=clinic.language,
        state=text.review.status,
        content=json.loads(text.model_dump_json(exclude_none=True)),
    )


def _text(clinic: Clinic, text: schema.Text | schema.SorenessGuide) -> PatientText:
    return PatientText(
        clinic_id=clinic.id,
        slug=text.slug,
        language=clinic.language,
        state=text.review.status,
        content=json.loads(text.model_dump_json(exclude_none=True)),
    )
