"""The sample handout: every protocol that may be issued prints from the pack alone, for a person who does not exist."""

from __future__ import annotations

from datetime import date

import pytest

from clinic_app.rendering import snapshot
from clinic_app.services.sample import CLINIC, PATIENT, sample_job
from clinic_app.starter.pack import load_pack

PACK = load_pack()
TODAY = date(2026, 11, 23)
PUBLISHED = [protocol.slug for protocol in PACK.protocols if protocol.state == "published"]


@pytest.mark.parametrize("slug", PUBLISHED)
def test_every_published_protocol_has_a_whole_sample(slug: str) -> None:
    job = sample_job(PACK, slug, TODAY)
    said = job.handout
    assert said.title == PACK.protocol(slug).name
    assert len(said.exercises) == sum(len(group.exercises) for group in PACK.protocol(slug).groups)
    assert said.safety.emergency
    for exercise in said.exercises:
        assert exercise.sentence
        assert exercise.steps
        assert len(exercise.pictures) >= 2
        for picture in exercise.pictures:
            assert picture.alt
            assert picture.file in job.files
    assert snapshot.from_json(snapshot.to_json(said)) == said


def test_it_is_about_nobody() -> None:
    assert PATIENT.name == "Sample Patient"
    # Ofcom keeps 01632 960000 to 960999 free for fiction.
    assert CLINIC.phone.replace(" ", "").startswith("01632960")


def test_its_days_follow_from_today() -> None:
    said = sample_job(PACK, "low-back-six", TODAY).handout
    protocol = PACK.protocol("low-back-six")
    assert said.issued_on == TODAY
    assert said.review_on
    assert (said.review_on - TODAY).days == 7 * protocol.review_weeks
    assert (said.not_better_by - TODAY).days == 7 * protocol.not_better_weeks


def test_the_same_day_gives_the_same_job() -> None:
    assert sample_job(PACK, "low-back-six", TODAY) == sample_job(PACK, "low-back-six", TODAY)


def test_an_unknown_protocol_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sample_job(PACK, "no-such", TODAY)
