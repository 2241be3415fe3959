"""The rival: flex and grid, custom properties, the style inside the page, pictures as data, nothing kept, no tags.

Honest on purpose. It has the words, pictures, pages, fonts (from fontconfig, which costs it less than `@font-face`) and
the compiled template that a Flask application would have. Run as a program it is a render process of the pool.
"""

from __future__ import annotations

import gc
from base64 import b64encode
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from clinic_app.dosage.band import cells
from clinic_app.dosage.sentence import beside_the_band
from clinic_app.rendering import dates, fonts, icons, page_one, qr, worker
from clinic_app.rendering.content import Exercise, Handout
from clinic_app.rendering.job import Job, Printed

fonts.load()

from weasyprint import HTML  # noqa: E402 - fontconfig must be set up first

HERE = Path(__file__).parent


def render(job: Job) -> Printed:
    document = HTML(string=html(job)).render()
    return Printed(document.write_pdf(), len(document.pages))


def html(job: Job) -> str:
    handout = job.handout
    return _template().render(
        handout=handout,
        files={name: _data(file.data, file.media_type) for name, file in job.files.items()},
        icons={name: _data(data, "image/svg+xml") for name, data in icons.ICONS.items()},
        how=page_one.how(handout.exercises),
        cards=[_card(handout, number) for number in range(len(handout.exercises))],
        on_floor=any(exercise.on_floor for exercise in handout.exercises),
        days=[dates.WEEKDAYS[day.weekday()] for day in dates.days_from(handout.issued_on, 14)],
        qr=_data(qr.svg(job.address.url), "image/svg+xml") if job.address else "",
        code=job.address.code if job.address else "",
    )


def _card(handout: Handout, index: int) -> dict[str, Any]:
    exercise = handout.exercises[index]
    groups = ["", *(each.group for each in handout.exercises)]
    starts = [group if group != before else "" for before, group in pairwise(groups)]
    return {
        "number": index + 1,
        "exercise": exercise,
        "group": starts[index],
        "cells": cells(exercise.dosage, exercise.body_part, handout.language),
        "beside": _beside(exercise, handout.language),
        "easier": exercise.easier.removeprefix("Easier:").strip(),
    }


def _beside(exercise: Exercise, language: str) -> str:
    return " ".join(beside_the_band(exercise.dosage, exercise.body_part, language))


def _data(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    environment.filters["in_words"] = dates.in_words
    environment.filters["without_year"] = dates.without_year
    return environment.get_template("handout.html")


def _load() -> worker.Handlers:
    def render_untuned(job: Job) -> Printed:
        if gc.get_freeze_count():  # the worker's own tuning is not part of the rival
            gc.unfreeze()
            gc.set_threshold(700, 10, 10)
        return render(job)

    return worker.Handlers(render_untuned, lambda *_: ())


if __name__ == "__main__":
    worker.serve(_load)
