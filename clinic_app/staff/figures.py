"""The figure in the pictures: previews for the pages where it is chosen, and its words in a patient's record."""

from __future__ import annotations

import re

from flask import Response, request

from clinic_app.illustration.people import PARTS, PEOPLE, Person, look_of_person
from clinic_app.illustration.portrait import draw_portrait
from clinic_app.models import Patient
from clinic_app.services import figures
from clinic_app.services.colour import dark_enough
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.figure import LEGENDS, WORDS


@blueprint.app_template_filter("figure_words")
def figure_words(patient: Patient) -> list[str]:
    """What was chosen for this person's pictures, as words; empty: as the clinic."""
    person = figures.chosen_by(patient)
    return [
        f"{LEGENDS[part]}: {words[chosen].lower()}"
        for part, words in WORDS.items()
        if (chosen := getattr(person, part)) in words
    ]


@blueprint.get("/figures/preview.svg")
def figure_preview() -> Response:
    """One person as a drawing: `skin`, `hair`, `hair_colour`, `age`, `shape` as chosen, the rest as person `who`.

    `cut=head` shows head and shoulders. `over=clinic` lets the clinic's own choice go before person `who`, as in a
    patient's pictures. `colour` is a clinic colour that is being tried. What is no choice is left out.
    """
    ours = account().clinic.branding
    who = request.args.get("who", "")
    person = PEOPLE[int(who) % len(PEOPLE) if re.fullmatch(r"[0-9]{1,3}", who) else 0]
    if request.args.get("over") == "clinic":
        person = figures.chosen_by(ours).over(person)
    person = Person(**{part: request.args.get(part, "")[:40] for part in PARTS}).over(person)
    tried = request.args.get("colour", "")
    colour = dark_enough(tried) if re.fullmatch(r"#[0-9a-fA-F]{6}", tried) else ours.colour
    drawing = draw_portrait(look_of_person(person, colour), "head" if request.args.get("cut") == "head" else "whole")
    return Response(drawing, mimetype="image/svg+xml")
