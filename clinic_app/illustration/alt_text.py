"""The posture of a picture in plain words, for people who cannot see it: made from the joints, never from a caption.

No word names a side: the side is chosen by the programme and said beside the picture. Sentences have 15 words at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clinic_app.illustration.stance import Arm, Base, Does, Leg, Stance
from clinic_app.illustration.stance_front import read_front
from clinic_app.illustration.stance_side import read_side

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

LONGEST = 300  # characters, as in a file of the content pack

_BASES = {
    Base.SUPINE: "Lying on your back",
    Base.PRONE: "Lying on your front",
    Base.SIDE_LYING: "Lying on your side",
    Base.HANDS_AND_KNEES: "On hands and knees",
    Base.HEELS: "Kneeling, sitting back on your heels",
    Base.KNEELING: "Kneeling tall",
    Base.HALF_KNEELING: "Kneeling on one knee, the other foot flat in front",
    Base.SITTING: "Sitting on a chair",
    Base.SITTING_ON_FLOOR: "Sitting on the floor",
    Base.STANDING: "Standing",
    Base.PLANK: "Held up on arms and toes",
    Base.SIDE_PLANK: "On one side, propped on one elbow",
}
_VIEWS = {"front": ", seen from the front", "back": ", seen from behind", "above": ", seen from above"}

# What both legs do, as it follows the position; and what one leg does, as "One ..." and as "the other ...".
_BOTH_LEGS = {
    Does.FLAT: "knees bent, feet flat",
    Does.LONG: "legs straight",
    Does.STRAIGHT: "both legs held straight",
    Does.RAISED: "both legs raised straight",
    Does.DRAWN_IN: "both knees drawn to the chest",
    Does.OVER_HIP: "knees bent, over the hips",
    Does.LIFTED: "knees bent, feet off the floor",
    Does.STANDS: "feet flat",
    Does.ON_TOES: "on your toes, heels lifted",
    Does.FALLS_OUT: "both knees out to the sides",
    Does.SOLES_TOGETHER: "soles of the feet together",
    Does.BENT: "knees bent",
}
_ONE_LEG = {
    Does.FLAT: "foot flat",
    Does.LONG: "leg straight",
    Does.STRAIGHT: "leg held out straight",
    Does.RAISED: "leg raised straight",
    Does.DRAWN_IN: "knee drawn to the chest",
    Does.OVER_HIP: "knee bent, over the hip",
    Does.LIFTED: "foot off the floor, knee bent",
    Does.REACHES_BACK: "leg reaches back",
    Does.IN_FRONT: "foot in front",
    Does.BEHIND: "foot behind",
    Does.STANDS: "foot flat",
    Does.ON_TOES: "heel lifted",
    Does.OUT: "leg lifted out to the side",
    Does.FALLS_OUT: "knee lowered out to the side",
    Does.CROSSED: "ankle resting on the other knee",
    Does.CROSSES_BEHIND: "leg crosses behind",
    Does.TOP_LIFTED: "knee lifted",
    Does.KNEELS: "knee on the floor",
    Does.BENT: "knee bent",
}
_BOTH_ARMS = {
    Does.BEHIND_THIGH: "both hands behind the thigh",
    Does.FOREARM: "Both forearms on the floor",
    Does.BY_SIDE: "Arms by your sides",
    Does.UP: "Both arms reach up",
    Does.OVERHEAD: "Both arms overhead",
    Does.FORWARD: "Both arms reach forward",
    Does.ON_BELLY: "Hands on your tummy",
    Does.ON_THIGH: "Hands on your thighs",
    Does.ON_BACK: "Hands on your lower back",
    Does.UNDER_HEAD: "Forehead on your hands",
    Does.UNDER_BACK: "Hands under your lower back",
    Does.ON_HIPS: "Hands on the front of your hips",
    Does.BESIDE_SHOULDER: "Hands on the floor beside your shoulders",
    Does.ON_CHAIR: "Both hands on a chair",
    Does.ON_WALL: "Both hands on a wall",
    Does.HOLDS: "Both hands hold the ends",
    Does.DOWN: "Both hands reach down to the feet",
}
_ONE_ARM = {
    Does.OVERHEAD: "One arm overhead",
    Does.UP: "One arm reaches up",
    Does.ON_CHAIR: "One hand on a chair",
    Does.ON_WALL: "One hand on a wall",
    Does.ON_BELLY: "One hand on your tummy",
    Does.ON_BACK: "One hand on your lower back",
    Does.ON_THIGH: "One hand on your thigh",
    Does.OPENS_BEHIND: "The top arm opened out behind you",
    Does.OUT_TO_SIDE: "One arm out to the side",
}
_BACKS = {
    "rounded": "Back rounded",
    "dipped": "Back dipped",
    "level": "Back level",
    "tall": "Back tall",
    "forward": "Leaning forward",
    "backward": "Leaning back",
    "gap": "A small gap under your lower back",
    "pressed": "Lower back flat on the floor",
    "propped": "Chest lifted, hips on the floor",
    "side": "Upper body bent to one side",
    "turned": "Chest turned to one side",
    "squeezed": "Shoulder blades drawn together",
    "rolled": "Both knees lowered to one side",
}
_HEADS = {
    "hanging": "head hanging down",
    "forward": "eyes looking forward",
    "down": "chin down",
    "up": "face lifted",
    "side": "head tilted to one side",
    "turned": "head turned to one side",
    "lifted": "head and shoulders off the floor",
    "rests": "forehead resting down",
}


def describe(scene: Scene) -> str:
    """The posture in at most 300 characters; every phrase is there only if the solved joints say so.

    Raises:
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    said = ""
    for sentence in _sentences(facts(scene)):
        longer = f"{said} {sentence}".lstrip()
        if len(longer) > LONGEST:
            break
        said = longer
    return said


def facts(scene: Scene) -> Stance:
    """How the body is placed, whatever the view."""
    return read_side(scene) if scene.view == "side" else read_front(scene)


def _sentences(stance: Stance) -> Iterator[str]:
    """The most telling first: what carries the body, the legs, the back and head, the arms, the things in use."""
    opening = _BASES[stance.base] + _VIEWS.get(stance.view, "")
    if stance.hips_lifted:
        opening += ", hips lifted"
    first, second = stance.legs
    if first.does is second.does and first.does in _BOTH_LEGS:
        opening += f", {_BOTH_LEGS[first.does]}"
    elif stance.base is Base.STANDING and _bent(stance):
        opening += ", knees a little bent"
    behind_thigh = all(arm.does is Does.BEHIND_THIGH for arm in stance.arms)
    alike = first.does is second.does
    yield f"{opening}, {_BOTH_ARMS[Does.BEHIND_THIGH]}." if behind_thigh and alike else f"{opening}."
    if not alike:
        yield from _legs(first, second, stance, behind_thigh=behind_thigh)
    yield from _trunk(stance)
    yield from _arms(stance)
    yield from _things(stance)


def _bent(stance: Stance) -> bool:
    return all(leg.knee > 20 for leg in stance.legs)


def _legs(first: Leg, second: Leg, stance: Stance, *, behind_thigh: bool) -> Iterator[str]:
    if Does.KNEELS in {first.does, second.does} and stance.base in {Base.HANDS_AND_KNEES, Base.HALF_KNEELING}:
        moving = first if second.does is Does.KNEELS else second
        if stance.base is Base.HANDS_AND_KNEES and moving.does in _ONE_LEG:
            yield f"One {_ONE_LEG[moving.does]}{_forward_arm(stance)}."
        return
    told = [_ONE_LEG[leg.does] for leg in (first, second) if leg.does in _ONE_LEG]
    if not told:
        return
    if behind_thigh:
        yield f"One {told[0]}, {_BOTH_ARMS[Does.BEHIND_THIGH]}."
        yield from (f"The other {each}." for each in told[1:])
    else:
        yield f"One {told[0]}{f', the other {told[1]}' if len(told) > 1 else ''}."


def _forward_arm(stance: Stance) -> str:
    reaches = [arm.does is Does.FORWARD for arm in stance.arms]
    if sum(reaches) != 1:
        return ""
    same = stance.legs[reaches.index(True)].does is not Does.KNEELS
    return ", the arm on that side reaches forward" if same else ", the opposite arm reaches forward"


def _trunk(stance: Stance) -> Iterator[str]:
    back, head = _BACKS.get(stance.back, ""), _HEADS.get(stance.head, "")
    said = ", ".join(filter(None, (back, head)))
    if said:
        yield f"{said[0].upper()}{said[1:]}."


def _arms(stance: Stance) -> Iterator[str]:
    does = {arm.does for arm in stance.arms}
    if does == {Does.BEHIND_THIGH} or (stance.base is Base.HANDS_AND_KNEES and Does.PLANTED in does):
        return
    if len(does) == 1:
        (both,) = does
        if both is Does.PLANTED and stance.base in {Base.PRONE, Base.PLANK}:
            yield _planted(stance.arms)
        elif both in _BOTH_ARMS:
            yield f"{_BOTH_ARMS[both]}."
        return
    for each in dict.fromkeys(arm.does for arm in stance.arms):
        if each in _ONE_ARM:
            yield f"{_ONE_ARM[each]}."


def _planted(arms: tuple[Arm, Arm]) -> str:
    if all(arm.elbow < 30 for arm in arms):
        return "Hands on the floor, arms straight."
    return "Hands on the floor, elbows bent."


def _things(stance: Stance) -> Iterator[str]:
    if "pillow" in stance.props and stance.base in {Base.SUPINE, Base.SIDE_LYING}:
        yield "A pillow under your head."
    if stance.props & {"towel", "strap"}:
        yield "A towel or strap in use."
    if "wall" in stance.props and not any(arm.does is Does.ON_WALL for arm in stance.arms):
        yield "A wall beside you."
