"""A scene becomes a complete SVG document: lean, deterministic, without text, script, styles or ids."""

from __future__ import annotations

from clinic_app.illustration.figure import draw_body, draw_near_arm, region
from clinic_app.illustration.front_figure import draw_front_arms, draw_front_body, front_region
from clinic_app.illustration.front_posture import FrontPosture
from clinic_app.illustration.furniture import draw_before, draw_behind
from clinic_app.illustration.looks import Look, the_look
from clinic_app.illustration.marks import draw_arrow, draw_feel
from clinic_app.illustration.nodes import ROOT
from clinic_app.illustration.path import number
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.views import points, solve_view


def draw(scene: Scene, look: Look | str = "a", *, mirrored: bool = False) -> str:
    """The picture as an SVG document (text). Whoever shows it adds the role and the alternative text.

    `look` is a look or a key of `looks.LOOKS`. `mirrored` swaps left and right of everything: the other side is drawn.
    To show the side a patient was prescribed, use `side.draw_frames` and never this argument.

    Raises:
        KeyError: there is no such look.
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    worn = the_look(look)
    nodes = [*draw_behind(scene.frame, scene.props), *_figure(scene, worn)]
    nodes += draw_before(scene.frame, scene.props, points(solve_view(scene)))
    if scene.marks.arrow:
        nodes.append(draw_arrow(scene.marks.arrow))
    frame = scene.frame
    drawing = "".join(nodes)
    if mirrored:
        drawing = f'<g transform="translate({number(2 * frame.x + frame.width)} 0) scale(-1 1)">{drawing}</g>'
    view = " ".join(number(value) for value in (frame.x, frame.y, frame.width, frame.height))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{ROOT}>{drawing}</svg>\n'


def _figure(scene: Scene, look: Look) -> list[str]:
    """The body with the patch where the exercise is felt under its nearest arms."""
    posture = solve_view(scene)
    feel = scene.marks.feel
    held = {str(limb): hand for limb, hand in scene.hands.items()}
    if isinstance(posture, FrontPosture):
        patch = [draw_feel(*front_region(posture, feel.on), feel)] if feel else []
        return [*draw_front_body(posture, look, held), *patch, *draw_front_arms(posture, look, held)]
    patch = [draw_feel(*region(posture, feel.on), feel)] if feel else []
    return [*draw_body(posture, look, held), *patch, *draw_near_arm(posture, look, held)]
