"""One exercise as a handout says it: the right steps, pictures and words for the prescribed side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clinic_app.dosage import BodyPart, Dosage, Side
from clinic_app.dosage.sentence import sentence
from clinic_app.errors import Gap, NotReady
from clinic_app.illustration.scene import read_scene
from clinic_app.illustration.side import draw_frames
from clinic_app.rendering import content
from clinic_app.rendering.job import File
from clinic_app.starter import schema
from clinic_app.storage import sha256

SVG = "image/svg+xml"


def exercise_content(
    entry: schema.Exercise,
    poses: Sequence[Mapping[str, Any] | None],
    dosage: Dosage,
    *,
    version: int = 1,
    group: str = "",
    note: str = "",
    language: str = "en",
) -> tuple[content.Exercise, dict[str, File]]:
    """The exercise and the files of its pictures by SHA-256. `poses` stand in the order of `entry.pictures`.

    Raises:
        NotReady: if a picture is not drawn yet.
    """
    body_part = entry.body_part or BodyPart.SIDE
    wanted = dosage.side or Side.NONE
    scenes = [read_scene(dict(pose), picture.pose) for pose, picture in zip(poses, entry.pictures, strict=True) if pose]
    if len(scenes) != len(entry.pictures):
        raise NotReady((Gap(f"{entry.name} has a picture that is not drawn yet."),))
    files: dict[str, File] = {}
    pictures = []
    for picture, frame in zip(entry.pictures, draw_frames(scenes, wanted), strict=True):
        data = frame.svg.encode("utf-8")
        name = sha256(data)
        files[name] = File(data, SVG)
        pictures.append(
            content.Picture(
                letter=picture.letter,
                file=name,
                alt=picture.alt,
                caption=picture.caption,
                side_shown=frame.side_shown if entry.has_sides else "",
            )
        )
    said = content.Exercise(
        slug=entry.slug,
        version=version,
        name=entry.name,
        group=group,
        dosage=dosage,
        body_part=body_part,
        sentence=sentence(dosage, body_part, language),
        steps=entry.steps_for(wanted),
        feel=entry.feel,
        take_care=entry.take_care,
        easier=entry.easier_tip,
        note=note,
        on_floor=entry.on_floor,
        pictures=tuple(pictures),
    )
    return said, files
