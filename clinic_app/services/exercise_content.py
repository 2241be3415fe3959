"""One exercise as a handout says it: the right steps, pictures and words for the prescribed side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic_app.dosage import BodyPart, Dosage, Side
from clinic_app.dosage.sentence import sentence
from clinic_app.errors import Gap, NotReady
from clinic_app.illustration.looks import Look
from clinic_app.illustration.scene import read_scene
from clinic_app.illustration.side import SideShown, draw_frames
from clinic_app.rendering import content
from clinic_app.rendering.job import File
from clinic_app.starter import schema
from clinic_app.storage import sha256

SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo and the side of the body that it shows: "left", "right" or "". It is never mirrored."""

    file: File
    side: str


Source = Mapping[str, Any] | Photo  # a scene to draw, or a photo


def exercise_content(
    entry: schema.Exercise,
    sources: Sequence[Source | None],
    dosage: Dosage,
    look: Look,
    *,
    version: int = 1,
    group: str = "",
    note: str = "",
    language: str = "en",
) -> tuple[content.Exercise, dict[str, File]]:
    """The exercise and the files of its pictures by SHA-256. `sources` stand in the order of `entry.pictures`.

    `look`: who the figure of a drawing is.

    Raises:
        NotReady: if a picture is neither drawn nor taken yet.
    """
    body_part = entry.body_part or BodyPart.SIDE
    wanted = dosage.side or Side.NONE
    if len(sources) != len(entry.pictures) or not all(sources):
        raise NotReady((Gap(f"{entry.name} has a picture that is not drawn yet."),))
    files: dict[str, File] = {}
    pictures = []
    drawn = shown(entry.slug, sources, wanted, look, holds=dosage.hold is not None)
    for picture, (file, side) in zip(entry.pictures, drawn, strict=True):
        name = sha256(file.data)
        files[name] = file
        pictures.append(
            content.Picture(
                letter=picture.letter,
                file=name,
                alt=picture.alt,
                caption=picture.caption,
                side_shown=side if entry.has_sides else "",
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


def shown(
    slug: str, sources: Sequence[Source | None], wanted: Side, look: Look, *, holds: bool = False
) -> list[tuple[File, SideShown]]:
    """The file of each picture that there is, and the side it shows, in order.

    All drawings are drawn together, from one viewpoint. `slug` names the exercise if a scene is broken; `holds` puts
    the clock into the picture where one holds.
    """
    there = [source for source in sources if source]
    scenes = [read_scene(dict(source), slug) for source in there if not isinstance(source, Photo)]
    frames = iter(draw_frames(scenes, wanted, look, holds=holds))
    found: list[tuple[File, SideShown]] = []
    for source in there:
        if isinstance(source, Photo):
            side: SideShown = "left" if source.side == "left" else "right" if source.side == "right" else ""
            found.append((source.file, side))
        else:
            frame = next(frames)
            found.append((File(frame.svg.encode("utf-8"), SVG), frame.side_shown))
    return found
