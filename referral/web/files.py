"""Files to keep, handed out over HTTP with a name that says what is inside."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask import Response, json, url_for

from referral.text import fold
from referral.web.presenters.document import Json

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
SVG = "image/svg+xml"
PNG = "image/png"
TOML = "application/toml"


def attachment(content: bytes, content_type: str, *, name: str, ending: str) -> Response:
    """Answer with a file to keep; its name is a few Czech words, also written without marks."""
    plain = "-".join(fold(name).split())
    return Response(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": (
                f'attachment; filename="{plain}.{ending}"; '
                f"filename*=UTF-8''{quote(f'{name}.{ending}')}"
            )
        },
    )


def json_answer(document: Mapping[str, Json], mimetype: str = "application/json") -> Response:
    """Answer with a JSON document, its keys in the order they were written in."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return Response(text, mimetype=mimetype)


def address(route: str, query: Mapping[str, str | None]) -> str:
    """Return the address of one of our routes with what is not empty of a query."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return url_for(route) + (f"?{asked}" if asked else "")
