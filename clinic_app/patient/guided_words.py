"""What the guided session says, on the screen, by voice and to screen readers: the same words for all."""

from __future__ import annotations

from collections.abc import Mapping

from clinic_app.dosage import BodyPart, Side
from clinic_app.dosage.guide import StepKind

ORDERS: Mapping[StepKind, str] = {
    StepKind.NEXT: "Get into place. Then press Start.",
    StepKind.GET_READY: "Get ready",
    StepKind.THERE: "Move into place",
    StepKind.HOLD: "Hold. Keep breathing.",
    StepKind.BACK: "Relax. Come back.",
    StepKind.MOVE: "Move slowly",
    StepKind.LOWER: "Lower slowly",
    StepKind.PAUSE: "Pause",
    StepKind.LIFT: "Lift slowly",
    StepKind.GO: "Keep going",
    StepKind.REST: "Rest",
}

PICTURE_SHOWS = "The picture shows the {side}."

# Names in braces are filled in by the page.
WORDS: Mapping[str, object] = {
    "orders": ORDERS,
    "place": "Exercise {number} of {of}",
    "start": "Start",
    "done": "Done, go on",
    "pause": "Pause",
    "go_on": "Go on",
    "paused": "Paused. Take your time.",
    "here_before": "You stopped here. Press Go on.",
    "asleep": "Your phone was asleep. Press Go on.",
    "may_stop": "You may stop here.",
    "may_stop_round": "You may stop here, or do 1 more round.",
    "last_one": "This is the last one.",
    "enough": "Stop here, go on",
    "own_time": "In your own time",
    "range": "{lower} to {upper}",
    "second": "second",
    "seconds": "seconds",
    "of_second": "of {of} second",
    "of_seconds": "of {of} seconds",
    "of_minutes": "of {of} minutes",
    "of_breath": "of {of} breath",
    "of_breaths": "of {of} breaths",
    "of_time": "of {of} time",
    "of_times": "of {of} times",
    "count": "{number} of {of}",
    "round": "Round {number} of {of}",
    "next": "Next: {what}",
    "next_rest": "rest",
    "next_round": "round {number}",
    "next_end": "the end",
    "times": "{of} times",
    "once": "once",
    "picture_shows": PICTURE_SHOWS,
    "well_done": "Well done",
    "stopped": "You have stopped for now",
    "finished": "You finished {number} of {of}.",
    "written": "Written down.",
    "not_written": "This could not be written down. Please tick it on your page.",
    "sound_on": "Sound is on",
    "sound_off": "Sound is off",
    "motion_on": "Move the picture",
    "motion_off": "Stop the picture",
}


def side_words(part: BodyPart) -> dict[str, str]:
    """What each side is called, and the order to change to the other one ("switch")."""
    return {
        Side.NONE: "",
        Side.LEFT: f"Left {part}",
        Side.RIGHT: f"Right {part}",
        Side.BOTH_TOGETHER: f"Both {part}s together",
        Side.ALTERNATE: f"Change {part}s each time",
        "switch": f"Other {part} now",
    }
