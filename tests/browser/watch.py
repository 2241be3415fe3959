"""What a browser complains of while a test runs, and where it sends requests."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, WebError

REFUSED = re.compile(r"status of (401|409|422)\b")


class Watch:
    """Collects errors of the console (refusals by the content policy among them), of scripts, and foreign requests."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.origin = site
        self.complaints: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self.offline_expected = False  # a test that takes the connection away says so
        self.sign_out_expected = False  # so does one that takes the sign-in away; pictures still come then
        self.leaves_unsaved = False  # a test that goes from page to page leaves what it typed
        self._pages: set[str] = set()
        self._parts: set[str] = set()
        context.on("console", self._hear)
        context.on("weberror", self._fail)
        context.on("request", self._see)
        context.on("dialog", self._answer)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        # Every browser asks for it while it shows a PDF, which cannot name an icon.
        if message.location["url"].endswith("/favicon.ico"):
            return
        # A page that answers 404, 409 or 422 is an answer that a test asked for; a missing picture is a fault.
        if message.text.startswith("Failed to load resource") and message.location["url"] in self._pages:
            return
        # The same for a part of a page (htmx), but only these answers: any other one is a fault.
        if REFUSED.search(message.text) and message.location["url"] in self._parts:
            return
        if self.offline_expected and "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        if self.sign_out_expected and "status of 401" in message.text:
            return
        self.complaints.append(f"{message.type} at {message.location['url']}: {message.text}")

    def _fail(self, error: WebError) -> None:
        self.complaints.append(f"a script failed: {error.error}")

    def _answer(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            if self.leaves_unsaved:
                dialog.accept()
            return  # ours, before changes are lost; the test that expects it answers it
        self.complaints.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _see(self, request: Request) -> None:
        self.requests.append((request.method, request.url))
        if request.is_navigation_request():
            self._pages.add(request.url)
        if request.resource_type in {"xhr", "fetch"}:
            self._parts.add(request.url)
        parts = urlsplit(request.url)
        # The browser's own PDF viewer and pictures inside a page ask no host.
        if parts.scheme in {"http", "https", "ws", "wss", "ftp"} and not request.url.startswith(f"{self.origin}/"):
            self.complaints.append(f"a request left for {request.url}")
