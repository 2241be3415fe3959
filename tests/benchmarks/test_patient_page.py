"""The load on the patient's page: a miss is told, and a machine that is busy for a while is no miss."""

from __future__ import annotations

import time

import pytest

from benchmarks import patient_page
from benchmarks.patient_page import Load

QUICK, SLOW = (0.01,) * 20, (0.4,) * 20


@pytest.mark.parametrize(
    ("rounds", "verdict", "missed"),
    [
        ((QUICK, QUICK), "met", 0),
        ((QUICK, SLOW), "not met, within the noise", 0),
        ((SLOW, SLOW), "MISSED", 1),
    ],
)
def test_slow_answers_are_told(
    rounds: tuple[tuple[float, ...], ...], verdict: str, missed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert patient_page.report(Load(rounds, 0.008)) == missed
    said = capsys.readouterr().out
    assert verdict in said
    assert "8.0 ms" in said


def test_a_request_that_had_to_wait_its_turn_is_timed_from_when_it_was_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten requests due within 0.02 seconds, one connection, each 0.02 seconds long: the last one waited for all."""
    monkeypatch.setattr(patient_page, "RATE", 500)
    monkeypatch.setattr(patient_page, "LENGTH", 10 / 500)
    monkeypatch.setattr(patient_page, "IN_FLIGHT", 1)
    monkeypatch.setattr(patient_page.Phone, "look", lambda _phone: time.sleep(0.02))
    took = list(patient_page._round([patient_page.Phone(0, "", "", 0)] * patient_page.PATIENTS))
    assert len(took) == 10
    assert took[-1] > 0.15
