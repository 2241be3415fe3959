"""The head seen from the front, turned, and from behind, with every style of hair."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration.front_faces import BROWS, EARS, EYES, FACE, LINES, MOUTH, NOSE, hair_of
from clinic_app.illustration.geometry import Point, between
from clinic_app.illustration.head import draw_head
from clinic_app.illustration.looks import EYE
from clinic_app.illustration.nodes import Paint, dot, shape
from clinic_app.illustration.path import Pen
from clinic_app.illustration.space import flat

if TYPE_CHECKING:
    from clinic_app.illustration.front_faces import Curve, Turning
    from clinic_app.illustration.front_posture import FrontPosture
    from clinic_app.illustration.looks import Look

_HALF_TURNED: Final = 50.0  # degrees of the curves called "turned"
_PROFILE: Final = 68.0  # from here to 112 degrees the head of the side view is drawn
_LINE: Final = 0.5


class _Head:
    """Where the upright curves of a head come to lie in the picture."""

    def __init__(self, posture: FrontPosture) -> None:
        frame = posture.head_frame
        self.middle = flat(posture.head)
        up = math.hypot(frame.up[0], frame.up[1]) or 1.0
        self.up = (frame.up[0] / up, -frame.up[1] / up)
        across = (-self.up[1], self.up[0])
        aside = frame.front[0] * across[0] - frame.front[1] * across[1]
        self.turn = math.degrees(math.atan2(aside, frame.front[2]))
        """How far the face is turned to the right of its own upright picture, in degrees; 180 = the back."""
        self.flip = -1 if self.turn < 0 else 1
        self.share = min(1.2, abs(self.turn) / _HALF_TURNED)
        self.nod = 3.0 * frame.up[2] if self.seen_from_the_front else 0.0

    @property
    def seen_from_the_front(self) -> bool:
        return abs(self.turn) < 90

    @property
    def in_profile(self) -> bool:
        return _PROFILE <= abs(self.turn) <= 180 - _PROFILE

    def place(self, at: Point) -> Point:
        x, y = at[0] * self.flip, at[1]
        return (
            self.middle[0] - self.up[1] * x - self.up[0] * y,
            self.middle[1] + self.up[0] * x - self.up[1] * y,
        )

    def mixed(self, curve: Turning) -> list[Point]:
        return [between(a, b, self.share) for a, b in zip(curve.ahead, curve.turned, strict=True)]

    def data(self, curve: Curve | list[Point], *, close: bool = False, pen: Pen | None = None, down: float = 0) -> Pen:
        pen = pen or Pen()
        points = [self.place((x, y + down)) for x, y in curve]
        pen.move(points[0])
        for i in range(1, len(points), 3):
            pen.curve(points[i], points[i + 1], points[i + 2])
        return pen.close() if close else pen


def draw_behind_head(posture: FrontPosture, look: Look) -> list[str]:
    """Hair that falls behind the neck: drawn before everything else of the head."""
    head, hair = _Head(posture), hair_of(look.style)
    if hair.fall is None or head.in_profile or not head.seen_from_the_front:
        return []
    return [shape(head.data(head.mixed(hair.fall), close=True).data(), Paint(look.hair.near, look.hair.contour, 0.6))]


def draw_front_head(posture: FrontPosture, look: Look) -> list[str]:
    """Ears, face, hair, features and eyes, about eight nodes."""
    head = _Head(posture)
    if head.in_profile:
        angle = math.degrees(math.atan2(-head.up[1], head.up[0]))
        return draw_head(look, head.middle, angle, head.flip)
    if not head.seen_from_the_front:
        return _back_of_the_head(head, look)
    return _face(head, look)


def _face(head: _Head, look: Look) -> list[str]:
    skin, hair = Paint(look.skin.near, look.skin.contour), hair_of(look.style)
    line = Paint("none", look.skin.contour, _LINE, round_ends=True)
    features = Pen()
    down = head.nod
    for curve in (NOSE, MOUTH, *BROWS, *(LINES if look.age == "older" else ())):
        head.data(head.mixed(curve), pen=features, down=down)
    face = shape(head.data(head.mixed(hair.opening or FACE), close=True).data(), skin)
    cap = shape(head.data(head.mixed(hair.cap), close=True).data(), Paint(look.hair.near, look.hair.contour, 0.6))
    nodes = [
        *((cap, face) if hair.opening else (face, cap)),
        shape(features.data(), line),
        *(dot(head.place((x, y + down)), 0.55, Paint(EYE)) for x, y in (between(*eye, head.share) for eye in EYES)),
    ]
    if not hair.ears:
        return nodes
    ears = [between(*ear, head.share) for ear in EARS]
    turned = max(0.0, min(1.0, head.share * 3 - 0.5))  # the nearer ear grows over the hair as the head turns
    over = shape(_ear(head, ears[1], turned).data(), skin)
    both = _ear(head, ears[1], pen=_ear(head, ears[0]))
    return [shape(both.data(), skin), *nodes, over]


def _ear(head: _Head, at: Point, size: float = 1.0, pen: Pen | None = None) -> Pen:
    x, y = at
    high, wide = 1.7 * size, 1.2 * size
    curve = [(x, y - high), (x + wide, y - high), (x + wide, y + high), (x, y + high)]
    curve += [(x - wide, y + high), (x - wide, y - high), (x, y - high)]
    return head.data(curve, close=True, pen=pen)


def _back_of_the_head(head: _Head, look: Look) -> list[str]:
    skin, hair = Paint(look.skin.near, look.skin.contour), hair_of(look.style)
    dyed = Paint(look.hair.near, look.hair.contour, 0.6)
    nodes = [shape(head.data(FACE.ahead, close=True).data(), skin)]
    if hair.ears:
        both = _ear(head, EARS[1][0], pen=_ear(head, EARS[0][0]))
        nodes = [shape(both.data(), skin), *nodes]
    nodes.append(shape(head.data(hair.behind, close=True).data(), dyed))
    if hair.fall is not None and look.style == "bun":
        nodes.append(shape(head.data([(x, y + 6) for x, y in hair.fall.ahead], close=True).data(), dyed))
    return nodes
