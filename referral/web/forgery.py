"""A token in every form that changes something, so that no other site can send it for somebody.

Flask-WTF makes and judges the token; it leaves us masked, different on every page, so that pages
may be compressed: the size of a compressed page would otherwise let a chosen text probe for it.
"""

import base64
import binascii
import secrets
from typing import Final

from flask import request
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.exceptions import BadRequest
from wtforms import ValidationError

FIELD: Final = "csrf_token"


class ForgedError(BadRequest):
    """A form came without our token, or with one of another session."""


def token() -> str:
    """Return the token for a form of this page; it makes the session that the browser keeps."""
    return _masked(generate_csrf().encode())


def require_token() -> None:
    """Let a request pass that carries the token of its session.

    Raises:
        ForgedError: it does not.
    """
    try:
        validate_csrf(_unmasked(request.form.get(FIELD, "")))
    except ValidationError as error:
        raise ForgedError from error


def _masked(raw: bytes) -> str:
    mask = secrets.token_bytes(len(raw))
    return base64.urlsafe_b64encode(mask + _xor(mask, raw)).decode()


def _unmasked(text: str) -> str:
    try:
        both = base64.urlsafe_b64decode(text.encode())
    except (binascii.Error, UnicodeError, ValueError):
        return ""
    half = len(both) // 2
    return _xor(both[:half], both[half : 2 * half]).decode("latin-1")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
