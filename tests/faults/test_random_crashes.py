"""Two workers and the web process die at random, together and against each other."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from random import Random

import pytest
from flask import Flask

from clinic_app.models.delivery import DeliveryState
from clinic_app.services.delivery_queue import MOST_DEATHS
from tests.cast import Cast
from tests.faults.mail_peer import Peer
from tests.faults.processes import Workers
from tests.faults.web_desk import Desk
from tests.faults.world import AFTER_LEASE, CALLED_BACK_NO_MORE, CANCEL, KILLED, SEND, check_world, issued, mail

SEEDS = (1, 2)
ROUNDS = 5
ENDS = {DeliveryState.ACCEPTED, DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.CANCELLED}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_workers_and_the_web_die_at_random(
    seed: int,
    served: Flask,
    cast: Cast,
    desk: Desk,
    workers: Workers,
    peer: Peer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is drawn by lot is the same each time, what comes first is not."""
    lot = Random(seed)
    pages = [f"/staff/handouts/{issued(served, cast, monkeypatch)}" for _ in range(ROUNDS)]
    for turn, page in enumerate(pages):
        ahead = CALLED_BACK_NO_MORE + turn * AFTER_LEASE
        form = desk.form(f"{page}/send")
        both = [workers.start(lot.choice(["", *KILLED]), ahead=ahead) for _ in range(2)]
        until_answered(desk, f"{page}/send", form, lot.choice(("", *SEND[0], *SEND[1])))
        if lot.random() < 0.5:
            until_answered(desk, f"/staff/deliveries/{mail(served).id}/cancel", form, lot.choice(("", *CANCEL[0])))
        for each in both:
            assert workers.wait(each) in {0, -signal.SIGKILL}
    for turn in range(ROUNDS, ROUNDS + MOST_DEATHS + 1):
        assert workers.run(ahead=turn * AFTER_LEASE) == 0
    states = check_world(served, peer)
    assert len(states) == ROUNDS, "each press is one sending"
    assert set(states.values()) <= ENDS


def until_answered(desk: Desk, path: str, form: Mapping[str, str], die: str) -> None:
    answer = desk.press(path, form, die=die) or desk.press(path, form)
    assert answer
    assert answer.status == 303, answer.text
