"""Things around the figure, as values: what a pose file may name in "props". `furniture` draws them.

Lengths are in 1/100 stature. The floor is y = 0; what has a `height` stands on it. The exceptions are the mat, whose
top is y = 0, and a bed to lie on, whose `top` is 0 and whose legs go down `drop` to the floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from clinic_app.illustration.front_props import MatAbove, PillowAbove, WallBehind
from clinic_app.illustration.values import Place, Value

Size = Annotated[float, Field(ge=1, le=60)]
Faces = Literal["left", "right", "reader", "away"]
PartName = Annotated[str, Field(max_length=20, pattern=r"^[a-z_]+$")]


@dataclass(frozen=True, slots=True)
class Mat(Value):
    kind: Literal["mat"]
    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class Pillow(Value):
    """Under the head of somebody who lies; `x` is near its middle."""

    kind: Literal["pillow"]
    x: Place


@dataclass(frozen=True, slots=True)
class Cushion(Value):
    """A firm cushion to kneel or sit on; `x` is its middle."""

    kind: Literal["cushion"]
    x: Place
    width: Size = 16.0
    height: Annotated[float, Field(ge=1, le=12)] = 3.0


@dataclass(frozen=True, slots=True)
class TowelRoll(Value):
    """A rolled towel seen end on; `lift` is how high it lies."""

    kind: Literal["towel_roll"]
    x: Place
    radius: Annotated[float, Field(ge=1, le=8)] = 3.0
    lift: Annotated[float, Field(ge=0, le=60)] = 0.0


@dataclass(frozen=True, slots=True)
class Chair(Value):
    """A chair with a back. `x` is the middle of its seat, `faces` where somebody who sits on it looks."""

    kind: Literal["chair"]
    x: Place
    faces: Faces
    height: Annotated[float, Field(ge=15, le=35)] = 23.0
    front: bool = False  # drawn before the figure instead of behind it
    rise: Annotated[float, Field(ge=8, le=40)] = 28.0  # of its back above its seat


@dataclass(frozen=True, slots=True)
class Stool(Value):
    """A seat without a back, the same from every side; `x` is its middle."""

    kind: Literal["stool"]
    x: Place
    height: Annotated[float, Field(ge=10, le=50)] = 23.0
    front: bool = False


@dataclass(frozen=True, slots=True)
class Wall(Value):
    """A wall whose face stands at `x`; the room is on its `room` side."""

    kind: Literal["wall"]
    x: Place
    room: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Bed(Value):
    """From `start` to `end`. To lie on, `top` is 0; to sit on, `top` is its height and `drop` the same."""

    kind: Literal["bed"]
    start: Place
    end: Place
    top: Annotated[float, Field(ge=0, le=45)] = 0.0
    drop: Annotated[float, Field(ge=8, le=45)] = 24.0


@dataclass(frozen=True, slots=True)
class Table(Value):
    """A table, worktop or treatment couch from `start` to `end`."""

    kind: Literal["table"]
    start: Place
    end: Place
    height: Annotated[float, Field(ge=15, le=60)] = 43.0


@dataclass(frozen=True, slots=True)
class Step(Value):
    kind: Literal["step"]
    start: Place
    end: Place
    height: Annotated[float, Field(ge=3, le=30)] = 10.0


@dataclass(frozen=True, slots=True)
class Ball(Value):
    """`x` is its middle; `lift` is how high its lowest point is."""

    kind: Literal["ball"]
    x: Place
    radius: Annotated[float, Field(ge=2, le=25)] = 10.0
    lift: Annotated[float, Field(ge=0, le=90)] = 0.0
    front: bool = False


@dataclass(frozen=True, slots=True)
class Strap(Value):
    """A strap, towel or stretchy band that runs from part to part of the figure and so follows it.

    `through` names points of the posture ("near_hand", "near_sole"). With `loop`, a radius, it goes round two of them.
    """

    kind: Literal["strap", "towel", "band"]
    through: Annotated[tuple[PartName, ...], Field(min_length=2, max_length=6)]
    loop: Annotated[float, Field(ge=2, le=12)] | None = None


AnyProp = (
    Mat
    | Pillow
    | Cushion
    | TowelRoll
    | Chair
    | Stool
    | Wall
    | Bed
    | Table
    | Step
    | Ball
    | Strap
    | MatAbove
    | PillowAbove
    | WallBehind
)
Prop = Annotated[AnyProp, Field(discriminator="kind")]


SEAT_HALF: Final = 11.0  # of a chair, from its middle to its edge


def back_top(chair: Chair) -> tuple[float, float]:
    """The middle of the upper edge of a chair's back."""
    lean = {"right": -1, "left": 1}.get(chair.faces, 0)
    return (chair.x + lean * (SEAT_HALF + 3.0), -chair.height - chair.rise - 0.6)


def top_of(props: Iterable[AnyProp], support: str) -> float | None:
    """How high above y = 0 the upper side of the first such thing is; None when the scene has none."""
    if support in ("mat", "floor"):
        return 0.0
    for prop in props:
        if prop.kind == support:
            return prop.top if isinstance(prop, Bed) else prop.height  # type: ignore[union-attr]
    return None
