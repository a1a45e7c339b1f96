"""What every answer carries on its way out: safety headers, caching, compression."""

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR_S = 365 * 24 * 3600
COMPRESSED_FROM = 1024
"""Bytes; what is shorter gains nothing."""
TEXT_TYPES = frozenset(
    {
        "application/geo+json",
        "application/javascript",
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def set_up_delivery(app: Flask) -> None:
    """Add headers to every answer, forbid keeping what answers a person, compress text.

    A view that needs another policy (a map with its own script hashes) sets the header itself.
    """
    app.after_request(_compressed)
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        personal = request.method == "POST" or response.status_code >= HTTPStatus.BAD_REQUEST
        response.headers["Cache-Control"] = "no-store" if personal else "no-cache"
    return response


def _compressed(response: Response) -> Response:
    """Compress text for who accepts it; pages hold no secret that a chosen text could probe."""
    if (
        response.mimetype not in TEXT_TYPES
        or "Content-Encoding" in response.headers
        or response.status_code != HTTPStatus.OK
        or not request.accept_encodings.quality("gzip")
        or request.method == "HEAD"
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    response.vary.add("Accept-Encoding")
    if len(body) < COMPRESSED_FROM:
        return response
    response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
