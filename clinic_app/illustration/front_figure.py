"""The body seen from the front, from the back and from above: parts ordered by how near they are to the reader."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_arms import draw_arm
from clinic_app.illustration.front_head import draw_behind_head, draw_front_head
from clinic_app.illustration.front_joints import SIDES
from clinic_app.illustration.front_legs import draw_leg
from clinic_app.illustration.front_posture import FrontPosture, fingertips
from clinic_app.illustration.front_trunk import draw_back_lines, draw_neck, draw_seat, draw_trunk
from clinic_app.illustration.geometry import between
from clinic_app.illustration.space import dot, flat, minus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.looks import Look
    from clinic_app.illustration.scene import Hand

_ON_THE_KNEE = 10.0  # from an ankle that rests on a knee to the middle of the knee
_OVER = 100.0  # brings a crossed leg before the other one
_DRAWN_UP = 12.0  # that a knee is nearer than its hip
_AT_THE_THIGH = 6.0  # from the fingertips to the middle of a thigh that they hold
_BEFORE = 3.0  # a limb so much nearer than the trunk lies over it


def draw_front_body(posture: FrontPosture, look: Look, hands: Mapping[str, Hand]) -> list[str]:
    """All that the patch where the exercise is felt may lie on: everything but the arms in front of the trunk."""
    nodes: list[str] = []
    for side in _by_depth(posture, arms=True):
        if not arm_is_near(posture, side):
            nodes += draw_arm(posture, side, look, hands.get(side, "flat"), near=False)
    behind = [side for side in _by_depth(posture) if _behind_the_seat(posture, side)]
    before = [
        side
        for side in _by_depth(posture)
        if _over_the_shirt(posture, side)
        or _crosses(posture, side)
        or any(_holds_from_behind(posture, arm, side) for arm in SIDES)
    ]
    level = [side for side in _by_depth(posture) if side not in behind and side not in before]
    for side in behind:
        nodes += draw_leg(posture, side, look, near=False)
    nodes.append(draw_seat(posture, look))
    for side in level:
        nodes += draw_leg(posture, side, look, near=True)
    head = draw_front_head(posture, look)
    nodes += [*draw_behind_head(posture, look), draw_neck(posture, look)]
    if posture.head_frame.front[2] < 0:
        nodes += [draw_trunk(posture, look), *draw_back_lines(posture, look), *head]
    else:
        nodes += [*head, draw_trunk(posture, look)]
    for side in _by_depth(posture, arms=True):
        if _reaches_under(posture, side):
            nodes += draw_arm(posture, side, look, hands.get(side, "flat"), near=True)
    for side in before:
        nodes += draw_leg(posture, side, look, near=True)
    return nodes


def draw_front_arms(posture: FrontPosture, look: Look, hands: Mapping[str, Hand]) -> list[str]:
    """The arms that lie over everything."""
    nodes: list[str] = []
    for side in _by_depth(posture, arms=True):
        if arm_is_near(posture, side) and not _reaches_under(posture, side):
            nodes += draw_arm(posture, side, look, hands.get(side, "flat"), near=True)
    return nodes


def arm_is_near(posture: FrontPosture, side: Side) -> bool:
    arm = posture.arm(side)
    nearest = max(arm.elbow[2], arm.wrist[2]) if arm.elbow[2] + arm.wrist[2] > 0 else min(arm.elbow[2], arm.wrist[2])
    return nearest - posture.ribs[2] > -_BEFORE


def _over_the_shirt(posture: FrontPosture, side: Side) -> bool:
    """A thigh drawn up to the chest; any other begins under the shirt's hem, like a lap."""
    leg = posture.leg(side)
    return dot(minus(leg.knee, leg.hip), posture.pelvis_frame.up) > 0 and _leg_depth(posture, side) > _BEFORE


def _holds_from_behind(posture: FrontPosture, arm: Side, leg: Side) -> bool:
    """Whether the hand holds the back of a thigh that is drawn up: the arm goes over the shirt and under that leg."""
    if posture.view != "above":
        return False
    tips, hip, knee = fingertips(posture.arm(arm)), posture.leg(leg).hip, posture.leg(leg).knee
    beside = min(math.dist(flat(tips), between(flat(hip), flat(knee), share)) for share in (0, 0.5, 1))
    behind = dot(minus(tips, hip), posture.pelvis_frame.up) < 0 and tips[2] < knee[2] - _BEFORE
    return knee[2] - hip[2] > _DRAWN_UP and behind and beside < _AT_THE_THIGH


def _reaches_under(posture: FrontPosture, arm: Side) -> bool:
    return any(_holds_from_behind(posture, arm, leg) for leg in SIDES)


def _behind_the_seat(posture: FrontPosture, side: Side) -> bool:
    """A thigh that points away from the reader, or a standing leg whose foot is behind the other one."""
    feet = [posture.leg(each).ankle[2] for each in SIDES]
    crossed = posture.leg(side).ankle[2] == min(feet) < -_BEFORE < max(feet) - _BEFORE
    return _leg_depth(posture, side) < -_BEFORE or crossed


def _leg_depth(posture: FrontPosture, side: Side) -> float:
    """How much nearer the knee is than the hips; a leg that crosses the other one is the nearest."""
    return posture.leg(side).knee[2] - posture.hip[2] + (_OVER if _crosses(posture, side) else 0)


def _by_depth(posture: FrontPosture, *, arms: bool = False) -> list[Side]:
    """The far side first."""

    def depth(side: Side) -> float:
        if arms:
            return posture.arm(side).elbow[2]
        return posture.leg(side).knee[2] + (_OVER if _crosses(posture, side) else 0)

    return sorted(SIDES, key=depth)


def _crosses(posture: FrontPosture, side: Side) -> bool:
    """Whether the leg's ankle rests on the other knee, as in a figure four: it lies over that leg."""
    leg, other = posture.leg(side), posture.leg("right" if side == "left" else "left")
    lifted = math.dist(leg.ankle, other.knee) + 6 < math.dist(other.ankle, other.knee)
    return lifted and math.dist(leg.ankle, other.knee) < _ON_THE_KNEE
