"""Saves of one open page count in the order in which they were made, whatever the order in which they arrive.

A page saves by itself, and a slow connection can deliver an earlier save after a later one. Each page therefore has a
name and numbers its saves; one that comes late is answered and changes nothing.
"""

from __future__ import annotations

from clinic_app.models import Programme

MOST_PAGES = 20  # remembered for a programme
LONGEST_NAME = 40  # letters


def take(programme: Programme, page: str, number: int) -> bool:
    """Whether save `number` (from 1) of `page` is to be carried out; then it is remembered with the programme.

    The programme must be locked. A page without scripts has neither name nor number: its saves always count.
    """
    page = page[:LONGEST_NAME]
    if not page or number < 1:
        return True
    if number < programme.page_saves.get(page, 0):
        return False
    others = {name: last for name, last in programme.page_saves.items() if name != page}
    programme.page_saves = dict([*others.items(), (page, number)][-MOST_PAGES:])
    return True
