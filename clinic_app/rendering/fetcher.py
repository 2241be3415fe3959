"""The only source of files while a page is made: bytes that are already in memory, named by their hash."""

from __future__ import annotations

from collections.abc import Mapping

from clinic_app.rendering import fonts
from clinic_app.rendering.assets import PREFIX

fonts.load()

from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402 - fontconfig must be set up first


class Assets(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Answers `asset:<sha256>` from `files` (sha256: bytes, media type) and nothing else; there is no network.

    Any other address is a mistake in a template or an attack, so it stops the render (FatalURLFetchingError,
    a BaseException) instead of leaving a gap on the page. `denied` counts them; addresses are not kept, for they
    may hold what a person typed.
    """

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.files = files
        self.denied = 0

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(PREFIX) and (found := self.files.get(url.removeprefix(PREFIX))):
            data, media_type = found
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        self.denied += 1
        raise ValueError("this address is not one of the handout's own files")
