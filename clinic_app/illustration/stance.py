"""How the body of a scene is placed: the facts that words about a picture rest on, whatever the view.

They are read from the solved joints (`stance_side`, `stance_front`), never from the name of a pose or its captions.
Angles are in degrees, heights in 1/100 stature above the mat.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic_app.illustration.props import Strap

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

STRAIGHT = 25.0  # a knee or an elbow that bends less counts as straight
BENT = 45.0  # one that bends more counts as bent
DRAWN_IN = 105.0  # a hip that bends more has its knee near the chest
LYING_HIP = 12.0  # hips that are higher do not lie on the mat
ROUNDED, DIPPED = 30.0, -20.0  # bending of the whole back


_ROUND = {"foot": ("sole", "ankle", "toe", "heel"), "thigh": ("knee", "hip")}


class Base(StrEnum):
    """What carries the body."""

    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    HANDS_AND_KNEES = "hands_and_knees"
    HEELS = "heels"  # kneeling, sitting back on the heels
    KNEELING = "kneeling"
    HALF_KNEELING = "half_kneeling"
    SITTING = "sitting"  # on a chair
    SITTING_ON_FLOOR = "sitting_on_floor"
    STANDING = "standing"
    PLANK = "plank"
    SIDE_PLANK = "side_plank"


class Does(StrEnum):
    """What one leg or one arm does; empty where there is nothing to say."""

    NOTHING = ""
    # legs
    FLAT = "flat"  # knee bent, sole on the ground
    LONG = "long"  # straight, resting
    STRAIGHT = "straight"  # straight, held up
    RAISED = "raised"  # straight and lifted high
    DRAWN_IN = "drawn_in"
    OVER_HIP = "over_hip"
    LIFTED = "lifted"  # knee bent, foot off the ground
    KNEELS = "kneels"
    REACHES_BACK = "reaches_back"
    IN_FRONT = "in_front"
    BEHIND = "behind"
    STANDS = "stands"
    ON_TOES = "on_toes"
    OUT = "out"  # the leg to the side
    FALLS_OUT = "falls_out"  # the knee to the side
    CROSSED = "crossed"  # the ankle over the other knee
    CROSSES_BEHIND = "crosses_behind"
    SOLES_KNEES_UP = "soles_knees_up"  # sitting with the soles together
    SOLES_KNEES_LOW = "soles_knees_low"
    BENT = "bent"  # the knee bent, whatever the foot does
    TOP_LIFTED = "top_lifted"  # of somebody on their side: the upper knee moves away from the lower one
    # arms
    BEHIND_THIGH = "behind_thigh"
    PLANTED = "planted"
    FOREARM = "forearm"
    BY_SIDE = "by_side"
    UP = "up"
    OVERHEAD = "overhead"
    FORWARD = "forward"
    ON_BELLY = "on_belly"
    ON_THIGH = "on_thigh"
    ON_SHIN = "on_shin"
    ON_BACK = "on_back"
    UNDER_HEAD = "under_head"
    UNDER_BACK = "under_back"
    ON_HIPS = "on_hips"
    BESIDE_SHOULDER = "beside_shoulder"
    OPENS_BEHIND = "opens_behind"
    OUT_TO_SIDE = "out_to_side"
    ON_CHAIR = "on_chair"
    ON_WALL = "on_wall"
    HOLDS = "holds"  # a towel, a belt or a band
    DOWN = "down"  # towards the feet


@dataclass(frozen=True, slots=True)
class Leg:
    """`knee` and `hip` bend by so many degrees; `flat`: the whole sole rests on the ground."""

    does: Does
    knee: float
    hip: float
    flat: bool


@dataclass(frozen=True, slots=True)
class Arm:
    does: Does
    elbow: float
    lift: float  # degrees from hanging by the side; forward is positive


@dataclass(frozen=True, slots=True)
class Stance:
    """Legs and arms stand with the acting side first. `gaze` is the direction of the face in the picture."""

    base: Base
    view: str
    legs: tuple[Leg, Leg]
    arms: tuple[Arm, Arm]
    hips_lifted: bool = False
    back: str = ""  # a key of the words for backs
    head: str = ""  # a key of the words for heads
    props: frozenset[str] = frozenset()  # kinds; a strap also with what it goes round: "towel foot"


def things(scene: Scene) -> frozenset[str]:
    """The kinds of the scene's props, and what a strap, towel or band goes round."""
    found = {str(prop.kind).partition("_")[0] for prop in scene.props}
    for prop in scene.props:
        if isinstance(prop, Strap):
            through = " ".join(prop.through)
            found |= {f"{prop.kind} {part}" for part, words in _ROUND.items() if any(word in through for word in words)}
    return frozenset(found)
