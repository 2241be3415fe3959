"""The address of a static file carries a digest of its bytes, so browsers may keep it for a year.

Style sheets, scripts and drawings are packed: a phone on a bad connection waits for a quarter of them.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

PACKED = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def init_app(app: Flask) -> None:
    folder = Path(str(app.static_folder))

    @lru_cache(maxsize=256)
    def digest(filename: str) -> str:
        path = folder / filename
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""

    @app.url_defaults
    def _add_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and (found := digest(values["filename"])):
            values["v"] = found

    @app.after_request
    def _pack(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200 or response.mimetype not in PACKED:
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.direct_passthrough = False
            response.set_data(packed(response.get_data()))
            response.content_encoding = "gzip"
            del response.headers["ETag"]  # it names the bytes that are not packed
        return response


@lru_cache(maxsize=256)
def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
