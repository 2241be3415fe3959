"""The head seen from the front, turned, and from behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_app.illustration.front_limbs import tube
from clinic_app.illustration.nodes import Paint, closed
from clinic_app.illustration.space import flat, plus, times

if TYPE_CHECKING:
    from clinic_app.illustration.front_posture import FrontPosture
    from clinic_app.illustration.looks import Look


def draw_front_head(posture: FrontPosture, look: Look) -> list[str]:
    up = posture.head_frame.up
    low, high = flat(plus(posture.head, times(up, -3))), flat(plus(posture.head, times(up, 2)))
    return [closed(tube(low, high, [3.5, 4.6, 4.9]), Paint(look.skin.near, look.skin.contour))]
