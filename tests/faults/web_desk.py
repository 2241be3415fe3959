"""Clara at a browser, before a web process that may die in the middle of her press."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.cast import PASSWORD, email
from tests.faults.gunicorn_settings import ORDER
from tests.faults.processes import PATIENCE, Lender, Settings
from tests.forms import fields

GIVEN = {"Content-Type": "application/x-www-form-urlencoded"}
NOTHING: Mapping[str, str] = {}


class Answer(NamedTuple):
    status: int
    place: str  # where it sends the browser, without host and anchor
    text: str  # with single blanks


@contextmanager
def open_desk(lender: Lender, given: Settings) -> Iterator[Desk]:
    """A running web server and the browser before it."""
    pid = lender.ask(web=given)
    try:
        yield Desk(lender.ask(port=pid), Path(given["CLINIC_DATA"]))
    finally:
        lender.ask(stop=pid)


class Desk:
    """The browser before the web server on `port`, which keeps its data in `folder`."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port = port
        self._order = folder / ORDER
        self._cookies: dict[str, str] = {}

    def sign_in(self, name: str) -> None:
        form = self.form("/sign-in") | {"email": email(name), "password": PASSWORD}
        answer = self.press("/sign-in", form)
        assert answer
        assert answer.status in {302, 303}, answer.text

    def page(self, path: str) -> str:
        answer = self._ask("GET", path)
        assert answer.status == 200, (path, answer)
        return answer.text

    def form(self, path: str) -> dict[str, str]:
        """The fields of the page at `path`, with the token against forgery."""
        text = self.page(path)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', text)
        assert token, path
        return {**fields(text), "csrf_token": token[1]}

    def press(
        self, path: str, form: Mapping[str, str], *, die: str = "", say: Mapping[str, str] = NOTHING
    ) -> Answer | None:
        """What comes of sending `form`; None: the process died at the failpoint `die`, and another begins.

        `say`: more headers.
        """
        if die:
            self._order.write_text(die, "ascii")
        try:
            return self._ask("POST", path, form, say)
        except (RemoteDisconnected, ConnectionResetError):
            assert die, "the web server died by itself"
            return None

    def _ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None, say: Mapping[str, str] = NOTHING
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            headers = {"Cookie": cookie, "Connection": "close", **(GIVEN if form is not None else {}), **say}
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = connection.getresponse()
            text = " ".join(answer.read().decode("utf-8").split())
        except TimeoutError:
            raise AssertionError(f"{method} {path} was not answered in {PATIENCE} seconds") from None
        finally:
            connection.close()
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(answer.status, urlsplit(answer.headers.get("Location", "")).path, text)
