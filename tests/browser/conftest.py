"""A real Chromium in front of the running service: one browser a run, a fresh server and profile a test.

Every tab watches itself: an error in its console, a script that failed or a request to another host fails the test
at its end, so that no test has to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from tests.browser.person import Person
from tests.browser.watch import Watch
from tests.browser_path import FLAGS, find_chromium
from tests.cast import Cast
from tests.exercise_drafts import edgars_copy

PATIENCE = 30_000  # milliseconds; making the pages takes about one second, more on a busy machine
NO_PAGES = "<p data-count>Pages</p>"
NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="11"/>'


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.0"  # no connection outlives its answer
    timeout = 5  # seconds; for connections that the browser opened beforehand and never used

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - named by Werkzeug
        pass


def whole(app: WSGIApplication) -> WSGIApplication:
    """`app` with each answer in one piece: Werkzeug's server leaves a file open when the browser goes away early."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        parts = ClosingIterator(app(environ, start_response))
        try:
            return [b"".join(parts)]
        finally:
            parts.close()

    return serve


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application as it is served: forms without their token are refused."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


@pytest.fixture
def site(app: Flask, cast: Cast) -> Iterator[str]:
    """The address of the running service."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True, request_handler=Silent)
    server.daemon_threads = False  # type: ignore[attr-defined] # of the threaded kind; closing waits until every answer was sent and its file closed
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watch(chromium: Browser, site: str) -> Iterator[Watch]:
    """A fresh profile of the browser, and an eye on it."""
    context = chromium.new_context(base_url=site, viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    made = Watch(context, site)
    yield made
    context.close()
    assert not made.complaints, made.complaints


@pytest.fixture
def without_previews(watch: Watch) -> None:
    """Draft pages and their pictures are not asked for: they cost most of a test's time and are not its subject."""
    hide_previews(watch.context)


def hide_previews(context: BrowserContext) -> None:
    context.route(
        re.compile(r"/draft/\d+\.png"), lambda route: route.fulfill(content_type="image/svg+xml", body=NO_PICTURE)
    )
    context.route(re.compile(r"\?part=pages"), lambda route: route.fulfill(content_type="text/html", body=NO_PAGES))


@pytest.fixture
def person(watch: Watch) -> Person:
    """Somebody at the sign-in page of a fresh browser."""
    tab = watch.context.new_page()
    tab.goto("/")
    return Person(tab)


@pytest.fixture
def clara(person: Person) -> Person:
    """Clara, signed in, with her page of the day before her. What she did for that is not counted."""
    person.sign_in("Clara")
    person.actions = 0
    return person


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """Edgar's copy of the bird-dog."""
    return edgars_copy(app, cast)
