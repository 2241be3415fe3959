"""The headers of every answer: nothing from other hosts, nothing kept in caches, no frames, no referrer."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# The browser's own viewer shows a PDF with inline styles and an embedded object.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
# A drawing may move by itself (SMIL needs no script), and it may load and run nothing, however it is opened.
SVG_POLICY = "default-src 'none'; frame-ancestors 'none'"
POLICIES = {"application/pdf": PDF_POLICY, "image/svg+xml": SVG_POLICY}
# A message of the demo's mailbox, shown as it was written: inline styles, no scripts, nothing loaded, nobody's origin.
MAIL_PAGE = "staff.mailbox_page"
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def init_app(app: Flask) -> None:
    @app.after_request
    def _protect(response: Response) -> Response:
        response.headers.update(FIXED)
        response.headers["Content-Security-Policy"] = POLICIES.get(response.mimetype or "", POLICY)
        if request.endpoint == MAIL_PAGE and response.status_code == 200:
            response.headers["Content-Security-Policy"] = MAIL_POLICY
        # Only what is named by its content may be kept; a view says so by "immutable". By "private" alone it says that
        # one person's program may keep it and ask each time whether it changed.
        kept = response.cache_control
        may_be_kept = kept.immutable or (kept.private and not kept.no_store)
        if request.endpoint != "static" and not may_be_kept:
            response.headers["Cache-Control"] = "no-store"
        if current_app.config["CLINIC"].https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
