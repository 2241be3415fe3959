"""A picture as an answer: its kind read from its bytes, drawings packed for all that can unpack them."""

from __future__ import annotations

import gzip

from flask import Response, request

from clinic_app.rendering.pictures import SVG, media_type

KEPT = 365 * 24 * 3600  # seconds a browser may keep a picture that is named by its digest


def answer(data: bytes) -> Response:
    """The picture as a browser wants it: a drawing takes a tenth of its size.

    Raises:
        ValueError: if it is neither a drawing nor a PNG or JPEG.
    """
    response = Response(mimetype=media_type(data))
    if response.mimetype == SVG:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            data = gzip.compress(data, mtime=0)
            response.content_encoding = "gzip"
    response.data = data
    return response
