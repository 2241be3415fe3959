from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from clinic_app.cli.catalogue import PACK, loaded
from clinic_app.dosage import Side
from clinic_app.illustration import LOOKS, Look, Scene, draw_for_side, draw_frames, read_scene, side_shown
from clinic_app.illustration.grey import in_grey
from clinic_app.illustration.people import look_for
from clinic_app.rendering.sheet_cards import SheetCard, SheetFrame
from clinic_app.starter import schema
from clinic_app.starter.lists import State
from clinic_app.starter.pack import SHIPPED

APPROVED = Path("tests", "illustration", "approved")
MIXED = "mixed"

group = AppGroup("illustration", help="Pictures of exercises, drawn from poses.")
GREY = click.option("--grey", is_flag=True, help="As a copier without colour gives it back.")
FOLDER = click.option(
    "--approved",
    type=click.Path(path_type=Path, file_okay=False),
    default=APPROVED,
    help="The folder of the approved pictures.",
)


@group.command("draw")
@click.argument("pose", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="An SVG, PNG or PDF file.")
@click.option("--look", type=click.Choice(sorted(LOOKS)), default="a", help="Who the figure is.")
@click.option("--side", type=click.Choice([Side.LEFT.value, Side.RIGHT.value]), help="The side that does the exercise.")
@GREY
def draw_pose(pose: Path, out: Path, look: str, side: str | None, *, grey: bool) -> None:
    """Draw the picture of the pose file POSE."""
    from clinic_app.rendering import picture_files  # noqa: PLC0415 - WeasyPrint is slow to load, the service starts fast

    if out.suffix.lower() not in {".svg", ".png", ".pdf"}:
        raise click.ClickException(f"{out.name} must end with .svg, .png or .pdf.")
    scene = _scene(pose)
    if side and not side_shown(scene):
        raise click.ClickException(f"{pose.name}: acting_side is none, so there is no {side} side to draw.")
    svg = draw_for_side(scene, Side(side) if side else None, look).svg
    svg = in_grey(svg) if grey else svg
    match out.suffix.lower():
        case ".png":
            data = picture_files.as_png(svg)
        case ".pdf":
            data = picture_files.as_pdf([svg])
        case _:
            data = svg.encode()
    _write(out, data)
    shown = side_shown(scene)
    click.echo(f"{out}: {side or shown} side shown" if shown else f"{out}")


@group.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option(
    "--look",
    type=click.Choice([*sorted(LOOKS), MIXED]),
    default=MIXED,
    help="One for all, or for each exercise the person it shows.",
)
@GREY
@PACK
def sheet(out: Path, look: str, pack: Path | None, *, grey: bool) -> None:
    """Print the contact sheet: every exercise with all its pictures, their captions and their words."""
    from clinic_app.rendering import picture_sheet  # noqa: PLC0415 - as above

    exercises = loaded(pack).exercises
    cards = [
        _card(entry, look_for(entry.slug) if look == MIXED else LOOKS[look], pack or SHIPPED, grey=grey)
        for entry in exercises
    ]
    _write(out, picture_sheet.sheet_pdf("Pictures of the catalogue", cards))
    drawn = sum(bool(frame.svg) for card in cards for frame in card.frames)
    click.echo(f"{out}: {drawn} pictures of {len(cards)} exercises")


@group.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The HTML page to write.")
@FOLDER
@PACK
def compare(out: Path, approved: Path, pack: Path | None) -> None:
    """Show the approved and the present pictures side by side where they differ."""
    from clinic_app.rendering import picture_difference  # noqa: PLC0415 - as above

    present = present_pictures(pack)
    found = picture_difference.differences(approved_pictures(approved), present)
    _write(out, picture_difference.page(found, len(present)).encode())
    for each in found:
        click.echo(f"{each}.")
    click.echo(f"{out}: {len(found)} of {len(present)} pictures differ")


@group.command()
@FOLDER
@PACK
def approve(approved: Path, pack: Path | None) -> None:
    """Keep the present pictures as the approved ones, after somebody has looked at each of them."""
    present, before = present_pictures(pack), approved_pictures(approved)
    approved.mkdir(parents=True, exist_ok=True)
    for name in before.keys() - present.keys():
        (approved / f"{name}.svg").unlink()
    for name, svg in present.items():
        _write(approved / f"{name}.svg", svg.encode())
    changed = sum(before.get(name) != svg for name, svg in present.items())
    click.echo(f"{approved}: {len(present)} pictures, {changed} of them new or changed")


def present_pictures(pack: Path | None) -> dict[str, str]:
    """Every picture of a pack as it is drawn now for a handout, by the name of its pose."""
    folder = pack or SHIPPED
    found: dict[str, str] = {}
    for entry in loaded(pack).exercises:
        drawn = zip(entry.pictures, _drawn(entry, folder, LOOKS["a"]), strict=True)
        found |= {picture.pose: svg for picture, svg in drawn if svg}
    return found


def approved_pictures(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.svg"))}


def _card(entry: schema.Exercise, look: Look, folder: Path, *, grey: bool) -> SheetCard:
    frames = (
        SheetFrame(picture.letter, picture.caption, picture.alt, in_grey(svg) if grey else svg)
        for picture, svg in zip(entry.pictures, _drawn(entry, folder, look), strict=True)
    )
    return SheetCard(
        name=entry.name,
        remark="" if entry.state is State.PUBLISHED else f"{entry.state}, {entry.state_reason}",
        frames=tuple(frames),
    )


def _drawn(entry: schema.Exercise, folder: Path, look: Look) -> list[str]:
    """The pictures of an exercise, drawn together as for its usual dose; "" where there is no pose yet."""
    paths = [folder / "poses" / f"{picture.pose}.json" for picture in entry.pictures]
    scenes = [_scene(path) for path in paths if path.is_file()]
    try:
        frames = iter(draw_frames(scenes, None, look, holds=bool(entry.dosage.hold)))
    except ValueError as error:
        raise click.ClickException(f"{entry.slug}: {error}") from None
    return [next(frames).svg if path.is_file() else "" for path in paths]


def _scene(path: Path) -> Scene:
    try:
        return read_scene(json.loads(path.read_text("utf-8")), path.name)
    except FileNotFoundError:
        raise click.ClickException(f"There is no file {path}.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise click.ClickException(f"{path.name} is not JSON.") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
