"""The lists of the exercise form: a line is added, removed or moved in what was sent, and nothing else changes.

What cannot be read (a number in words) stays as it was typed, because nothing is read here.
"""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

LISTS = ("steps", "easier", "harder", "precautions", "pictures")
MOST = {"steps": 12, "easier": 6, "harder": 6, "precautions": 20, "pictures": 4}

Sent = MultiDict[str, str]


def pressed(sent: Sent, button: str) -> tuple[Sent, str, int | None]:
    """What was sent after the button `steps:up:2` (name, what, line), the list's name, and the line to go on with.

    An unknown button changes nothing; its list's name is "".
    """
    name, _, rest = button.partition(":")
    what, _, number = rest.partition(":")
    order = indexes(sent, name) if name in LISTS else []
    here = order.index(int(number)) if number.isdigit() and int(number) in order else None
    if name not in LISTS or (what != "add" and here is None):
        return sent, "", None
    if what == "add" and len(order) < MOST[name]:
        return renumbered(sent, name, [*order, None]), name, len(order)
    if what == "remove" and here is not None:
        del order[here]
        return renumbered(sent, name, list(order)), name, min(here, len(order) - 1) if order else None
    there = None if here is None else here + {"up": -1, "down": 1}.get(what, 0)
    if here is None or there is None or not 0 <= there < len(order):
        return sent, name, here
    order[here], order[there] = order[there], order[here]
    return renumbered(sent, name, list(order)), name, there


def indexes(sent: Sent, name: str) -> list[int]:
    """The numbers of the list's lines, in order."""
    found = {int(match[1]) for key in sent if (match := re.match(rf"{name}-(\d{{1,3}})(?:-|$)", key))}
    return sorted(found)


def renumbered(sent: Sent, name: str, order: list[int] | list[int | None]) -> Sent:
    """What was sent with the list's lines in `order` and numbered from 0; None stands for an empty line."""
    changed: Sent = MultiDict()
    for key, value in sent.items(multi=True):
        match = re.match(rf"{name}-(\d{{1,3}})((?:-.*)?)$", key)
        if not match:
            changed.add(key, value)
        elif int(match[1]) in order:
            changed.add(f"{name}-{order.index(int(match[1]))}{match[2]}", value)
    for number, old in enumerate(order):
        if old is None:
            changed.add(f"{name}-{number}" if name == "steps" else f"{name}-{number}-added", "")
    return changed
