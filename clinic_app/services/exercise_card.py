"""One exercise on a sample handout, so that an editor sees what a patient would hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from clinic_app.errors import NotReady
from clinic_app.models import Account, Exercise
from clinic_app.services import branding, exercises, figures, photos
from clinic_app.services.exercise_content import exercise_content
from clinic_app.services.exercise_entry import read
from clinic_app.services.printing import Pages, make
from clinic_app.services.sample import sample_job
from clinic_app.starter.lists import State
from clinic_app.starter.pack import load_pack

SAMPLE = "low-back-six"


def card(account: Account, exercise: Exercise, content: Mapping[str, Any], today: date) -> Pages:
    """The pages of a draft handout for the sample patient with this exercise alone, in the clinic's branding.

    Raises:
        NotReady: with every gap of the content.
        NotPrintable, RenderFailed: if the pages cannot be made.
    """
    look = figures.look_for(account.clinic.branding, None, exercise.slug)
    try:
        entry = read({**content, "state": State.PUBLISHED})  # what it would be; a draft may lack its reason
        sources = [
            photos.source(each["scene"], each["photo"], each["photo_type"], each["photo_side"])
            for each in content["pictures"]
        ]
        said, files = exercise_content(entry, sources, entry.dosage, look)
    except (ValidationError, NotReady) as error:
        raise NotReady(exercises.gaps(exercise, dict(content), today)) from error
    clinic, logo = branding.printed(account.clinic.branding)
    sample = sample_job(load_pack(), SAMPLE, today, clinic, logo)
    handout = replace(sample.handout, title=entry.name, edition=0, replaces=None, exercises=(said,), changes=())
    return make(replace(sample, handout=handout, files={**logo, **files}, address=None))
