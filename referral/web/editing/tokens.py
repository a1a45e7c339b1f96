"""The token that a link to a record carries: signed, so that nobody can make one up."""

from typing import Final

from itsdangerous import BadData, URLSafeSerializer

_SALT: Final = "record-link"
_LONGEST: Final = 120


def write_token(link_id: str, key: str) -> str:
    """Return the token of a link under the key that signs what the application hands out."""
    return str(URLSafeSerializer(key, salt=_SALT).dumps(link_id))


def read_token(token: str, key: str) -> str | None:
    """Return the id of the link of a token, None when the token is not ours.

    A token has one spelling: the last sign of base64 could be another and mean the same.
    """
    if len(token) > _LONGEST:
        return None
    try:
        read = URLSafeSerializer(key, salt=_SALT).loads(token)
    except BadData:
        return None
    return read if isinstance(read, str) and write_token(read, key) == token else None
