"""A scene becomes a complete SVG document: lean, deterministic, without text, script, styles or ids."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from clinic_app.illustration.badges import draw_clock, draw_letter
from clinic_app.illustration.figure import draw_body, draw_near_arm
from clinic_app.illustration.front_figure import draw_front_arms, draw_front_body
from clinic_app.illustration.front_posture import FrontPosture
from clinic_app.illustration.front_regions import front_region
from clinic_app.illustration.furniture import draw_before, draw_behind, is_held
from clinic_app.illustration.looks import Look, the_look
from clinic_app.illustration.marks import draw_arrow, draw_feel
from clinic_app.illustration.nodes import ROOT
from clinic_app.illustration.path import number
from clinic_app.illustration.props import top_of
from clinic_app.illustration.regions import region
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.shown_side import side_shown
from clinic_app.illustration.under_back import draw_back_over_hand
from clinic_app.illustration.views import points, solve_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.scene import Frame
    from clinic_app.illustration.views import AnyPosture


class Part(NamedTuple):
    """One node of a picture; `mark` tells the marks from the figure and its things."""

    node: str
    mark: Literal["", "feel", "arrow", "hold"] = ""


def draw(scene: Scene, look: Look | str = "a", *, mirrored: bool = False) -> str:
    """The picture as an SVG document (text). Whoever shows it adds the role and the alternative text.

    `look` is a look or a key of `looks.LOOKS`. `mirrored` swaps left and right of everything: the other side is drawn.
    To show the side a patient was prescribed, use `side.draw_frames` and never this argument.

    Raises:
        KeyError: there is no such look.
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    posture = solve_view(scene)
    nodes = "".join(part.node for part in draw_parts(scene, posture, the_look(look)))
    return document(scene.frame, nodes, mirrored=mirrored, upright=upright_marks(scene, posture, mirrored=mirrored))


def draw_parts(scene: Scene, posture: AnyPosture, look: Look) -> list[Part]:
    """The nodes in their order. The posture need not be the scene's own: a moving picture has postures in between."""
    nodes = [Part(node) for node in draw_behind(scene.frame, scene.props)]
    held = [prop for prop in scene.props if is_held(prop)]
    nodes += _figure(scene, posture, look, draw_before(scene.frame, held, points(posture)))
    others = [prop for prop in scene.props if prop not in held]
    nodes += [Part(node) for node in draw_before(scene.frame, others, points(posture))]
    if scene.marks.arrow:
        twin = [across_the_middle(scene, at) for at in scene.marks.arrow] if scene.marks.pair else None
        nodes.append(Part(draw_arrow(scene.marks.arrow, twin), "arrow"))
    if scene.marks.hold:
        nodes += [Part(node, "hold") for node in draw_clock(scene, posture)]
    return nodes


def upright_marks(scene: Scene, posture: AnyPosture, *, mirrored: bool) -> str:
    """The letter of the side that is shown, for `document`: its place is mirrored, it is not."""
    if not scene.marks.label:
        return ""
    return "".join(draw_letter(scene, posture, side_shown(scene, mirrored=mirrored), mirrored=mirrored))


def document(frame: Frame, nodes: str, *, mirrored: bool = False, upright: str = "") -> str:
    """The SVG document that shows `nodes` in a frame, as they stand or mirrored about the frame's middle.

    `upright` are nodes that are never mirrored, such as letters.
    """
    if mirrored:
        nodes = f'<g transform="translate({number(2 * frame.x + frame.width)} 0) scale(-1 1)">{nodes}</g>'
    view = " ".join(number(value) for value in (frame.x, frame.y, frame.width, frame.height))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{ROOT}>{nodes}{upright}</svg>\n'


def _figure(scene: Scene, posture: AnyPosture, look: Look, in_hand: Sequence[str]) -> list[Part]:
    """The body with the patch where the exercise is felt, and what the hands hold, under its nearest arms."""
    feel = scene.marks.feel
    held = {str(limb): hand for limb, hand in scene.hands.items()}
    if isinstance(posture, FrontPosture):
        patch = _patches(scene, *front_region(posture, feel.on)) if feel else []
        body, arms = draw_front_body(posture, look, held), draw_front_arms(posture, look, held)
    else:
        limb: Limb = "far" if scene.acting_side == "far" else "near"
        patch = [Part(draw_feel(*region(posture, feel.on, limb), feel), "feel")] if feel else []
        body, arms = draw_body(posture, look, held, _seat(scene), shoes=scene.shoes), draw_near_arm(posture, look, held)
        if scene.facing == "up" and "near_hand" in _under_the_back(scene):
            arms += draw_back_over_hand(posture, look)
    return [*map(Part, body), *patch, *map(Part, in_hand), *map(Part, arms)]


def _seat(scene: Scene) -> float:
    """How high the thing is that the hips rest on; 0 on the mat, or when they rest on nothing."""
    hips = [contact.on for part, contact in scene.contacts.items() if part == "hips"]
    return (top_of(scene.props, hips[0]) or 0.0) if hips else 0.0


def _patches(scene: Scene, middle: Point, angle: float) -> list[Part]:
    feel = scene.marks.feel
    if feel is None:
        return []
    patches = [draw_feel(middle, angle, feel)]
    if scene.marks.pair:
        patches.append(draw_feel(across_the_middle(scene, middle), -angle, feel))
    return [Part(patch, "feel") for patch in patches]


def across_the_middle(scene: Scene, at: Point) -> Point:
    """The mirror image of a point about the figure's middle: the line through its hips, upright or lying."""
    if abs(math.sin(math.radians(scene.pelvis.angle))) > 0.7:
        return (2 * scene.pelvis.x - at[0], at[1])
    return (at[0], -2 * (scene.pelvis.height or 0.0) - at[1])


def _under_the_back(scene: Scene) -> set[str]:
    return {part for part, contact in scene.contacts.items() if contact.on == "low_back"}
