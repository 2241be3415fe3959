"""Names, lengths and limits of the figure: what a body can do, in degrees and in hundredths of its stature.

Every angle is 0 when the figure stands upright with its arms by its sides and is counted like this:
lumbar, thoracic, neck, head: bending forward is positive. hip, shoulder: lifting forward. knee, elbow: bending.
ankle: pointing the toes. wrist: bending the back of the hand towards the forearm.

The ranges are the usual textbook ranges of healthy adults, widened where a whole chain moves as one segment here:
kneeling with pointed feet uses the mid-foot as well as the ankle, and a planted hand carries weight at 90 degrees.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

Limb = Literal["near", "far"]
Range = tuple[float, float]

_SPINE: Final = {"lumbar": (-35.0, 60.0), "thoracic": (-35.0, 50.0), "neck": (-60.0, 60.0), "head": (-45.0, 45.0)}
_LIMB: Final = {
    "hip": (-30.0, 135.0),
    "knee": (0.0, 160.0),
    "ankle": (-30.0, 90.0),
    "shoulder": (-60.0, 185.0),
    "elbow": (0.0, 150.0),
    "wrist": (-80.0, 95.0),
}

LIMITS: Final = MappingProxyType(
    _SPINE | {f"{limb}_{joint}": limits for limb in ("near", "far") for joint, limits in _LIMB.items()}
)
"""Joint name -> (lowest, highest) angle in degrees."""

# Lengths of bones in 1/100 stature, after the shares of stature of Drillis and Contini (1966, as printed in Winter,
# Biomechanics and Motor Control of Human Movement): shoulder .818, hip .530, thigh .245, shank .246, upper arm .186,
# forearm .146, hand .108 (drawn shorter: its fingers are a little bent). Hand and head end at fingertips and crown.
PELVIS: Final = 8.3
LUMBAR: Final = 8.5
THORAX: Final = 16.5
NECK: Final = 4.8
HEAD: Final = 4.8  # from the top of the neck to the middle of the head
UPPER_ARM: Final = 18.0
FOREARM: Final = 14.6
HAND: Final = 8.6
THIGH: Final = 24.5
SHANK: Final = 23.5

SHOULDER_ALONG: Final = 0.84  # of the thorax
SHOULDER_BACK: Final = 1.4  # behind the middle of the trunk

# Heights of a joint's centre above the mat when the part lies on it: half of the flesh and half of the contour.
SOLE: Final = 3.1
KNEE_REST: Final = 4.2
ANKLE_REST: Final = 3.0
PALM: Final = 2.2
ELBOW_REST: Final = 3.0
SEAT_REST: Final = 6.5  # of the hip above the seat of somebody who sits
