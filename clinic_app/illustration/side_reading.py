"""What a scene of a side view says: its angles and contacts, each looked up once and each complaint one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_app.illustration.geometry import Point, signed
from clinic_app.illustration.posture import check_angle
from clinic_app.illustration.props import top_of

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Contact, Scene

SLACK: Final = 1.0  # degrees that a solved joint may pass its limit by rounding
_LOOKS_TO: Final = {"right": 0.0, "up": 90.0, "left": 180.0, "down": 270.0}
_GROUNDS: Final = ("mat", "floor", "chair", "stool", "bed", "table", "step", "cushion")


class Reading:
    """One scene under one name; notes which of the given angles had a purpose. `turn` is that of the posture."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.scene = scene
        self.name = name
        self.turn = self._turn()
        self.pelvis_angle = scene.pelvis.angle
        self._used: set[str] = set()

    def wrong(self, what: str) -> ValueError:
        """The complaint about this scene, to be raised."""
        return ValueError(f"{self.name}: {what}")

    def _turn(self) -> int:
        """The belly looks 90 degrees to one side of the trunk; `facing` says to which."""
        if self.scene.facing is None:
            raise self.wrong("facing is missing.")
        across = signed(self.scene.pelvis.angle - _LOOKS_TO[self.scene.facing])
        if not 30 <= abs(across) <= 150:
            raise self.wrong(
                f"facing is {self.scene.facing} but the pelvis points to {self.scene.pelvis.angle:g} degrees,"
                " so which side is near cannot be told."
            )
        return 1 if across > 0 else -1

    def angle(self, joint: str) -> float:
        """The given angle of a joint that no contact solves. Raises ValueError when it is missing."""
        self._used.add(joint)
        if joint not in self.scene.joints:
            raise self.wrong(f"{joint} is missing.")
        return self.scene.joints[joint]

    def solved(self, joint: str, angle: float, slack: float = SLACK) -> None:
        """Raises ValueError when the angle that a contact makes is beyond the joint's range."""
        check_angle(self.name, joint, signed(angle), slack)

    def refuse_unused(self) -> None:
        for joint in self.scene.joints:
            if joint not in self._used:
                raise self.wrong(f"{joint} is solved from a contact and must not be given as well.")

    def contact(self, part: str) -> Contact | None:
        found = [contact for key, contact in self.scene.contacts.items() if key == part]
        return found[0] if found else None

    def planted_x(self, part: str, contact: Contact) -> float:
        return self.planted(part, contact, 0.0)[0]

    def planted(self, part: str, contact: Contact, rest: float) -> Point:
        """Where a joint is whose centre lies `rest` above what it is planted on."""
        if contact.x is None or contact.along is not None or contact.on not in _GROUNDS:
            raise self.wrong(f"a planted {part} needs on mat and x, and nothing else.")
        return (contact.x, -rest - self.height(part, contact))

    def height(self, part: str, contact: Contact) -> float:
        found = top_of(self.scene.props, contact.on)
        if found is None:
            raise self.wrong(f"{part} on {contact.on} needs such a thing among the props.")
        return found
