"""The buttons of the builder besides Save and Issue. Each is sent with the whole form, which is saved first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from clinic_app.database import db
from clinic_app.dosage import Range
from clinic_app.errors import NotAllowed, NotFound
from clinic_app.models import Account, Exercise, Programme, Protocol
from clinic_app.services import ours, programme_clashes, programme_edits, programme_revisions, typed_lines
from clinic_app.staff import programme_catalogue

ALL = ("hold", "reps", "times_per_day", "days_per_week", "weeks")
RANGE = re.compile(r"\s*(\d{1,4})\s*(?:(?:to|-|–)\s*(\d{1,4})\s*)?", re.ASCII)

Sent = MultiDict[str, str]
Button = Callable[[Account, Programme, Sent], str]


def press(who: Account, programme: Programme, sent: Sent) -> str | None:
    """Carry out the button that was pressed; returns what came of it in words, or None if there was none but Save.

    Raises:
        NotAllowed: with a sentence, if it cannot be done.
        NotFound: if it names something that is not there.
    """
    for name, button in BUTTONS.items():
        if sent.get(name):
            return button(who, programme, sent)
    action = ACTIONS.get(sent.get("action", ""))
    return action(who, programme, sent) if action else None


def _move(who: Account, programme: Programme, sent: Sent) -> str:
    row, _, direction = sent["move"].partition(":")
    programme_edits.move(who, programme, _number(row), -1 if direction == "up" else 1)
    places = {row.id: place for place, row in enumerate(programme.exercises, 1)}
    place = places.get(_number(row))
    return f"{programme.exercises[place - 1].exercise.name} is number {place} now." if place else ""


def _arrange(who: Account, programme: Programme, sent: Sent) -> str:
    programme_edits.arrange(who, programme, [_number(each) for each in sent["arrange"].split(",")])
    return ""


def _remove(who: Account, programme: Programme, sent: Sent) -> str:
    programme_edits.set_removed(who, programme, _number(sent["remove"]), removed=True)
    return ""


def _put_back(who: Account, programme: Programme, sent: Sent) -> str:
    programme_edits.set_removed(who, programme, _number(sent["put_back"]), removed=False)
    return ""


def _add(who: Account, programme: Programme, sent: Sent) -> str:
    """The picked exercise; a dose that was typed beside its name comes with it."""
    exercise = ours.fetch(Exercise, _number(sent["add"]), who)
    return _added(who, programme, exercise, typed_lines.read_line(who, sent.get("line", "")).dosage_text)


def _add_line(who: Account, programme: Programme, sent: Sent) -> str:
    """The first exercise that the typed line finds, with its dose: somebody typed faster than the list came."""
    found = programme_catalogue.find(who, sent.get("line", ""), sent.getlist("only"), limit=1)
    if not found.name:
        raise NotAllowed("Type the name of an exercise first.")
    if not found.rows:
        raise NotAllowed(f"Nothing matches “{found.name}”.")
    return _added(who, programme, found.rows[0], typed_lines.read_line(who, found.text).dosage_text)


def _added(who: Account, programme: Programme, exercise: Exercise, dose: str) -> str:
    read = typed_lines.read_dosage(exercise, dose) if dose else None
    if read and read.dosage is None:
        raise NotAllowed(f"{exercise.name}: {read.error}")
    programme_edits.add(who, programme, exercise, read.dosage if read else None)
    return f"Added {exercise.name}."


def _add_protocol(who: Account, programme: Programme, sent: Sent) -> str:
    added = programme_edits.add_protocol(who, programme, protocol(who, sent["add_protocol"]))
    if not added:
        return "All its exercises are in the programme already."
    return f"Added {added} exercise{'' if added == 1 else 's'}."


def _swap(who: Account, programme: Programme, sent: Sent) -> str:
    row, _, exercise = sent["swap"].partition(":")
    programme_clashes.swap(who, programme, _number(row), ours.fetch(Exercise, _number(exercise), who))
    return ""


def _keep(who: Account, programme: Programme, sent: Sent) -> str:
    row, _, code = sent["keep"].partition(":")
    programme_clashes.keep(who, programme, _number(row), code, sent.get(f"reason-{row}-{code}", ""))
    return ""


def _safety(who: Account, programme: Programme, sent: Sent) -> str:
    programme_edits.set_safety(who, programme, sent["safety"])
    return "Changed the safety advice on page 1."


def _undo(who: Account, programme: Programme, sent: Sent) -> str:
    words = programme_revisions.undo(who, programme, _number(sent.get("version", "")))
    return f"Undone: {words[:1].lower()}{words[1:]}."


def _change_all(who: Account, programme: Programme, sent: Sent) -> str:
    values = {name: _range(sent.get(f"all-{name}", "")) for name in ALL}
    if not any(values.values()):
        raise NotAllowed("Fill in at least one number for all exercises.")
    changed = programme_edits.change_all(who, programme, **values)
    return f"Changed {changed} exercise{'' if changed == 1 else 's'}."


# Sent under their own name, with what they are for as the value.
BUTTONS: Mapping[str, Button] = {
    "move": _move,
    "arrange": _arrange,
    "remove": _remove,
    "put_back": _put_back,
    "add": _add,
    "add_protocol": _add_protocol,
    "swap": _swap,
    "keep": _keep,
    "safety": _safety,
}
# Sent as the value of `action`.
ACTIONS: Mapping[str, Button] = {"add": _add_line, "undo": _undo, "change_all": _change_all}


def protocol(who: Account, slug: str) -> Protocol:
    """A published protocol of the clinic. Raises NotFound."""
    query = select(Protocol).where(
        Protocol.clinic_id == who.clinic_id, Protocol.slug == slug, Protocol.state == "published"
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such protocol.")
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0


def _range(text: str) -> Range | None:
    """`text` as "3", "3 to 5" or "3-5"; None when it is empty. Raises NotAllowed for anything else."""
    if not text.strip():
        return None
    match = RANGE.fullmatch(text)
    if match is None:
        raise NotAllowed(f"“{text[:20]}” is not a number, nor a range such as 3 to 5.")
    low, high = int(match[1]), int(match[2] or match[1])
    if high < low:
        raise NotAllowed(f"{low} to {high} runs backwards.")
    return Range.of(low, high)
