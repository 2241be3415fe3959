"""What words about a picture claim, held against the pose: words and picture must not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from clinic_app.illustration.alt_text import facts
from clinic_app.illustration.stance import STRAIGHT, Base, Does, Stance

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

BENT_AT_ALL = 15.0  # degrees


class Claim(NamedTuple):
    """A wording, and whether a stance bears it out."""

    words: re.Pattern[str]
    holds: Callable[[Stance], bool]


def contradictions(words: str, scene: Scene) -> list[str]:
    """Each wording in `words` that the solved joints of the scene do not bear out, as it is written.

    Words that claim nothing known are no contradiction: people may say more than a pose holds.

    Raises:
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    stance = facts(scene)
    return [found[0] for claim in CLAIMS if (found := claim.words.search(words)) and not claim.holds(stance)]


def _base(words: str, *bases: Base) -> Claim:
    return _claim(words, lambda stance: stance.base in bases)


def _claim(words: str, holds: Callable[[Stance], bool]) -> Claim:
    return Claim(re.compile(words, re.IGNORECASE), holds)


def _leg(words: str, *does: Does) -> Claim:
    return _claim(words, lambda stance: any(leg.does in does for leg in stance.legs))


def _arm(words: str, *does: Does) -> Claim:
    return _claim(words, lambda stance: any(arm.does in does for arm in stance.arms))


def _thing(words: str, *kinds: str) -> Claim:
    return _claim(words, lambda stance: bool(stance.props & set(kinds)))


CLAIMS: tuple[Claim, ...] = (
    _base(r"\b(lying|lies?) (flat )?on (the|your|their) back\b", Base.SUPINE),
    _base(r"\b(lying|lies?) (flat )?on (the|your|their) front\b", Base.PRONE),
    _base(r"\bon (one|the|your) side\b", Base.SIDE_LYING, Base.SIDE_PLANK),
    _base(r"\bon hands and knees\b", Base.HANDS_AND_KNEES),
    _base(r"\bback on (the|your) heels\b", Base.HEELS),
    _base(r"\bkneeling (tall )?(on|with) one knee\b", Base.HALF_KNEELING),
    _base(r"\bsitting on the floor\b", Base.SITTING_ON_FLOOR),
    _base(r"\bsitting (tall|on (a|the) (chair|stool)|near)\b", Base.SITTING),
    _base(r"\b(standing|walking)\b", Base.STANDING),
    _base(r"\b(hold|held|resting) (up )?on (your )?(forearms|hands) and toes\b", Base.PLANK),
    _claim(
        r"\bknees? (a little |both |are )?bent\b|\bbent knees?\b|\bwith knees? bent\b",
        lambda stance: any(leg.knee > BENT_AT_ALL for leg in stance.legs),
    ),
    _claim(
        r"\b(one straight leg|leg is straight|legs? straight|knee is straight|straight knee)\b",
        lambda stance: any(leg.knee < STRAIGHT for leg in stance.legs),
    ),
    _claim(r"\bfeet (are |stay )?flat\b", lambda stance: all(_on_its_sole(stance, number) for number in (0, 1))),
    _claim(r"\bfoot (is |stays )?flat\b", lambda stance: any(_on_its_sole(stance, number) for number in (0, 1))),
    _claim(r"\bhips (are )?lifted\b|\bwith the hips lifted\b", lambda stance: stance.hips_lifted),
    _leg(r"\bknees? (drawn |pulled )?(to|near) (the|your) chest\b", Does.DRAWN_IN),
    _leg(r"\bleg reaches back\b", Does.REACHES_BACK),
    _leg(r"\b(both )?heels (are )?lifted\b", Does.ON_TOES),
    _leg(r"\b(leg|knee)\b[^.]* out to the side\b", Does.OUT, Does.FALLS_OUT),
    _arm(r"\bhands? behind (one|the|both|your) thighs?\b", Does.BEHIND_THIGH),
    _arm(r"\barms? by (the|your) sides?\b", Does.BY_SIDE),
    _arm(r"\barms? (reach(es)? )?overhead\b", Does.OVERHEAD),
    _arm(r"\b(propped|resting|held up) on (the|your)? ?forearms\b", Does.FOREARM),
    _arm(r"\bforehead on (the|your) hands\b", Does.UNDER_HEAD),
    _claim(r"\bback (is )?rounded\b|\brounded back\b", lambda stance: stance.back == "rounded"),
    _claim(r"\bback (is )?dipped\b|\bdipped back\b", lambda stance: stance.back == "dipped"),
    _claim(r"\blevel back\b|\bback level\b", lambda stance: stance.back == "level"),
    _claim(r"\bgap under (the|your) lower back\b", lambda stance: stance.back == "gap"),
    _claim(r"\blower back (is )?(pressed )?flat\b", lambda stance: stance.back == "pressed"),
    _claim(r"\bhead (is )?hanging\b", lambda stance: stance.head == "hanging"),
    _claim(r"\bhead (is )?turned to one side\b", lambda stance: stance.head == "turned"),
    _claim(r"\bhead (is )?tilt(s|ed)\b", lambda stance: stance.head == "side"),
    _claim(r"\bchest (and head )?(is )?turned\b", lambda stance: stance.back in {"turned", "opened"}),
    _claim(r"\bseen from the front\b", lambda stance: stance.view == "front"),
    _claim(r"\bseen from behind\b", lambda stance: stance.view == "back"),
    _claim(r"\bseen from above\b", lambda stance: stance.view == "above"),
    _claim(r"\bseen from the side\b", lambda stance: stance.view == "side"),
    _thing(r"\bpillow\b", "pillow"),
    _thing(r"\bcushion\b", "cushion"),
    _thing(r"\bchair\b", "chair", "stool"),
    _thing(r"\bwall\b", "wall"),
    _thing(r"\btowel\b", "towel", "strap"),
    _thing(r"\bbelt\b", "strap", "band"),
)


def _on_its_sole(stance: Stance, number: int) -> bool:
    leg = stance.legs[number]
    return leg.flat or leg.does in {Does.FLAT, Does.STANDS}
