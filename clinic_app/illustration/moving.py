"""The frames of an exercise as one moving picture: an SVG document that plays for ever, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clinic_app.dosage import Side
from clinic_app.illustration.draw import document, draw, upright_marks
from clinic_app.illustration.film import film
from clinic_app.illustration.follow import with_arrows
from clinic_app.illustration.looks import INK, MAT, Look, the_look
from clinic_app.illustration.nodes import Paint, bar
from clinic_app.illustration.path import number
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.side import held, is_mirrored, labelled, side_shown
from clinic_app.illustration.smil import Moment, Round, animate, transformed
from clinic_app.illustration.timeline import Stay, lowers, round_of, seen_at, timeline
from clinic_app.illustration.timing import Timing, timing_of
from clinic_app.illustration.views import solve_view

if TYPE_CHECKING:
    from clinic_app.dosage import Dosage
    from clinic_app.illustration.scene import Frame

CHANGE = 0.3  # seconds in which the picture comes or goes when the side changes


def moving_of(scenes: Sequence[Scene], dosage: Dosage, look: Look | str = "a") -> str:
    """The moving picture of an exercise as it was prescribed: its times and its side."""
    return moving(scenes, timing_of(dosage, lowers=lowers(scenes)), look, dosage.side)


def moving(scenes: Sequence[Scene], timing: Timing, look: Look | str = "a", wanted: Side | None = None) -> str:
    """One SVG document: from the first frame to the others, hold, back, rest, for ever.

    `wanted` is the prescribed side; the frames are mirrored together by the rule of `side`. Where the sides alternate,
    every second round is mirrored. Marks are seen at the frames that have them. One frame alone stands still.

    Raises:
        ValueError: there is no frame, or the frames do not belong together.
        KeyError: there is no such look.
    """
    if not scenes:
        raise ValueError("A moving picture needs a frame.")
    worn = the_look(look)
    mirrored = is_mirrored(scenes, wanted)
    scenes = with_arrows(held(scenes) if timing.hold else scenes)
    stays = timeline(scenes, timing)
    of = round_of(stays)
    if len(scenes) == 1:
        return draw(scenes[0], worn, mirrored=mirrored)
    drawing = film(tuple(labelled(scenes, None)), tuple(stays), of, worn)  # it has no letters
    both = timing.alternates and wanted in (None, Side.ALTERNATE) and any(side_shown(scene) for scene in scenes)
    upright = _letters(scenes, stays, of, mirrored=mirrored, both=both)
    if timing.has_bar:
        upright += _bar(scenes[0].frame, stays, of)
    if both:
        drawing = _alternating(scenes[0].frame, drawing, of)
    return document(scenes[0].frame, drawing, mirrored=mirrored, upright=upright)


def _alternating(frame: Frame, drawing: str, of: Round) -> str:
    """Every second round is the mirror image. While the side changes, nothing is seen, so that nobody jumps round."""
    twice = Round(of.seconds * 2)
    share = CHANGE / of.seconds
    fade = animate("opacity", [(0, "0"), (share, "1"), (1 - share, "1"), (1, "0")], of)
    place = transformed("translate", [(0, "0 0"), (0.5, f"{number(2 * frame.x + frame.width)} 0")], twice, steps=True)
    turn = transformed("scale", [(0, "1 1"), (0.5, "-1 1")], twice, steps=True)
    return f"<g>{place}<g>{turn}<g>{fade}{drawing}</g></g></g>"


def _letters(scenes: Sequence[Scene], stays: Sequence[Stay], of: Round, *, mirrored: bool, both: bool) -> str:
    """The letters of the side that is shown, each with its frame; where the sides alternate, the other one in turn."""
    twice = Round(of.seconds * 2)
    text = ""
    for i, scene in enumerate(scenes):
        for turn, shown in enumerate((mirrored, not mirrored) if both else (mirrored,)):
            nodes = upright_marks(scene, solve_view(scene), mirrored=shown)
            if not nodes:
                continue
            letter = f'<g opacity="0">{seen_at(i, stays, of)}{nodes}</g>'
            if both:
                values: list[Moment] = [(0, str(1 - turn)), (0.5, str(turn))]
                letter = f'<g opacity="{1 - turn}">{animate("opacity", values, twice, steps=True)}{letter}</g>'
            text += letter
    return text


def _bar(frame: Frame, stays: Sequence[Stay], of: Round) -> str:
    """A bar that shrinks while the exercise is held, so that one sees how long it still lasts."""
    x, width = frame.x + 2, frame.width - 4
    y = frame.y + frame.height - 1.9
    seen: list[Moment] = [(0, "0")]
    full = f"{number(width)}"
    left: list[Moment] = [(0, full)]
    for stay in stays:
        if stay.hold:
            start, end = stay.start / of.seconds, stay.end / of.seconds
            seen += [(start, "1"), (end, "0")]
            left += [(start, full), (end, "0"), (end, full)]
    left.append((1, full))
    rest = bar(x, y, width, 1.4, 0.7, Paint(INK)).removesuffix("/>")
    return (
        f'<g opacity="0">{animate("opacity", seen, of, steps=True)}{bar(x, y, width, 1.4, 0.7, Paint(MAT))}'
        f"{rest}>{animate('width', left, of)}</rect></g>"
    )
