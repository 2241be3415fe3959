"""The posture of a picture in plain words, for people who cannot see it: made from the joints, never from a caption.

No word names a side: the side is chosen by the programme and said beside the picture. Sentences have 15 words at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.stance import STRAIGHT, Arm, Base, Does, Leg, Stance
from clinic_app.illustration.stance_front import read_front
from clinic_app.illustration.stance_side import read_side

LONGEST = 300  # characters, as in a file of the content pack
SLIGHTLY_BENT = 20  # degrees of both knees

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
    Base.PLANK: "Held up on your hands and toes",
    Base.SIDE_PLANK: "On your side, propped on one elbow",
}
_TALL = {Base.SITTING: "Sitting tall on a chair", Base.STANDING: "Standing tall"}
_VIEWS = {"front": ", seen from the front", "back": ", seen from behind", "above": ", seen from above"}

# What both legs do, as it follows the position; and what one leg does, as "One ..." and as "the other ...".
_BOTH_LEGS = {
    Does.FLAT: "knees bent, feet flat",
    Does.LONG: "legs straight",
    Does.STRAIGHT: "both legs held straight",
    Does.RAISED: "both legs raised straight",
    Does.DRAWN_IN: "both knees drawn to the chest",
    Does.OVER_HIP: "knees bent over the hips",
    Does.LIFTED: "knees bent, feet off the floor",
    Does.STANDS: "feet flat",
    Does.ON_TOES: "on your toes, heels lifted",
    Does.FALLS_OUT: "both knees out to the sides",
    Does.SOLES_KNEES_UP: "soles together, knees up",
    Does.SOLES_KNEES_LOW: "soles together, knees low",
    Does.BENT: "knees bent",
}
_ONE_LEG = {
    Does.FLAT: "foot flat",
    Does.LONG: "leg straight",
    Does.STRAIGHT: "leg held out straight",
    Does.RAISED: "leg raised straight",
    Does.DRAWN_IN: "knee drawn to the chest",
    Does.OVER_HIP: "knee bent over the hip",
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
    Does.ON_SHIN: "Hands on your shins",
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
    Does.ON_HIPS: "One hand on your hip",
    Does.ON_BACK: "One hand on your lower back",
    Does.ON_THIGH: "One hand on your thigh",
    Does.UNDER_HEAD: "One hand under your head",
    Does.FORWARD: "One arm forward",
    Does.OPENS_BEHIND: "The top arm opened out behind you",
    Does.OUT_TO_SIDE: "One arm out to the side",
}
_REACHES = {Does.UP: "reaches up", Does.OVERHEAD: "reaches overhead", Does.FORWARD: "reaches forward"}
# A strap by its kind and what it goes round.
_STRAPS = {
    f"{kind} {part}": f"A {word} round {said}"
    for kind, word in (("strap", "belt"), ("towel", "towel"), ("band", "stretchy band"))
    for part, said in (("foot", "one foot"), ("thigh", "the thighs"))
}
_BACKS = {
    "rounded": "Back rounded",
    "dipped": "Back dipped",
    "level": "Back level",
    "forward": "Leaning forward",
    "backward": "Leaning back",
    "gap": "A small gap under your lower back",
    "pressed": "Lower back flat on the floor",
    "propped": "Chest lifted, hips on the floor",
    "side": "Upper body bent to one side",
    "turned": "Chest turned to one side",
    "opened": "Chest turned up to the ceiling",
    "squeezed": "Shoulder blades drawn together",
    "shifted": "Hips moved forward",
    "propped_on_elbow": "Propped on one elbow",
    "rolled": "Both knees lowered to one side",
}
_HEADS = {
    "hanging": "head hanging down",
    "forward": "eyes looking forward",
    "down": "chin down",
    "up": "face lifted",
    "side": "head tilted to one side",
    "turned": "head turned to one side",
    "drawn_back": "chin drawn straight back",
    "poked": "head a little forward",
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


def described(pose: Mapping[str, Any] | None) -> str:
    """The words for a pose as stored; "" without one, or where it cannot be read: then a person has to write them."""
    try:
        return describe(read_scene(dict(pose), "pose")) if pose else ""
    except ValueError:
        return ""


def facts(scene: Scene) -> Stance:
    """How the body is placed, whatever the view."""
    return read_side(scene) if scene.view == "side" else read_front(scene)


def _sentences(stance: Stance) -> Iterator[str]:
    """The most telling first: what carries the body, the legs, the back and head, the arms, the things in use."""
    first, second = stance.legs
    behind_thigh = all(arm.does is Does.BEHIND_THIGH for arm in stance.arms)
    opening = _opening(stance)
    if first.does is second.does:
        yield f"{opening}, {_BOTH_ARMS[Does.BEHIND_THIGH]}." if behind_thigh else f"{opening}."
    else:
        yield f"{opening}."
        yield from _legs(first, second, stance, behind_thigh=behind_thigh)
    yield from _trunk(stance)
    yield from _arms(stance)
    yield from _things(stance)


def _opening(stance: Stance) -> str:
    opening = _TALL.get(stance.base, "") if stance.back == "tall" else ""
    opening = opening or _BASES[stance.base]
    if stance.base is Base.PLANK and any(arm.does is Does.FOREARM for arm in stance.arms):
        opening = "Held up on your forearms and toes"
    if stance.base is Base.SITTING and "chair" not in stance.props and "stool" in stance.props:
        opening = opening.replace("chair", "stool")
    opening += _VIEWS.get(stance.view, "")
    if stance.hips_lifted:
        opening += ", hips lifted"
    if stance.base is Base.STANDING and all(leg.knee > SLIGHTLY_BENT for leg in stance.legs):
        opening += ", knees a little bent"
    both = _both_legs(stance)
    return f"{opening}, {both}" if both else opening


def _both_legs(stance: Stance) -> str:
    first, second = stance.legs
    if first.does is not second.does or stance.base is Base.PLANK:
        return ""
    if first.does is Does.FLAT and stance.base is Base.SITTING:
        return "feet flat"
    if first.does is Does.ON_TOES and stance.base is Base.PRONE:
        return "toes tucked under"
    return _BOTH_LEGS.get(first.does, "")


def _legs(first: Leg, second: Leg, stance: Stance, *, behind_thigh: bool) -> Iterator[str]:
    if Does.KNEELS in {first.does, second.does} and stance.base in {Base.HANDS_AND_KNEES, Base.HALF_KNEELING}:
        moving = first if second.does is Does.KNEELS else second
        if stance.base is Base.HANDS_AND_KNEES and moving.does in _ONE_LEG:
            yield f"One {_ONE_LEG[moving.does]}{_forward_arm(stance)}."
        return
    if {first.does, second.does} == {Does.IN_FRONT, Does.BEHIND}:
        yield "One foot in front of the other."
        return
    if Does.TOP_LIFTED in {first.does, second.does}:
        yield "The top knee lifted, the feet together."
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
    if stance.back == stance.head == "turned":
        yield "Chest and head turned to one side."
        return
    back, head = _BACKS.get(stance.back, ""), _HEADS.get(stance.head, "")
    said = ", ".join(filter(None, (back, head)))
    if said:
        yield f"{said[0].upper()}{said[1:]}."


def _arms(stance: Stance) -> Iterator[str]:
    first, second = (arm.does for arm in stance.arms)
    told = {Does.PLANTED, Does.FORWARD} if stance.base is Base.HANDS_AND_KNEES else set()
    if {first, second} <= told or first is second is Does.BEHIND_THIGH or stance.base is Base.PLANK:
        return
    if first is second:
        planted = first is Does.PLANTED and stance.base is Base.PRONE
        if planted or first in _BOTH_ARMS:
            yield f"{_planted(stance.arms) if planted else _BOTH_ARMS[first]}."
        return
    if first in _REACHES and second in _REACHES:
        yield f"One arm {_REACHES[first]}, the other {_REACHES[second]}."
        return
    props_up = {Does.OUT_TO_SIDE, Does.FORWARD} if stance.base is Base.SIDE_PLANK else set()
    yield from (f"{_ONE_ARM[each]}." for each in (first, second) if each in _ONE_ARM and each not in props_up)


def _planted(arms: tuple[Arm, Arm]) -> str:
    straight = all(arm.elbow < STRAIGHT for arm in arms)
    return f"Hands on the floor, {'arms straight' if straight else 'elbows bent'}"


def _things(stance: Stance) -> Iterator[str]:
    if "pillow" in stance.props and stance.base in {Base.SUPINE, Base.SIDE_LYING}:
        yield "A pillow under your head."
    for place, said in _STRAPS.items():
        if place in stance.props:
            yield f"{said}."
