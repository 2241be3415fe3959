"""The order to print: through a pipe and back, and the key of its PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_app.rendering import fonts, layout
from clinic_app.rendering.content import PatientAddress
from clinic_app.rendering.job import File, Job, decode, encode, key


def test_comes_back_the_same(job: Job) -> None:
    assert decode(encode(job)) == job
    assert encode(decode(encode(job))) == encode(job)


def test_comes_back_without_an_address(job: Job) -> None:
    assert decode(encode(replace(job, address=None))).address is None


def test_key_is_the_same_for_the_same_order(job: Job) -> None:
    assert key(job) == key(decode(encode(job)))


def test_key_changes_with_everything_that_changes_the_pages(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = File(b"other", "image/png")
    keys = {
        key(job),
        key(replace(job, handout=replace(job.handout, title="Other"))),
        key(replace(job, address=None)),
        key(replace(job, address=PatientAddress("https://clinic.example/p/other", "OTHER"))),
        key(replace(job, files={**job.files, "0" * 64: picture})),
    }
    monkeypatch.setattr(fonts, "digest", lambda: "other fonts")
    keys.add(key(job))
    monkeypatch.undo()
    monkeypatch.setattr(layout, "digest", lambda name: f"other {name}")
    keys.add(key(job))
    assert len(keys) == 7


def test_a_broken_order_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        decode(b"not json")
