"""A scene becomes a complete SVG document: lean, deterministic, without text, script, styles or ids."""

from __future__ import annotations

from clinic_app.illustration.figure import draw_body, draw_near_arm, region
from clinic_app.illustration.looks import Look, the_look
from clinic_app.illustration.marks import draw_arrow, draw_feel, draw_ground
from clinic_app.illustration.nodes import ROOT
from clinic_app.illustration.path import number
from clinic_app.illustration.posture import solve
from clinic_app.illustration.scene import Scene


def draw(scene: Scene, look: Look | str = "a", *, mirrored: bool = False) -> str:
    """The picture as an SVG document (text). Whoever shows it adds the role and the alternative text.

    `look` is a look or a key of `looks.LOOKS`. `mirrored` swaps left and right of everything: the other side is drawn.
    To show the side a patient was prescribed, use `side.draw_frames` and never this argument.

    Raises:
        KeyError: there is no such look.
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    worn = the_look(look)
    posture = solve(scene)
    nodes = [*draw_ground(scene.frame, scene.props), *draw_body(posture, worn, scene.hands)]
    if scene.marks.feel:
        nodes.append(draw_feel(*region(posture, scene.marks.feel.on), scene.marks.feel))
    nodes += draw_near_arm(posture, worn, scene.hands)
    if scene.marks.arrow:
        nodes.append(draw_arrow(scene.marks.arrow))
    frame = scene.frame
    drawing = "".join(nodes)
    if mirrored:
        drawing = f'<g transform="translate({number(2 * frame.x + frame.width)} 0) scale(-1 1)">{drawing}</g>'
    view = " ".join(number(value) for value in (frame.x, frame.y, frame.width, frame.height))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{ROOT}>{drawing}</svg>\n'
