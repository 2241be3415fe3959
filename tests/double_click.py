"""Two presses of one button that reach the server at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Barrier, Thread

from flask import Flask
from flask.testing import FlaskClient


def answers_to_both(
    app: Flask, client: FlaskClient, address: str, data: Mapping[str, str | Sequence[str]]
) -> list[tuple[int, str]]:
    """Send the same form twice at once with the session of `client`; the status and location of both answers."""
    cookie = client.get_cookie("session")
    assert cookie
    gate = Barrier(2)
    answers: list[tuple[int, str]] = []

    def click() -> None:
        other = app.test_client()
        other.set_cookie("session", cookie.value)
        gate.wait()
        answer = other.post(address, data=data)
        answers.append((answer.status_code, answer.location))

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
