"""Names and limits of the figure in space: what a body seen from the front, from the back or from above can do.

Every angle is in degrees and 0 when the figure stands upright with its arms by its sides, palms to the thighs:
lumbar, thoracic, neck, head: bending forward is positive; *_side: bending to the figure's left; *_turn: to its left.
hip_flexion, shoulder_flexion: lifting forward; *_abduction: away from the middle, taken after the flexion, so that an
arm or a thigh held forward moves out sideways; *_rotation: outwards. knee, elbow: bending. ankle: pointing the toes.
forearm: turning the palm to the back. wrist: bending the back of the hand towards the forearm.
scapula_in draws both shoulders back, scapula_up lifts both. pelvis_turn and pelvis_tilt place the whole body.

The ranges are the usual textbook ranges of healthy adults (American Academy of Orthopaedic Surgeons, Joint Motion,
1965), widened where a chain moves as one segment here: a thigh held forward may move out further than in standing,
and trunk_turn takes the whole spine below the neck.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

Side = Literal["left", "right"]
Range = tuple[float, float]

FrontRegion = Literal[
    "belly",
    "middle_back",
    "between_shoulder_blades",
    "neck_left",
    "neck_right",
    "chest_left",
    "chest_right",
    "waist_left",
    "waist_right",
    "outer_hip_left",
    "outer_hip_right",
    "buttock_left",
    "buttock_right",
    "groin_left",
    "groin_right",
    "inner_thigh_left",
    "inner_thigh_right",
]
"""Where an exercise can be felt, by the figure's own sides; "belly" is a region of the side view as well."""

SIDES: Final[tuple[Side, Side]] = ("left", "right")

_MIDDLE: Final[dict[str, Range]] = {
    "pelvis_turn": (-180.0, 180.0),
    "pelvis_tilt": (-90.0, 90.0),
    "lumbar": (-35.0, 60.0),
    "thoracic": (-35.0, 50.0),
    "neck": (-60.0, 60.0),
    "head": (-45.0, 45.0),
    "lumbar_side": (-30.0, 30.0),
    "thoracic_side": (-30.0, 30.0),
    "neck_side": (-45.0, 45.0),
    "trunk_turn": (-70.0, 70.0),
    "head_turn": (-85.0, 85.0),
    "scapula_in": (-20.0, 35.0),
    "scapula_up": (-12.0, 40.0),
}
_LIMB: Final[dict[str, Range]] = {
    "hip_flexion": (-30.0, 135.0),
    "hip_abduction": (-30.0, 80.0),
    "hip_rotation": (-45.0, 75.0),
    "knee": (0.0, 160.0),
    "ankle": (-30.0, 90.0),
    "shoulder_flexion": (-60.0, 185.0),
    "shoulder_abduction": (-60.0, 185.0),
    "shoulder_rotation": (-95.0, 95.0),
    "elbow": (0.0, 150.0),
    "forearm": (-90.0, 90.0),
    "wrist": (-80.0, 95.0),
}

FRONT_LIMITS: Final = MappingProxyType(
    _MIDDLE | {f"{side}_{joint}": limits for side in SIDES for joint, limits in _LIMB.items()}
)
"""Joint name -> (lowest, highest) angle in degrees. A joint that a scene leaves out stands at 0."""

# Half-breadths in 1/100 stature. Biacromial breadth .23 and hip breadth .19 of stature: Drillis and Contini, Body
# Segment Parameters (1966), as printed in Winter, Biomechanics and Motor Control of Human Movement. The centre of
# the shoulder joint lies inside the acromion, that of the hip well inside the outline of the hips.
COLLARBONE: Final = 8.3  # from the middle of the chest to the centre of the shoulder joint
COLLARBONE_START: Final = 1.4
HIP_OUT: Final = 4.7  # from the middle of the pelvis to the centre of the hip joint
HIP_HALF: Final = 9.6  # from the middle of the pelvis to the outline of the hips

# Heights of a joint's centre above what the part lies on.
FOOT_REST: Final = 4.0
KNEE_REST: Final = 4.2
ANKLE_REST: Final = 2.4
HAND_REST: Final = 1.6
ELBOW_REST: Final = 2.8
HIPS_HALF: Final = (9.4, 6.6)
"""Half of the hips' breadth and half of their depth."""


def check_front_angle(name: str, joint: str, angle: float, slack: float = 0.0) -> None:
    """Raises ValueError, one sentence, when the body has no such joint or the joint cannot bend so far."""
    if joint not in FRONT_LIMITS:
        raise ValueError(f"{name}: {joint} is not a joint of this view; the joints are {', '.join(FRONT_LIMITS)}.")
    low, high = FRONT_LIMITS[joint]
    if not low - slack <= angle <= high + slack:
        raise ValueError(f"{name}: {joint} at {angle:.4g} degrees is outside {low:g} to {high:g}.")
